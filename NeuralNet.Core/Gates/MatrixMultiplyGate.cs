using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Providers;

namespace NeuralNet.Core.Gates;

/// <summary>
/// The matrix product <c>Z = X·Y</c>; <c>dX = dZ·Yᵀ</c>, <c>dY = Xᵀ·dZ</c>; a switcher.
/// </summary>
/// <remarks>
/// <para><b>Shapes:</b> X <c>[n×k]</c>, Y <c>[k×m]</c>, Z <c>[n×m]</c>. The Jacobian, of <c>(n·m)×(n·k)</c> entries, is never formed.</para>
/// <para>Cached: X and Y. Source: CS231n lecture 4, vectorised operations.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class MatrixMultiplyGate<T> : BinaryGate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "matrix multiply";

    /// <inheritdoc/>
    public override string Symbol => "X·Y";

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Switcher;

    /// <inheritdoc/>
    public override string Formula(string x = "x", string y = "y") => $@"{x}\,{y}";

    /// <inheritdoc/>
    public override string LocalGradientX(string x = "x", string y = "y", string z = "z") => $@"G\,{y}^\top";

    /// <inheritdoc/>
    public override string LocalGradientY(string x = "x", string y = "y", string z = "z") => $@"{x}^\top G";

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> x, Matrix<T> y, Cache<T> cache)
    {
        if (x.ColumnCount != y.RowCount)
        {
            throw new ArgumentException(
                $"{this} expects X [n×k] and Y [k×m], got {x.Shape()} and {y.Shape()}. Is one of them to be transposed, or is the order wrong?");
        }

        Matrix<T> z = cache.Buffer(0, x.RowCount, y.ColumnCount);
        MatrixProduct.Multiply(Transpose.No, x, Transpose.No, y, z);
        return z;
    }

    /// <summary><c>dX = dZ·Yᵀ</c>.</summary>
    /// <param name="upstream">dZ <c>[n×m]</c>.</param>
    /// <param name="y">Y <c>[k×m]</c>.</param>
    /// <param name="dx">dX <c>[n×k]</c>.</param>
    public static void BackwardX(Matrix<T> upstream, Matrix<T> y, Matrix<T> dx) =>
        MatrixProduct.Multiply(Transpose.No, upstream, Transpose.Yes, y, dx);

    /// <summary><c>dY ← Xᵀ·dZ + β·dY</c>.</summary>
    /// <param name="upstream">dZ <c>[n×m]</c>.</param>
    /// <param name="x">X <c>[n×k]</c>.</param>
    /// <param name="dy">dY <c>[k×m]</c>.</param>
    /// <param name="beta">Factor of what dY holds: 0 (the default) writes dY without reading it, 1 adds.</param>
    public static void BackwardY(Matrix<T> upstream, Matrix<T> x, Matrix<T> dy, T beta = default) =>
        MatrixProduct.Multiply(Transpose.Yes, x, Transpose.No, upstream, dy, beta);

    /// <inheritdoc/>
    protected override (Matrix<T>? Dx, Matrix<T>? Dy) BackwardCore(
        Matrix<T> upstream, Matrix<T> x, Matrix<T> y, Matrix<T> z, Wanted wanted, Cache<T> cache)
    {
        Matrix<T>? dx = wanted[0] ? cache.Buffer(1, x.RowCount, x.ColumnCount) : null;
        Matrix<T>? dy = wanted[1] ? cache.Buffer(2, y.RowCount, y.ColumnCount) : null;
        if (dx is not null)
        {
            BackwardX(upstream, y, dx);
        }

        if (dy is not null)
        {
            BackwardY(upstream, x, dy);
        }

        return (dx, dy);
    }
}
