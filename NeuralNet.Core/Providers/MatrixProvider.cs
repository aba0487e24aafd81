using System.Numerics;
using System.Runtime.InteropServices;
using NeuralNet.Core.Kernels;

namespace NeuralNet.Core.Providers;

/// <summary>
/// The one seam through which every matrix product goes: <c>C ← α·op(A)·op(B) + β·C + 1·b</c>, column-major, in float and double.
/// </summary>
/// <remarks>Sources of the convention: the GEMM of the Level 3 BLAS (Dongarra et al. 1990). With β = 0, C is written and never read.
/// Providers can be called from several threads.</remarks>
public abstract class MatrixProvider
{
    /// <summary>The name by which it is chosen: <c>simd</c>, <c>mkl</c>, <c>openblas</c>, <c>managed</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, in a few words: version, library, vector width, threads.</summary>
    public abstract string Description { get; }

    /// <summary><c>C ← α·op(A)·op(B) + β·C + 1·b</c> (the row b added to each row of C, where there is one) with <c>op(A) [rows×inner]</c>, <c>op(B) [inner×columns]</c>, <c>C [rows×columns]</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="transposeA">Whether A is stored <c>[rows×inner]</c> (No) or <c>[inner×rows]</c> (Yes).</param>
    /// <param name="transposeB">Whether B is stored <c>[inner×columns]</c> (No) or <c>[columns×inner]</c> (Yes).</param>
    /// <param name="rows">Rows of C, 0 or more.</param>
    /// <param name="columns">Columns of C, 0 or more.</param>
    /// <param name="inner">The dimension summed over, 0 or more.</param>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="a">A, column after column.</param>
    /// <param name="strideA">Elements from one column of the stored A to the next (the leading dimension).</param>
    /// <param name="b">B, column after column.</param>
    /// <param name="strideB">Elements from one column of the stored B to the next.</param>
    /// <param name="beta">Factor of what C holds; 0 means that C is not read.</param>
    /// <param name="c">C, column after column; must not overlap A or B.</param>
    /// <param name="strideC">Elements from one column of C to the next.</param>
    /// <param name="bias">b, a number for each column of C; empty (the default) for none.</param>
    /// <exception cref="ArgumentException">A size is negative, a stride smaller than a column, a span too short, or b of another length than a row of C.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public void Multiply<T>(
        Transpose transposeA, Transpose transposeB, int rows, int columns, int inner,
        T alpha, ReadOnlySpan<T> a, int strideA, ReadOnlySpan<T> b, int strideB, T beta, Span<T> c, int strideC,
        ReadOnlySpan<T> bias = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckOperand("C", rows, columns, c.Length, strideC);
        CheckOperand("A", transposeA == Transpose.No ? rows : inner, transposeA == Transpose.No ? inner : rows, a.Length, strideA);
        CheckOperand("B", transposeB == Transpose.No ? inner : columns, transposeB == Transpose.No ? columns : inner, b.Length, strideB);
        if (!bias.IsEmpty && bias.Length != columns)
        {
            throw new ArgumentException($"The bias has a number for each of the {columns} columns of C, got {bias.Length}.", nameof(bias));
        }

        if (rows == 0 || columns == 0)
        {
            return;
        }

        if (inner == 0)
        {
            Scale(rows, columns, beta, c, strideC);
            Rows.AddToEach(c, rows, strideC, bias);
        }
        else if (typeof(T) == typeof(float))
        {
            Gemm(
                transposeA, transposeB, rows, columns, inner, float.CreateTruncating(alpha), MemoryMarshal.Cast<T, float>(a), strideA,
                MemoryMarshal.Cast<T, float>(b), strideB, float.CreateTruncating(beta), MemoryMarshal.Cast<T, float>(c), strideC,
                MemoryMarshal.Cast<T, float>(bias));
        }
        else if (typeof(T) == typeof(double))
        {
            Gemm(
                transposeA, transposeB, rows, columns, inner, double.CreateTruncating(alpha), MemoryMarshal.Cast<T, double>(a), strideA,
                MemoryMarshal.Cast<T, double>(b), strideB, double.CreateTruncating(beta), MemoryMarshal.Cast<T, double>(c), strideC,
                MemoryMarshal.Cast<T, double>(bias));
        }
        else
        {
            ElementType<T>.ThrowIfNotSupported();
        }
    }

    /// <summary>The product in float. All sizes are at least 1 and the spans long enough.</summary>
    protected abstract void Gemm(
        Transpose transposeA, Transpose transposeB, int rows, int columns, int inner,
        float alpha, ReadOnlySpan<float> a, int strideA, ReadOnlySpan<float> b, int strideB, float beta, Span<float> c, int strideC,
        ReadOnlySpan<float> bias);

    /// <summary>The product in double. All sizes are at least 1 and the spans long enough.</summary>
    protected abstract void Gemm(
        Transpose transposeA, Transpose transposeB, int rows, int columns, int inner,
        double alpha, ReadOnlySpan<double> a, int strideA, ReadOnlySpan<double> b, int strideB, double beta, Span<double> c, int strideC,
        ReadOnlySpan<double> bias);

    private static void CheckOperand(string name, int rows, int columns, int length, int stride)
    {
        if ((rows | columns) < 0 || stride < rows || length < (columns == 0 ? 0 : ((long)stride * (columns - 1)) + rows))
        {
            throw new ArgumentException(
                $"{name} is stored as [{rows}×{columns}] with {stride} elements from column to column, which {length} elements do not hold.");
        }
    }

    // An empty sum is zero: what remains of the formula is C ← β·C.
    private static void Scale<T>(int rows, int columns, T beta, Span<T> c, int strideC) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int j = 0; j < columns; j++)
        {
            Span<T> column = c.Slice(j * strideC, rows);
            if (beta == T.Zero)
            {
                column.Clear();
            }
            else
            {
                System.Numerics.Tensors.TensorPrimitives.Multiply(column, beta, column);
            }
        }
    }
}
