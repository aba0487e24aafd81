using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Operations;

namespace NeuralNet.Core.Gates;

/// <summary>The logarithm of softmax over the columns of each row: <c>Y_ij = X_ij − ln Σ_k e^X_ik</c>.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X and Y <c>[N×C]</c>, any N and C.</para>
/// <para><b>Gradient.</b> <c>dX_ij = dY_ij − e^Y_ij·Σ_k dY_ik</c>.</para>
/// <para><b>Extremes.</b> The largest of a row is subtracted first, and the logarithm is taken of the sum, not of a softmax that may be 0.
/// Minus infinity stays what it is. A row with no finite number, or with plus infinity, has no value: NaN.</para>
/// <para><b>Cached.</b> X and Y. <b>Parameters.</b> None. <b>Threads.</b> See <see cref="Layer{T}"/>.</para>
/// <para><b>Source.</b> Goodfellow, Bengio and Courville (2016), equations 4.1 and 6.29. To train a classifier take the softmax cross-entropy
/// on scores, which needs no logarithm of a softmax before it.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class LogSoftmax<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Composite;

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $@"\ln \operatorname{{softmax}}({x})";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => $@"G - e^{{{y}}} \odot (G\,\mathbf{{1}}\,\mathbf{{1}}^\top)";

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Matrix<T> output = cache.Buffer(0, input.RowCount, input.ColumnCount);
        SoftmaxOperations.LogSoftmax(input, output);
        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        SoftmaxOperations.LogSoftmaxBackward(upstream, output, downstream);
        return downstream;
    }
}
