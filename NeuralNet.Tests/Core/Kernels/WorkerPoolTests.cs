using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Tests.Core.Kernels;

/// <summary>Threads that share pieces of work.</summary>
internal sealed class WorkerPoolTests
{
    [Test]
    public void Run_AnyNumberOfThreadsAndPieces_DoesEachPieceOnce([Values(1, 2, 3, 8)] int threads, [Values(0, 1, 2, 7, 8, 1000)] int pieces)
    {
        using var pool = new WorkerPool(threads);
        var work = new Counts(pieces);
        for (int run = 1; run <= 200; run++)
        {
            pool.Run(work, pieces);
            work.Done.ShouldAllBe(count => count == run);
        }
    }

    [Test]
    public void Run_WorkersThatSleep_DoesEachPieceOnce()
    {
        using var pool = new WorkerPool(4);
        var work = new Counts(50);
        for (int run = 1; run <= 20; run++)
        {
            Thread.Sleep(2); // Longer than workers spin.
            pool.Run(work, 50);
            work.Done.ShouldAllBe(count => count == run);
        }
    }

    [Test]
    public void Run_FromInsideWork_DoesAllPieces()
    {
        using var pool = new WorkerPool(3);
        var inner = new Counts[6];
        pool.Run(new Nested(pool, inner), inner.Length);
        inner.ShouldAllBe(counts => counts.Done.All(count => count == 1));
    }

    [Test]
    public void Run_AfterDispose_IsDoneByItsCaller()
    {
        var pool = new WorkerPool(3);
        var work = new Counts(10);
        pool.Run(work, 10);
        pool.Dispose();
        pool.Run(work, 10);
        work.Done.ShouldAllBe(count => count == 2);
    }

    private sealed class Counts(int pieces) : IParallelWork
    {
        public int[] Done { get; } = new int[pieces];

        public void Do(int piece) => Interlocked.Increment(ref Done[piece]);
    }

    private sealed class Nested(WorkerPool pool, Counts[] inner) : IParallelWork
    {
        public void Do(int piece) => pool.Run(inner[piece] = new Counts(5), 5);
    }
}
