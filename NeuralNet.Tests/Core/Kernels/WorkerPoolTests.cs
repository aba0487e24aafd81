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

    [Test]
    public void Run_APieceThrows_CallerGetsItAfterAllPiecesAreDone([Values(0, 1, 5)] int failing, [Values(1, 2)] int threads)
    {
        using var pool = new WorkerPool(threads);
        for (int run = 0; run < 20; run++)
        {
            var work = new Failing(6, failing);
            Should.Throw<InvalidDataException>(() => pool.Run(work, 6)).Message.ShouldBe($"piece {failing}");
            work.Left.ShouldBe(6);
        }

        var counts = new Counts(50);
        pool.Run(counts, 50);
        counts.Done.ShouldAllBe(count => count == 1);
    }

    [Test]
    public void Run_APieceOfInnerWorkThrows_InnerAndOuterPiecesAreAllDone([Values(0, 3)] int failing)
    {
        using var pool = new WorkerPool(2);
        var work = new NestedFailing(pool, 4, new Failing(6, failing));
        Should.Throw<InvalidDataException>(() => pool.Run(work, 4)).Message.ShouldBe($"piece {failing}");
        work.Inner.Left.ShouldBe(4 * 6);
    }

    [Test]
    public void Threads_ChangedBetweenRuns_DoesEachPieceOnce()
    {
        using var pool = new WorkerPool(4);
        var work = new Counts(50);
        int run = 0;
        foreach (int threads in (ReadOnlySpan<int>)[4, 2, 1, 3, 4, 2, 4])
        {
            pool.Threads = threads;
            for (int i = 0; i < 20; i++)
            {
                Thread.Sleep(i == 10 ? 2 : 0); // Once longer than workers spin.
                pool.Run(work, 50);
                run++;
                work.Done.ShouldAllBe(count => count == run);
            }
        }
    }

    private sealed class Failing(int pieces, int failing) : IParallelWork
    {
        private int _left;

        public int Left => Volatile.Read(ref _left);

        public void Do(int piece)
        {
            piece.ShouldBeLessThan(pieces);
            if (piece != failing)
            {
                Thread.Sleep(1); // Still at work when the other has failed.
            }

            Interlocked.Increment(ref _left);
            if (piece == failing)
            {
                throw new InvalidDataException($"piece {piece}");
            }
        }
    }

    private sealed class NestedFailing(WorkerPool pool, int pieces, Failing inner) : IParallelWork
    {
        public Failing Inner => inner;

        public void Do(int piece)
        {
            piece.ShouldBeLessThan(pieces);
            pool.Run(inner, 6);
        }
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
