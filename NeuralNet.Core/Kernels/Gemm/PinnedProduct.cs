using System.Numerics;
using System.Runtime.Intrinsics;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;
using NeuralNet.Core.Providers;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>A product whose memory stays where it is while it is computed, and the choice of the kernel that computes it.</summary>
internal readonly unsafe struct PinnedProduct<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Rows of C.</summary>
    public readonly int Rows;

    /// <summary>Columns of C.</summary>
    public readonly int Columns;

    /// <summary>Steps of the sum.</summary>
    public readonly int Inner;

    /// <summary>Factor of the product.</summary>
    public readonly T Alpha;

    /// <summary>Factor of what C holds; 0 means that C is not read.</summary>
    public readonly T Beta;

    /// <summary>op(A), seen row after row of C.</summary>
    public readonly Operand<T> A;

    /// <summary>op(B), seen column after column of C.</summary>
    public readonly Operand<T> B;

    /// <summary>C.</summary>
    public readonly T* C;

    /// <summary>Elements from one column of C to the next.</summary>
    public readonly nint StrideC;

    /// <summary>b, or null for none.</summary>
    public readonly T* Bias;

    /// <summary>A product in terms of where its spans are pinned.</summary>
    public PinnedProduct(in Product<T> product, T* a, T* b, T* c, T* bias)
        : this(
            product.Rows, product.Columns, product.Inner, product.Alpha, product.Beta,
            new Operand<T>(a, product.StrideA, product.TransposeA == Transpose.Yes),
            new Operand<T>(b, product.StrideB, product.TransposeB == Transpose.No), c, product.StrideC, bias)
    {
    }

    /// <summary>A product of factors as the kernels see them; the bias may be null.</summary>
    public PinnedProduct(
        int rows, int columns, int inner, T alpha, T beta, Operand<T> a, Operand<T> b, T* c, nint strideC, T* bias)
    {
        (Rows, Columns, Inner, Alpha, Beta, A, B, StrideC) = (rows, columns, inner, alpha, beta, a, b, strideC);
        C = c;
        Bias = bias;
    }

    /// <summary>The same product on matrices that start further on.</summary>
    public PinnedProduct<T> At(nint offsetA, nint offsetB, nint offsetC) =>
        new(Rows, Columns, Inner, Alpha, Beta, A.From(offsetA), B.From(offsetB), C + offsetC, StrideC, Bias);

    /// <summary>Computes the product with vectors of a width.</summary>
    public void Run(VectorWidth width, WorkerPool pool)
    {
        switch (width)
        {
            case VectorWidth.Bits512:
                Run<Vector512<T>, Simd512<T>>(pool);
                break;
            case VectorWidth.Bits256:
                Run<Vector256<T>, Simd256<T>>(pool);
                break;
            default:
                Run<Vector128<T>, Simd128<T>>(pool);
                break;
        }
    }

    private void Run<TVector, TSimd>(WorkerPool pool)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        // One row, side by side: as well one column, of the product with its factors exchanged.
        bool isRow = Rows == 1 && StrideC == 1;
        (int rows, int columns, Operand<T> left, Operand<T> right) = isRow ? (Columns, 1, B, A) : (Rows, Columns, A, B);
        left = left.AsSteps(rows, Inner);
        right = right.AsSteps(columns, Inner);
        nint strideC = isRow ? rows : StrideC;
        bool areDots = left.IsStepContiguous && right.IsStepContiguous && Math.Min(rows, columns) <= DotProducts<T, TVector, TSimd>.Thin;
        T beta = Beta;
        T* bias = Bias;
        if (bias is not null && (isRow || areDots || Alpha != T.One))
        {
            // C starts with the bias, and the product is added: the kernels of tiles add a bias to the sum, before α.
            RowsAndColumns.Rows.ScaleAndAdd(C, Rows, Columns, StrideC, beta, bias);
            beta = T.One;
            bias = null;
        }

        if (areDots)
        {
            Scratch<DotProducts<T, TVector, TSimd>>.OfThread.Run(pool, rows, columns, Inner, Alpha, left, right, beta, C, strideC);
        }
        else if (!left.IsStepContiguous && Inner <= FewSteps<T, TVector, TSimd>.Most)
        {
            Scratch<FewSteps<T, TVector, TSimd>>.OfThread.Run(pool, rows, columns, Inner, Alpha, left, right, beta, C, strideC, bias);
        }
        else
        {
            Scratch<TiledProduct<T, TVector, TSimd>>.OfThread.Run(pool, rows, columns, Inner, Alpha, left, right, beta, C, strideC, bias);
        }
    }

    // Each thread that calls has its own packing memory, so that several can multiply at once.
    private static class Scratch<TProduct> where TProduct : class, new()
    {
        [ThreadStatic]
        private static TProduct? _ofThread;

        public static TProduct OfThread => _ofThread ??= new TProduct();
    }
}
