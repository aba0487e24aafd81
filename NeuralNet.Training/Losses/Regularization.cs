using System.Numerics;
using NeuralNet.Core;

namespace NeuralNet.Training.Losses;

/// <summary>The regularisation term <c>λ·R(W)</c> of a loss that is data term + regularisation term: a penalty for large weights.</summary>
/// <remarks>
/// <para>A sum over all elements of all parameters with <see cref="Parameter{T}.IsRegularized"/> (weights, not biases), without a mean.</para>
/// <para><b>Gradient.</b> Added to that of the data term. <b>Threads.</b> As <see cref="Parameter{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class Regularization<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Parameter<T>[] _parameters;

    /// <summary>The term for the parameters of a network.</summary>
    /// <param name="parameters">The network's parameters; those that are not regularised are left out, and one that is listed twice counts once.</param>
    /// <param name="strength">λ, a finite number, 0 or more.</param>
    /// <exception cref="ArgumentException">A parameter has no name or is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or not finite.</exception>
    protected Regularization(IEnumerable<NamedParameter<T>> parameters, T strength)
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

    /// <summary><c>λ·R(W)</c>, to be added to the data term.</summary>
    public T Forward()
    {
        T sum = T.Zero;
        foreach (Parameter<T> parameter in _parameters)
        {
            sum += Penalty(parameter.Value.AsSpan());
        }

        return Strength * sum;
    }

    /// <summary>Adds <c>λ·dR/dW</c> to the gradients.</summary>
    public void Backward()
    {
        foreach (Parameter<T> parameter in _parameters)
        {
            Span<T> gradient = parameter.GradientToUpdate(out T beta).AsSpan();
            Slope(parameter.Value.AsSpan(), gradient, beta);
        }
    }

    /// <summary>The name, with λ.</summary>
    public abstract override string ToString();

    /// <summary>R of one parameter.</summary>
    /// <param name="weights">Its elements.</param>
    protected abstract T Penalty(ReadOnlySpan<T> weights);

    /// <summary><c>G ← λ·dR/dW + β·G</c> of one parameter.</summary>
    /// <param name="weights">Its elements.</param>
    /// <param name="gradient">G; with β = 0 it is written without being read.</param>
    /// <param name="beta">β, 0 or 1.</param>
    protected abstract void Slope(ReadOnlySpan<T> weights, Span<T> gradient, T beta);
}
