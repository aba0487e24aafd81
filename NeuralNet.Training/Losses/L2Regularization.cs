using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Core;

namespace NeuralNet.Training.Losses;

/// <summary>The regularisation term <c>λ·R(W) = λ Σ W²</c>: many small weights rather than a few large ones.</summary>
/// <remarks>
/// <para>See <see cref="Regularization{T}"/>; no factor ½. <b>Gradient.</b> <c>2λW</c>. <b>Source.</b> CS231n lecture 4 and its notes on regularisation.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <inheritdoc cref="Regularization{T}(IEnumerable{NamedParameter{T}}, T)"/>
public sealed class L2Regularization<T>(IEnumerable<NamedParameter<T>> parameters, T strength) : Regularization<T>(parameters, strength)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary><c>L2Regularization(λ)</c>.</summary>
    public override string ToString() => $"L2Regularization({Strength})";

    /// <inheritdoc/>
    protected override T Penalty(ReadOnlySpan<T> weights) => TensorPrimitives.SumOfSquares(weights);

    /// <inheritdoc/>
    protected override void Slope(ReadOnlySpan<T> weights, Span<T> gradient, T beta)
    {
        T factor = Strength + Strength;
        if (beta == T.Zero)
        {
            TensorPrimitives.Multiply(weights, factor, gradient);
        }
        else
        {
            TensorPrimitives.MultiplyAdd(weights, factor, gradient, gradient);
        }
    }
}
