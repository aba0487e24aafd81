using System.Numerics;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;
using NeuralNet.Core.Providers;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>
/// Many products of one shape. Small ones are shared among the threads as they are, several in a piece of work; few or large ones
/// are computed one after another, each by all threads.
/// </summary>
/// <remarks>A product is summed in the same order either way.</remarks>
internal sealed unsafe class PinnedBatch<T> : IParallelWork where T : unmanaged, IFloatingPointIeee754<T>
{
    // From here on a product keeps all threads busy to its end, and threads with a product each would only compete for the caches.
    private const long LargeProduct = 256 * BlockSizes.WorkPerThread;

    // Products for each thread, at least, from which sharing them whole leaves no thread idle for long.
    private const int ProductsPerThread = 4;

    [ThreadStatic]
    private static PinnedBatch<T>? _ofThread;

    private PinnedProduct<T> _first;
    private ProductBatch _batch;
    private VectorWidth _width;
    private WorkerPool _pool = null!;
    private int _productsPerPiece;

    /// <summary>Computes all products.</summary>
    /// <param name="first">The first.</param>
    /// <param name="batch">How many there are and where the others lie.</param>
    /// <param name="width">The width of the vectors.</param>
    /// <param name="pool">The threads.</param>
    public static void Run(PinnedProduct<T> first, ProductBatch batch, VectorWidth width, WorkerPool pool)
    {
        PinnedBatch<T> work = _ofThread ??= new PinnedBatch<T>();
        (work._first, work._batch, work._width, work._pool) = (first, batch, width, pool);
        double product = (double)first.Rows * first.Columns * (first.Inner + BlockSizes.WorkOfResult);
        bool isLarge = product >= LargeProduct || (product >= 2 * BlockSizes.WorkPerThread && batch.Count < ProductsPerThread * (long)pool.Threads);
        work._productsPerPiece = (int)Math.Clamp(BlockSizes.WorkPerThread / (4 * product), 1, batch.Count);
        int pieces = WorkPieces.Count(batch.Count, work._productsPerPiece);
        if (isLarge)
        {
            // Pieces done here, by the caller outside of shared work, let each product share its own.
            for (int piece = 0; piece < pieces; piece++)
            {
                work.Do(piece);
            }
        }
        else
        {
            pool.Run(work, pieces, product * batch.Count >= 2 * BlockSizes.WorkPerThread);
        }
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int first = piece * _productsPerPiece, count = Math.Min(_productsPerPiece, _batch.Count - first);
        for (int i = first; i - first < count; i++)
        {
            _first.At((nint)i * _batch.StepA, (nint)i * _batch.StepB, (nint)i * _batch.StepC).Run(_width, _pool);
        }
    }
}
