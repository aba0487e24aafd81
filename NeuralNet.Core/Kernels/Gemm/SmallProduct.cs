using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Core.Providers;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>Products too small to be worth packing or sharing: sums of scaled columns, or dot products, straight from the factors.</summary>
internal static class SmallProduct<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary><c>C ← α·op(A)·op(B) + β·C</c>.</summary>
    public static void Run(
        Transpose transposeA, Transpose transposeB, int rows, int columns, int inner,
        T alpha, ReadOnlySpan<T> a, int strideA, ReadOnlySpan<T> b, int strideB, T beta, Span<T> c, int strideC)
    {
        for (int j = 0; j < columns; j++)
        {
            Span<T> column = c.Slice(j * strideC, rows);
            if (beta == T.Zero)
            {
                column.Clear();
            }
            else if (beta != T.One)
            {
                TensorPrimitives.Multiply(column, beta, column);
            }

            for (int p = 0; p < inner && transposeA == Transpose.No; p++)
            {
                T element = alpha * (transposeB == Transpose.No ? b[p + (j * strideB)] : b[j + (p * strideB)]);
                TensorPrimitives.MultiplyAdd(a.Slice(p * strideA, rows), element, column, column);
            }

            for (int i = 0; i < rows && transposeA == Transpose.Yes; i++)
            {
                ReadOnlySpan<T> row = a.Slice(i * strideA, inner);
                column[i] += alpha * (transposeB == Transpose.No ? TensorPrimitives.Dot(row, b.Slice(j * strideB, inner)) : Dot(row, b[j..], strideB));
            }
        }
    }

    private static T Dot(ReadOnlySpan<T> row, ReadOnlySpan<T> other, int stride)
    {
        T sum = T.Zero;
        for (int p = 0; p < row.Length; p++)
        {
            sum += row[p] * other[p * stride];
        }

        return sum;
    }
}
