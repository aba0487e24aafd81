using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training;

/// <summary>Stops a training that has run away, and says where.</summary>
public static class Divergence
{
    /// <summary>Throws when the loss is NaN or infinite, naming the step and the first layer whose output is.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="loss">The loss of the step.</param>
    /// <param name="step">The step, counted by the caller.</param>
    /// <param name="cache">The network's training cache of that step.</param>
    /// <exception cref="NotFiniteNumberException">The loss is not finite.</exception>
    public static void ThrowIfNotFinite<T>(T loss, long step, Cache<T> cache) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(cache);
        if (!T.IsFinite(loss))
        {
            throw new NotFiniteNumberException(
                $"Training stopped at step {step}: the loss is {loss}. {Locate(cache, "") ?? "Every layer's output is finite; look at the loss and its target."}",
                double.CreateTruncating(loss));
        }
    }

    // Depth first, so that the innermost layer is named; inputs before outputs, so that bad data is not blamed on a layer.
    private static string? Locate<T>(Cache<T> cache, string position) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (cache.Owner is not Gate<T> gate)
        {
            return null;
        }

        ReadOnlySpan<Matrix<T>> kept = cache.Recall(gate);
        foreach (Matrix<T> input in kept[..^1])
        {
            if (position.Length == 0 && !IsFinite(input))
            {
                return "The network's input is not finite already; look at the data.";
            }
        }

        IReadOnlyList<NamedGate<T>> children = gate.Children;
        for (int i = 0; i < children.Count; i++)
        {
            if (Locate(cache[i], position.Length == 0 ? children[i].Name : $"{position}.{children[i].Name}") is { } found)
            {
                return found;
            }
        }

        string name = position.Length == 0 ? $"{gate}" : $"layer {position}, {gate}";
        return IsFinite(kept[^1])
            ? null
            : $"The first output that is not finite is that of {name}. Lower the learning rate, or look at this layer's parameters.";
    }

    private static bool IsFinite<T>(Matrix<T> matrix) where T : unmanaged, IFloatingPointIeee754<T> =>
        matrix.AsSpan().IsEmpty || T.IsFinite(TensorPrimitives.MaxMagnitude<T>(matrix.AsSpan()));
}
