using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Operations;

namespace NeuralNet.Core.Gates;

/// <summary>Softmax over the columns of each row: <c>Y_ij = e^X_ij / Σ_k e^X_ik</c>, positive numbers that sum to 1 in each row.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X and Y <c>[N×C]</c>, any N and C.</para>
/// <para><b>Gradient.</b> <c>dX_ij = Y_ij·(dY_ij − Σ_k dY_ik·Y_ik)</c>.</para>
/// <para><b>Extremes.</b> The largest of a row is subtracted first, so that nothing overflows. Minus infinity gives 0 and gets the gradient 0, as in a mask.
/// A row with no finite number, or with plus infinity, has no softmax: NaN.</para>
/// <para><b>Cached.</b> X and Y. <b>Parameters.</b> None. <b>Threads.</b> See <see cref="Layer{T}"/>.</para>
/// <para><b>Source.</b> Goodfellow, Bengio and Courville (2016), equations 4.1 and 6.29. To train a classifier take the softmax cross-entropy
/// on scores, which needs no softmax before it.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Softmax<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Composite;

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $@"\operatorname{{softmax}}({x})";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => $@"{y} \odot (G - (G \odot {y})\,\mathbf{{1}}\,\mathbf{{1}}^\top)";

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Matrix<T> output = cache.Buffer(0, input.RowCount, input.ColumnCount);
        SoftmaxOperations.Softmax(input, output);
        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        SoftmaxOperations.SoftmaxBackward(upstream, output, downstream);
        return downstream;
    }
}
