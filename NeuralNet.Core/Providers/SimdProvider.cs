using NeuralNet.Core.Kernels;
using NeuralNet.Core.Kernels.Gemm;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Providers;

/// <summary>The project's own products: C# on the CPU's vectors, nothing native to install.</summary>
internal sealed unsafe class SimdProvider : MatrixProvider
{
    private readonly VectorWidth _width;
    private readonly WorkerPool _pool;

    /// <summary>The widest vectors the CPU has, and all processors of the process.</summary>
    public SimdProvider() : this(Processor.WidestVector, WorkerPool.Shared)
    {
    }

    /// <summary>A given width and pool, for tests and measurements.</summary>
    public SimdProvider(VectorWidth width, WorkerPool pool) => (_width, _pool) = (width, pool);

    /// <inheritdoc/>
    public override string Name => "simd";

    /// <inheritdoc/>
    public override string Description => $"C# kernels, {(int)_width}-bit vectors, {_pool.Threads} {(_pool.Threads == 1 ? "thread" : "threads")}";

    /// <inheritdoc/>
    private protected override void Gemm<T>(in Product<T> product)
    {
        fixed (T* a = product.A, b = product.B, c = product.C, bias = product.Bias)
        {
            new PinnedProduct<T>(product, a, b, c, bias).Run(_width, _pool);
        }
    }

    /// <inheritdoc/>
    private protected override void GemmBatch<T>(in Product<T> first, ProductBatch batch)
    {
        fixed (T* a = first.A, b = first.B, c = first.C, bias = first.Bias)
        {
            PinnedBatch<T>.Run(new PinnedProduct<T>(first, a, b, c, bias), batch, _width, _pool);
        }
    }
}
