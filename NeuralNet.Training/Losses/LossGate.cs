using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Training.Losses;

/// <summary>A loss as a gate, to stand at the end of a graph: the loss of its input by a target, <c>[1×1]</c>.</summary>
/// <remarks><para><b>Shapes.</b> The prediction <c>[N×C]</c>, the loss <c>[1×1]</c>. <b>Gradients.</b> By the prediction. <b>Cached.</b> What the loss
/// caches. <b>Threads.</b> Target and weights belong to the gate, so one thread at a time sets them and runs.</para></remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TTarget">What the prediction is compared with.</typeparam>
/// <param name="loss">The loss.</param>
/// <param name="target">What the prediction should be.</param>
public sealed class LossGate<T, TTarget>(Loss<T, TTarget> loss, TTarget target) : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The loss.</summary>
    public Loss<T, TTarget> Loss { get; } = loss ?? throw new ArgumentNullException(nameof(loss));

    /// <summary>What the prediction should be: set it for each batch, before the forward pass.</summary>
    public TTarget Target { get; set; } = target;

    /// <summary>What each sample or position counts, as <see cref="Data.Batch{T}.Weights"/>; null (the default) where all count the same. Set it for each batch.</summary>
    public Matrix<T>? Weights { get; set; }

    /// <inheritdoc/>
    public override string Name => Loss.ToString();

    /// <inheritdoc/>
    public override SampleShape? OutputShape(SampleShape? input) => 1;

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Matrix<T> output = cache.Buffer(0, 1, 1);
        output.AsSpan()[0] = Loss.Forward(input, Target, Weights, cache[0]);
        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache) =>
        Loss.Backward(upstream.AsSpan()[0], cache[0]);
}
