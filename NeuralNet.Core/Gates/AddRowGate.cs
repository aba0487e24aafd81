using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Kernels.RowsAndColumns;
using NeuralNet.Core.Operations;

namespace NeuralNet.Core.Gates;

/// <summary>
/// Adds one row to every row of a matrix, as a bias is added: <c>zᵢⱼ = xᵢⱼ + bⱼ</c>; <c>dx = dz</c>, <c>dbⱼ = Σᵢ dzᵢⱼ</c>; a distributor.
/// </summary>
/// <remarks>
/// <para><b>Shapes:</b> x <c>[N×M]</c>, b <c>[1×M]</c>, z <c>[N×M]</c>. The row is used N times, so its gradient sums N branches.</para>
/// <para>Cached: x and b, for their shapes.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class AddRowGate<T> : BinaryGate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "add row";

    /// <inheritdoc/>
    public override string Symbol => "+row";

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Distributor;

    /// <inheritdoc/>
    public override string Formula(string x = "x", string y = "y") => $@"{x} + \mathbf{{1}}\,{y}";

    /// <inheritdoc/>
    public override string LocalGradientX(string x = "x", string y = "y", string z = "z") => "G";

    /// <inheritdoc/>
    public override string LocalGradientY(string x = "x", string y = "y", string z = "z") => @"\mathbf{1}^\top G";

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> x, Matrix<T> y, Cache<T> cache)
    {
        if (y.RowCount != 1 || y.ColumnCount != x.ColumnCount)
        {
            throw new ArgumentException($"{this} expects x [N×M] and a row [1×M], got {x.Shape()} and {y.Shape()}.");
        }

        Matrix<T> z = cache.Buffer(0, x.RowCount, x.ColumnCount);
        x.AsSpan().CopyTo(z.AsSpan());
        Rows.AddToEach(z.AsSpan(), z.RowCount, z.RowCount, y.AsSpan());
        return z;
    }

    /// <summary><c>dbⱼ ← Σᵢ dzᵢⱼ + β·dbⱼ</c>.</summary>
    /// <param name="upstream">dz <c>[N×M]</c>.</param>
    /// <param name="dy">db <c>[1×M]</c>.</param>
    /// <param name="beta">Factor of what db holds: 0 (the default) writes it without reading, 1 adds.</param>
    /// <exception cref="ArgumentException">The shapes do not match, a matrix is not dense, or both share memory.</exception>
    public static void BackwardY(Matrix<T> upstream, Matrix<T> dy, T beta = default) => RowOperations.Sum(upstream, dy, beta);

    /// <inheritdoc/>
    protected override (Matrix<T>? Dx, Matrix<T>? Dy) BackwardCore(
        Matrix<T> upstream, Matrix<T> x, Matrix<T> y, Matrix<T> z, Wanted wanted, Cache<T> cache)
    {
        Matrix<T>? dx = wanted[0] ? cache.Buffer(1, x.RowCount, x.ColumnCount) : null;
        Matrix<T>? dy = wanted[1] ? cache.Buffer(2, 1, y.ColumnCount) : null;
        if (dx is not null)
        {
            upstream.AsSpan().CopyTo(dx.AsSpan());
        }

        if (dy is not null)
        {
            BackwardY(upstream, dy);
        }

        return (dx, dy);
    }
}
