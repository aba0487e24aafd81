using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Operations;

namespace NeuralNet.Core.Gates;

/// <summary>A factor for each row: <c>z_ij = y_i·x_ij</c>; <c>dx_ij = y_i·dz_ij</c>, <c>dy_i = Σ_j dz_ij·x_ij</c>; a switcher.</summary>
/// <remarks><b>Shapes:</b> x and z <c>[N×C]</c>, y <c>[N×1]</c>. Cached: x and y.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ScaleRowsGate<T> : BinaryGate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "scale rows";

    /// <inheritdoc/>
    public override string Symbol => "×row";

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Switcher;

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> x, Matrix<T> y, Cache<T> cache)
    {
        Matrix<T> z = cache.Buffer(0, x.RowCount, x.ColumnCount);
        WeightingOperations.Scale(x, y, z);
        return z;
    }

    /// <inheritdoc/>
    protected override (Matrix<T>? Dx, Matrix<T>? Dy) BackwardCore(
        Matrix<T> upstream, Matrix<T> x, Matrix<T> y, Matrix<T> z, Wanted wanted, Cache<T> cache)
    {
        Matrix<T>? dx = wanted[0] ? cache.Buffer(1, x.RowCount, x.ColumnCount) : null;
        Matrix<T>? dy = wanted[1] ? cache.Buffer(2, y.RowCount, y.ColumnCount) : null;
        WeightingOperations.ScaleBackward(upstream, x, y, dx, dy);
        return (dx, dy);
    }
}
