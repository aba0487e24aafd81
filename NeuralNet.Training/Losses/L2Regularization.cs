using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Core;

namespace NeuralNet.Training.Losses;

/// <summary>The regularisation term <c>λ·R(W) = λ Σ W²</c> of a loss that is data term + regularisation term.</summary>
/// <remarks>
/// <para>Sum over all elements of all parameters with <see cref="Parameter{T}.IsRegularized"/> (weights, not biases); no factor ½ and no mean.</para>
/// <para><b>Gradient.</b> <c>2λW</c>, added to that of the data term.</para>
/// <para><b>Source.</b> CS231n lecture 4 and its notes on regularisation. <b>Threads.</b> As <see cref="Parameter{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class L2Regularization<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Parameter<T>[] _parameters;

    /// <summary>The term for the parameters of a network.</summary>
    /// <param name="parameters">The network's parameters; those that are not regularised are left out, and one that is listed twice counts once.</param>
    /// <param name="strength">λ, a finite number, 0 or more.</param>
    /// <exception cref="ArgumentException">A parameter has no name or is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or not finite.</exception>
    public L2Regularization(IEnumerable<NamedParameter<T>> parameters, T strength)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Require.NotNegative(strength);
        NamedParameter<T>[] all = [.. parameters];
        Require.NoneIsNull(all, nameof(parameters));
        _parameters = [.. all.Select(named => named.Parameter).Where(parameter => parameter.IsRegularized).Distinct()];
        Strength = strength;
    }

    /// <summary>λ.</summary>
    public T Strength { get; }

    /// <summary><c>λ Σ W²</c>, to be added to the data term.</summary>
    public T Forward()
    {
        T sum = T.Zero;
        foreach (Parameter<T> parameter in _parameters)
        {
            sum += TensorPrimitives.SumOfSquares<T>(parameter.Value.AsSpan());
        }

        return Strength * sum;
    }

    /// <summary>Adds <c>2λW</c> to the gradients.</summary>
    public void Backward()
    {
        T factor = Strength + Strength;
        foreach (Parameter<T> parameter in _parameters)
        {
            ReadOnlySpan<T> value = parameter.Value.AsSpan();
            Span<T> gradient = parameter.GradientToUpdate(out T beta).AsSpan();
            if (beta == T.Zero)
            {
                TensorPrimitives.Multiply(value, factor, gradient);
            }
            else
            {
                TensorPrimitives.MultiplyAdd(value, factor, gradient, gradient);
            }
        }
    }

    /// <summary><c>L2Regularization(λ)</c>.</summary>
    public override string ToString() => $"L2Regularization({Strength})";
}
