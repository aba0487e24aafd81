using System.Numerics;
using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Providers;

namespace NeuralNet.Core;

/// <summary>Matrix products into given memory, through the active one of the <see cref="MatrixProviders"/>: all that layers need, and open to everybody's.</summary>
/// <remarks>
/// <para>Nothing is allocated in steady state, and the bits of a result do not depend on the number of threads.</para>
/// <para><b>Threads.</b> Can be called from several at once, on different results.</para>
/// </remarks>
public static class MatrixProduct
{
    /// <summary><c>C ← op(A)·op(B) + β·C + 1·b</c>: the product, and the row b added to each row where there is one.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="transposeA">Whether A is taken transposed.</param>
    /// <param name="a">A, with <c>op(A) [m×k]</c>.</param>
    /// <param name="transposeB">Whether B is taken transposed.</param>
    /// <param name="b">B, with <c>op(B) [k×n]</c>.</param>
    /// <param name="c">C <c>[m×n]</c>; shares no memory with A, B and b.</param>
    /// <param name="beta">Factor of what C holds: 0 (the default) writes C without reading it, 1 adds.</param>
    /// <param name="bias">b <c>[1×n]</c>; null (the default) for none.</param>
    /// <exception cref="ArgumentException">The shapes do not match, a matrix is not dense, or C shares memory with A, B or b.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    // Not inlined, so that a layer's speed does not depend on what the compiler makes of this struct within the layer's own code.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Multiply<T>(
        Transpose transposeA, Matrix<T> a, Transpose transposeB, Matrix<T> b, Matrix<T> c, T beta = default, Matrix<T>? bias = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        (int rows, int inner) = transposeA == Transpose.No ? (a.RowCount, a.ColumnCount) : (a.ColumnCount, a.RowCount);
        (int innerB, int columns) = transposeB == Transpose.No ? (b.RowCount, b.ColumnCount) : (b.ColumnCount, b.RowCount);
        if (inner != innerB || c.RowCount != rows || c.ColumnCount != columns)
        {
            throw new ArgumentException(
                $"A product needs op(A) [m×k], op(B) [k×n] and another matrix C [m×n]; got op(A) [{rows}×{inner}], " +
                $"op(B) [{innerB}×{columns}], C {c.Shape()}.");
        }

        if (bias is not null && (bias.RowCount != 1 || bias.ColumnCount != columns))
        {
            throw new ArgumentException($"The bias of a product is a row of its columns, [1×{columns}]; got {bias.Shape()}.", nameof(bias));
        }

        // Whole matrices hold what their shapes say, so of what the spans' form checks, only shared memory is left.
        var product = new Product<T>
        {
            TransposeA = transposeA,
            TransposeB = transposeB,
            Rows = rows,
            Columns = columns,
            Inner = inner,
            Alpha = T.One,
            A = a.AsSpan(),
            StrideA = a.RowCount,
            B = b.AsSpan(),
            StrideB = b.RowCount,
            Beta = beta,
            C = c.AsSpan(),
            StrideC = c.RowCount,
            Bias = bias is null ? default : bias.AsSpan(),
        };
        ProductCheck.ThrowIfSameArray(product);
        MatrixProviders.Active.Multiply(product);
    }

    /// <summary><c>C ← α·op(A)·op(B) + β·C + 1·b</c> on matrices, or parts of matrices, that lie column after column in memory, with
    /// <c>op(A) [rows×inner]</c>, <c>op(B) [inner×columns]</c>, <c>C [rows×columns]</c>.</summary>
    /// <remarks>A block of a larger matrix is the span from its first element on, with the rows of the larger matrix as stride.
    /// The convention is that of GEMM in the Level 3 BLAS (Dongarra et al. 1990).</remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="transposeA">Whether A is stored <c>[rows×inner]</c> (No) or <c>[inner×rows]</c> (Yes).</param>
    /// <param name="transposeB">Whether B is stored <c>[inner×columns]</c> (No) or <c>[columns×inner]</c> (Yes).</param>
    /// <param name="rows">Rows of C, 0 or more.</param>
    /// <param name="columns">Columns of C, 0 or more.</param>
    /// <param name="inner">The dimension summed over, 0 or more; a sum of nothing is 0.</param>
    /// <param name="alpha">α, factor of the product.</param>
    /// <param name="a">A; may be longer than needed.</param>
    /// <param name="strideA">Elements from one column of the stored A to the next (the leading dimension), its rows or more.</param>
    /// <param name="b">B; may be longer than needed.</param>
    /// <param name="strideB">Elements from one column of the stored B to the next, its rows or more.</param>
    /// <param name="beta">β, factor of what C holds; 0 writes C without reading it.</param>
    /// <param name="c">C; may be longer than needed. From its first to its last element it shares no memory with A, B and b;
    /// what lies between its columns is not touched.</param>
    /// <param name="strideC">Elements from one column of C to the next, its rows or more.</param>
    /// <param name="bias">b, a number for each column of C; empty (the default) for none.</param>
    /// <exception cref="ArgumentException">A size is negative, a stride smaller than a column, a span too short, b of another length than a
    /// row of C, or C shares memory with A, B or b.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Multiply<T>(
        Transpose transposeA, Transpose transposeB, int rows, int columns, int inner,
        T alpha, ReadOnlySpan<T> a, int strideA, ReadOnlySpan<T> b, int strideB, T beta, Span<T> c, int strideC,
        ReadOnlySpan<T> bias = default)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        MultiplyBatch(1, transposeA, transposeB, rows, columns, inner, alpha, a, strideA, 0, b, strideB, 0, beta, c, strideC, 0, bias);

    /// <summary><c>C_i ← α·op(A_i)·op(B_i) + β·C_i + 1·b</c> for i from 0 to count − 1: products of one shape, whose matrices lie at equal
    /// distances, as the heads and samples of attention do.</summary>
    /// <remarks>The project's own kernels share small products among the threads as they are and large ones each inside; the other
    /// providers compute one after another. The bits are those of <see cref="Multiply{T}(Transpose, Transpose, int, int, int, T, ReadOnlySpan{T}, int, ReadOnlySpan{T}, int, T, Span{T}, int, ReadOnlySpan{T})"/>, product by product.</remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="count">Products, 0 or more.</param>
    /// <param name="transposeA">Whether each A is stored <c>[rows×inner]</c> (No) or <c>[inner×rows]</c> (Yes).</param>
    /// <param name="transposeB">Whether each B is stored <c>[inner×columns]</c> (No) or <c>[columns×inner]</c> (Yes).</param>
    /// <param name="rows">Rows of each C, 0 or more.</param>
    /// <param name="columns">Columns of each C, 0 or more.</param>
    /// <param name="inner">The dimension summed over, 0 or more.</param>
    /// <param name="alpha">α, factor of the products.</param>
    /// <param name="a">The memory from A_0 on.</param>
    /// <param name="strideA">Elements from one column of an A to the next.</param>
    /// <param name="stepA">Elements from one A to the next; 0 for the same A in all products.</param>
    /// <param name="b">The memory from B_0 on.</param>
    /// <param name="strideB">Elements from one column of a B to the next.</param>
    /// <param name="stepB">Elements from one B to the next; 0 for the same B in all products.</param>
    /// <param name="beta">β, factor of what each C holds; 0 writes it without reading it.</param>
    /// <param name="c">The memory from C_0 on, from the first to the last element apart from A, B and b.</param>
    /// <param name="strideC">Elements from one column of a C to the next.</param>
    /// <param name="stepC">Elements from one C to the next, so that they do not overlap: one behind the other, or all of them between
    /// two columns of the first (groups of rows of one matrix).</param>
    /// <param name="bias">b, a number for each column, the same in all products; empty (the default) for none.</param>
    /// <exception cref="ArgumentException">A size, stride or step is impossible, a span too short, or a C shares memory with another C or
    /// with what is read.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void MultiplyBatch<T>(
        int count, Transpose transposeA, Transpose transposeB, int rows, int columns, int inner,
        T alpha, ReadOnlySpan<T> a, int strideA, int stepA, ReadOnlySpan<T> b, int strideB, int stepB,
        T beta, Span<T> c, int strideC, int stepC, ReadOnlySpan<T> bias = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var first = new Product<T>
        {
            TransposeA = transposeA,
            TransposeB = transposeB,
            Rows = rows,
            Columns = columns,
            Inner = inner,
            Alpha = alpha,
            A = a,
            StrideA = strideA,
            B = b,
            StrideB = strideB,
            Beta = beta,
            C = c,
            StrideC = strideC,
            Bias = bias,
        };
        var batch = new ProductBatch(count, stepA, stepB, stepC);
        ProductCheck.ThrowIfInvalid(first, batch);
        if (count == 1)
        {
            MatrixProviders.Active.Multiply(first);
        }
        else if (count > 1)
        {
            MatrixProviders.Active.Multiply(first, batch);
        }
    }
}
