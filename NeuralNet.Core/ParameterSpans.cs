using System.Numerics;

namespace NeuralNet.Core;

/// <summary>The numbers of a list of parameters as one flat run, for files and for sums over several machines.</summary>
/// <remarks>The order is that of the list, and column after column within a parameter. One that is listed twice is there twice. Nothing is allocated.</remarks>
public static class ParameterSpans
{
    /// <summary>How many numbers the parameters have together: the length of the run.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">The parameters.</param>
    /// <exception cref="OverflowException">There are more than <see cref="int.MaxValue"/>.</exception>
    public static int ElementCount<T>(this IReadOnlyList<NamedParameter<T>> parameters) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(parameters);
        int count = 0;
        for (int i = 0; i < parameters.Count; i++)
        {
            count = checked(count + parameters[i].Parameter.Count);
        }

        return count;
    }

    /// <summary>Copies the values out.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">The parameters.</param>
    /// <param name="target">As long as <see cref="ElementCount"/>.</param>
    /// <exception cref="ArgumentException">The length is another one.</exception>
    public static void GatherValues<T>(this IReadOnlyList<NamedParameter<T>> parameters, Span<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfLengthDiffers(parameters, target.Length, nameof(target));
        for (int i = 0; i < parameters.Count; i++)
        {
            Parameter<T> parameter = parameters[i].Parameter;
            parameter.Value.AsSpan().CopyTo(target);
            target = target[parameter.Count..];
        }
    }

    /// <summary>Copies values in.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">The parameters.</param>
    /// <param name="source">As long as <see cref="ElementCount"/>.</param>
    /// <exception cref="ArgumentException">The length is another one.</exception>
    public static void ScatterValues<T>(this IReadOnlyList<NamedParameter<T>> parameters, ReadOnlySpan<T> source)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfLengthDiffers(parameters, source.Length, nameof(source));
        for (int i = 0; i < parameters.Count; i++)
        {
            Parameter<T> parameter = parameters[i].Parameter;
            source[..parameter.Count].CopyTo(parameter.Value.AsSpan());
            source = source[parameter.Count..];
        }
    }

    /// <summary>Copies the gradients out, zeros where no backward pass has reached a parameter. They stay as they are, flags included.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">The parameters.</param>
    /// <param name="target">As long as <see cref="ElementCount"/>.</param>
    /// <exception cref="ArgumentException">The length is another one.</exception>
    public static void GatherGradients<T>(this IReadOnlyList<NamedParameter<T>> parameters, Span<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfLengthDiffers(parameters, target.Length, nameof(target));
        for (int i = 0; i < parameters.Count; i++)
        {
            Parameter<T> parameter = parameters[i].Parameter;
            if (parameter.IsGradientZero)
            {
                target[..parameter.Count].Clear();
            }
            else
            {
                parameter.GradientToRead.CopyTo(target);
            }

            target = target[parameter.Count..];
        }
    }

    /// <summary>Copies gradients in, in place of those that are there. All parameters count as reached then, also by a gradient of zeros.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">The parameters.</param>
    /// <param name="source">As long as <see cref="ElementCount"/>.</param>
    /// <exception cref="ArgumentException">The length is another one.</exception>
    public static void ScatterGradients<T>(this IReadOnlyList<NamedParameter<T>> parameters, ReadOnlySpan<T> source)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfLengthDiffers(parameters, source.Length, nameof(source));
        for (int i = 0; i < parameters.Count; i++)
        {
            Parameter<T> parameter = parameters[i].Parameter;
            source[..parameter.Count].CopyTo(parameter.GradientToWrite());
            source = source[parameter.Count..];
        }
    }

    private static void ThrowIfLengthDiffers<T>(IReadOnlyList<NamedParameter<T>> parameters, int length, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = parameters.ElementCount();
        if (length != count)
        {
            throw new ArgumentException($"The {parameters.Count} parameters have {count} numbers together, the span has {length}.", name);
        }
    }
}
