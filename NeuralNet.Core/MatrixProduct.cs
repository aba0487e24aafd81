using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Providers;

namespace NeuralNet.Core;

/// <summary>Matrix products into a given matrix, through the active <see cref="MatrixProviders"/>.</summary>
public static class MatrixProduct
{
    /// <summary><c>C ← op(A)·op(B) + β·C + 1·b</c>: the product, and the row b added to each row where there is one.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="transposeA">Whether A is taken transposed.</param>
    /// <param name="a">A, with <c>op(A) [m×k]</c>.</param>
    /// <param name="transposeB">Whether B is taken transposed.</param>
    /// <param name="b">B, with <c>op(B) [k×n]</c>.</param>
    /// <param name="c">C <c>[m×n]</c>, another matrix than A and B.</param>
    /// <param name="beta">Factor of what C holds: 0 (the default) writes C without reading it, 1 adds.</param>
    /// <param name="bias">b <c>[1×n]</c>; null (the default) for none.</param>
    /// <exception cref="ArgumentException">The shapes do not match, a matrix is not dense, or C is A or B.</exception>
    public static void Multiply<T>(
        Transpose transposeA, Matrix<T> a, Transpose transposeB, Matrix<T> b, Matrix<T> c, T beta = default, Matrix<T>? bias = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        (int rows, int inner) = transposeA == Transpose.No ? (a.RowCount, a.ColumnCount) : (a.ColumnCount, a.RowCount);
        (int innerB, int columns) = transposeB == Transpose.No ? (b.RowCount, b.ColumnCount) : (b.ColumnCount, b.RowCount);
        if (inner != innerB || c.RowCount != rows || c.ColumnCount != columns || ReferenceEquals(c, a) || ReferenceEquals(c, b))
        {
            throw new ArgumentException(
                $"A product needs op(A) [m×k], op(B) [k×n] and another matrix C [m×n]; got op(A) [{rows}×{inner}], " +
                $"op(B) [{innerB}×{columns}], C {c.Shape()}{(ReferenceEquals(c, a) || ReferenceEquals(c, b) ? ", which is also a factor" : "")}.");
        }

        if (bias is not null && (bias.RowCount != 1 || bias.ColumnCount != columns))
        {
            throw new ArgumentException($"The bias of a product is a row of its columns, [1×{columns}]; got {bias.Shape()}.", nameof(bias));
        }

        MatrixProviders.Active.Multiply(
            transposeA, transposeB, rows, columns, inner, T.One, a.AsSpan(), a.RowCount, b.AsSpan(), b.RowCount, beta, c.AsSpan(), c.RowCount,
            bias is null ? default : bias.AsSpan());
    }
}
