using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>Takes samples of any shape as vectors: <c>C×H×W → C·H·W</c>. Nothing is moved or copied: the order in memory is already PyTorch's.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X <c>[N×(C·P)]</c>, Y the same matrix, feature <c>c·P + p</c> being channel c at position p.</para>
/// <para><b>Gradients.</b> dX is the upstream matrix itself. <b>Cached.</b> X. <b>Parameters.</b> None. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Flatten<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Carrier;

    /// <inheritdoc/>
    public override SampleShape? OutputShape(SampleShape? input) => input is SampleShape shape ? shape.Size : null;

    /// <inheritdoc/>
    public override string Formula(string x = "x") => x;

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => "G";

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        // Refuses what is not dense.
        input.AsSpan();
        return input;
    }

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache) => upstream;
}
