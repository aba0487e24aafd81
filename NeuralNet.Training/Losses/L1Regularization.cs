using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Training.Losses;

/// <summary>The regularisation term <c>λ·R(W) = λ Σ |W|</c>: weights that are of no use become 0.</summary>
/// <remarks>
/// <para>See <see cref="Regularization{T}"/>. <b>Gradient.</b> <c>λ·sign(W)</c>, 0 where a weight is 0. <b>Source.</b> CS231n lecture 4 and its notes on regularisation.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <inheritdoc cref="Regularization{T}(IEnumerable{NamedParameter{T}}, T)"/>
public sealed class L1Regularization<T>(IEnumerable<NamedParameter<T>> parameters, T strength) : Regularization<T>(parameters, strength)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary><c>L1Regularization(λ)</c>.</summary>
    public override string ToString() => $"L1Regularization({Strength})";

    /// <inheritdoc/>
    protected override T Penalty(ReadOnlySpan<T> weights) => TensorPrimitives.SumOfMagnitudes(weights);

    /// <inheritdoc/>
    protected override void Slope(ReadOnlySpan<T> weights, Span<T> gradient, T beta)
    {
        if (beta == T.Zero)
        {
            gradient.Clear();
        }

        ElementwiseOperations.AddSign(weights, Strength, gradient);
    }
}
