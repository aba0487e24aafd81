using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NeuralNet.Core.Kernels.Gemm;
using NeuralNet.Core.Kernels.Threads;
using NeuralNet.Core.Providers;

namespace NeuralNet.Core.Kernels.Simd;

/// <summary>The project's own products: C# on the CPU's vectors, nothing native to install.</summary>
internal sealed unsafe class SimdProvider : MatrixProvider
{
    private readonly VectorWidth _width;
    private readonly WorkerPool _pool;

    /// <summary>The widest vectors the CPU has, and all processors of the process.</summary>
    public SimdProvider() : this(WidestVector, WorkerPool.Shared)
    {
    }

    /// <summary>A given width and pool, for tests and measurements.</summary>
    public SimdProvider(VectorWidth width, WorkerPool pool) => (_width, _pool) = (width, pool);

    /// <summary>The widest vectors that the CPU has and the runtime is allowed to use.</summary>
    public static VectorWidth WidestVector =>
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? VectorWidth.Bits512
        : Avx2.IsSupported && Fma.IsSupported ? VectorWidth.Bits256
        : VectorWidth.Bits128;

    /// <inheritdoc/>
    public override string Name => "simd";

    /// <inheritdoc/>
    public override string Description => $"C# kernels, {(int)_width}-bit vectors, {_pool.Threads} {(_pool.Threads == 1 ? "thread" : "threads")}";

    /// <inheritdoc/>
    protected override void Gemm(
        Transpose transposeA, Transpose transposeB, int rows, int columns, int inner,
        float alpha, ReadOnlySpan<float> a, int strideA, ReadOnlySpan<float> b, int strideB, float beta, Span<float> c, int strideC,
        ReadOnlySpan<float> bias) =>
        AtWidth(transposeA, transposeB, rows, columns, inner, alpha, a, strideA, b, strideB, beta, c, strideC, bias);

    /// <inheritdoc/>
    protected override void Gemm(
        Transpose transposeA, Transpose transposeB, int rows, int columns, int inner,
        double alpha, ReadOnlySpan<double> a, int strideA, ReadOnlySpan<double> b, int strideB, double beta, Span<double> c, int strideC,
        ReadOnlySpan<double> bias) =>
        AtWidth(transposeA, transposeB, rows, columns, inner, alpha, a, strideA, b, strideB, beta, c, strideC, bias);

    private void AtWidth<T>(
        Transpose transposeA, Transpose transposeB, int rows, int columns, int inner,
        T alpha, ReadOnlySpan<T> a, int strideA, ReadOnlySpan<T> b, int strideB, T beta, Span<T> c, int strideC,
        ReadOnlySpan<T> bias)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (_width)
        {
            case VectorWidth.Bits512:
                Multiply<T, Vector512<T>, Simd512<T>>(
                    transposeA, transposeB, rows, columns, inner, alpha, a, strideA, b, strideB, beta, c, strideC, bias);
                break;
            case VectorWidth.Bits256:
                Multiply<T, Vector256<T>, Simd256<T>>(
                    transposeA, transposeB, rows, columns, inner, alpha, a, strideA, b, strideB, beta, c, strideC, bias);
                break;
            default:
                Multiply<T, Vector128<T>, Simd128<T>>(
                    transposeA, transposeB, rows, columns, inner, alpha, a, strideA, b, strideB, beta, c, strideC, bias);
                break;
        }
    }

    private void Multiply<T, TVector, TSimd>(
        Transpose transposeA, Transpose transposeB, int rows, int columns, int inner,
        T alpha, ReadOnlySpan<T> a, int strideA, ReadOnlySpan<T> b, int strideB, T beta, Span<T> c, int strideC,
        ReadOnlySpan<T> bias)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        fixed (T* pa = a, pb = b, pc = c, pBias = bias)
        {
            var left = new Operand<T>(pa, strideA, transposeA == Transpose.Yes);
            var right = new Operand<T>(pb, strideB, transposeB == Transpose.No);
            bool isRow = rows == 1 && strideC == 1;
            if (isRow)
            {
                // One row, side by side: as well one column, of the product with its factors exchanged.
                (rows, columns, left, right) = (columns, 1, right, left);
            }

            left = left.AsSteps(rows, inner);
            right = right.AsSteps(columns, inner);
            bool areDots = left.IsStepContiguous && right.IsStepContiguous && Math.Min(rows, columns) <= DotProducts<T, TVector, TSimd>.Thin;
            T* addend = pBias;
            if (addend is not null && (isRow || areDots || alpha != T.One))
            {
                // C starts with the bias, and the product is added: the kernels of tiles add a bias to the sum, before α.
                Rows.ScaleAndAdd(c, isRow ? 1 : rows, strideC, beta, bias);
                beta = T.One;
                addend = null;
            }

            strideC = isRow ? rows : strideC;
            if (areDots)
            {
                Scratch<DotProducts<T, TVector, TSimd>>.OfThread.Run(_pool, rows, columns, inner, alpha, left, right, beta, pc, strideC);
            }
            else if (!left.IsStepContiguous && inner <= FewSteps<T, TVector, TSimd>.Most)
            {
                Scratch<FewSteps<T, TVector, TSimd>>.OfThread.Run(
                    _pool, rows, columns, inner, alpha, left, right, beta, pc, strideC, addend);
            }
            else
            {
                Scratch<TiledProduct<T, TVector, TSimd>>.OfThread.Run(
                    _pool, rows, columns, inner, alpha, left, right, beta, pc, strideC, addend);
            }
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
