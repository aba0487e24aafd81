using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuralNet.Core.Providers;

/// <summary>What must hold of a product, since no kernel looks: sizes, strides and lengths, and that C is memory of its own.</summary>
internal static class ProductCheck
{
    /// <summary>Refuses a product, or a batch of products, that would read or write outside of its spans or write over its own factors.</summary>
    /// <exception cref="ArgumentException">A size or stride is impossible, a span too short, or C overlaps what is read or itself.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void ThrowIfInvalid<T>(in Product<T> product, ProductBatch batch) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        (int rows, int columns, int inner) = (product.Rows, product.Columns, product.Inner);
        if ((uint)product.TransposeA > (uint)Transpose.Yes || (uint)product.TransposeB > (uint)Transpose.Yes)
        {
            throw new ArgumentException($"A factor is taken as stored (No) or transposed (Yes); got {product.TransposeA} and {product.TransposeB}.");
        }

        if (batch.Count < 0)
        {
            throw new ArgumentException($"A batch has 0 products or more, got {batch.Count}.");
        }

        (int rowsA, int columnsA) = product.TransposeA == Transpose.No ? (rows, inner) : (inner, rows);
        (int rowsB, int columnsB) = product.TransposeB == Transpose.No ? (inner, columns) : (columns, inner);
        int lengthC = Length("C", rows, columns, product.StrideC, batch.Count, batch.StepC, product.C.Length);
        int lengthA = Length("A", rowsA, columnsA, product.StrideA, batch.Count, batch.StepA, product.A.Length);
        int lengthB = Length("B", rowsB, columnsB, product.StrideB, batch.Count, batch.StepB, product.B.Length);
        if (!product.Bias.IsEmpty && product.Bias.Length != columns)
        {
            throw new ArgumentException($"The bias has a number for each of the {columns} columns of C, got {product.Bias.Length}.");
        }

        ThrowIfOverlaps(product, lengthA, lengthB, lengthC);
        if (batch.Count > 1 && lengthC > 0 && !AreApart(rows, columns, product.StrideC, batch))
        {
            throw new ArgumentException(
                $"The results of a batch must not overlap: C [{rows}×{columns}] with {product.StrideC} elements from column to column " +
                $"and {batch.StepC} from one of {batch.Count} products to the next.");
        }
    }

    /// <summary>Refuses a result that shares its array with what is read to compute it. Of whole matrices the arrays are one or apart, so the first
    /// elements tell, in a fraction of the time that the general check takes.</summary>
    /// <exception cref="ArgumentException">C has the array of A, B or the bias.</exception>
    public static void ThrowIfSameArray<T>(in Product<T> product) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref readonly T c = ref MemoryMarshal.GetReference(product.C);
        if (Unsafe.AreSame(in c, in MemoryMarshal.GetReference(product.A)) || Unsafe.AreSame(in c, in MemoryMarshal.GetReference(product.B))
            || Unsafe.AreSame(in c, in MemoryMarshal.GetReference(product.Bias)))
        {
            ThrowIfOverlaps(product, product.A.Length, product.B.Length, product.C.Length);
        }
    }

    /// <summary>Refuses a result that shares memory with what is read to compute it.</summary>
    /// <exception cref="ArgumentException">C overlaps A, B or the bias.</exception>
    public static void ThrowIfOverlaps<T>(in Product<T> product, int lengthA, int lengthB, int lengthC) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> c = product.C[..lengthC];
        bool isA = c.Overlaps(product.A[..lengthA]), isB = c.Overlaps(product.B[..lengthB]);
        if (isA || isB || c.Overlaps(product.Bias))
        {
            throw new ArgumentException(
                $"C [{product.Rows}×{product.Columns}] shares memory with {(isA ? "A, which is also a factor" : isB ? "B, which is also a factor" : "the bias")}: " +
                "a product is written while it is read, so C must be memory of its own.");
        }
    }

    // Elements from the first to the last that a matrix, or a batch of them, uses.
    private static int Length(string name, int rows, int columns, int stride, int count, int step, int available)
    {
        if ((rows | columns) < 0 || stride < rows)
        {
            throw new ArgumentException(
                $"{name} is stored as [{rows}×{columns}] with {stride} elements from column to column: sizes are 0 or more, and columns no further apart than that overlap.");
        }

        if (step < 0)
        {
            throw new ArgumentException($"{name} of a product lies behind that of the one before or is the same, got a step of {step} elements.");
        }

        if (rows == 0 || columns == 0 || count == 0)
        {
            return 0;
        }

        long length = ((long)stride * (columns - 1)) + rows + ((long)step * (count - 1));
        return length <= available ? (int)length : throw new ArgumentException(
            $"{name} is stored as [{rows}×{columns}] with {stride} elements from column to column{(count == 1 ? "" : $", {count} times {step} elements apart")}, " +
            $"which {available} elements do not hold.");
    }

    // One behind the other, or all between two columns of the first: side by side in the rows of a larger matrix.
    private static bool AreApart(int rows, int columns, int stride, ProductBatch batch) =>
        batch.StepC >= ((long)stride * (columns - 1)) + rows
        || (batch.StepC >= rows && ((long)batch.StepC * (batch.Count - 1)) + rows <= stride);
}
