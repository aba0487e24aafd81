using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Core.Gates;

/// <summary><c>Y = Xᵀ</c>; <c>dX = dYᵀ</c>; a carrier.</summary>
/// <remarks><b>Shapes:</b> X <c>[n×m]</c>, Y <c>[m×n]</c>. Cached: X, for its shape.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TransposeGate<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "transpose";

    /// <inheritdoc/>
    public override string Symbol => "Xᵀ";

    /// <inheritdoc/>
    public override SampleShape? OutputShape(SampleShape? input) => null;

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Carrier;

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $@"{x}^\top";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => @"G^\top";

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache) => Turn(input, cache.Buffer(0, input.ColumnCount, input.RowCount));

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache) =>
        Turn(upstream, cache.Buffer(1, input.RowCount, input.ColumnCount));

    private static Matrix<T> Turn(Matrix<T> source, Matrix<T> target)
    {
        MatrixTransposition.Transpose(source, target);
        return target;
    }
}
