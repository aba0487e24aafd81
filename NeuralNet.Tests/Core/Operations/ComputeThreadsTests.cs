using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Providers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Operations;

[NonParallelizable]
internal sealed class ComputeThreadsTests
{
    [Test]
    public void For_AnyNumberOfPieces_CallsTheBodyOnceForEach([Values(0, 1, 2, 100)] int pieces)
    {
        int[] calls = new int[pieces];
        ComputeThreads.For(pieces, calls, static (piece, counts) => Interlocked.Increment(ref counts[piece]));
        calls.ShouldAllBe(count => count == 1);
    }

    [Test]
    public void For_FromInsideABody_DoesAllPieces()
    {
        int[] calls = new int[6 * 7];
        ComputeThreads.For(6, calls, static (outer, counts) =>
            ComputeThreads.For(7, counts[..], (inner, _) => Interlocked.Increment(ref counts[(outer * 7) + inner])));
        calls.ShouldAllBe(count => count == 1);
    }

    [Test]
    public void For_SteadyState_AllocatesNothing()
    {
        double[] numbers = new double[64];
        Allocation.OfProcess(() => ComputeThreads.For(64, numbers, static (piece, all) => all[piece] += piece)).ShouldBe(0);
    }

    [Test]
    public void For_PiecesAreNegative_IsRefused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => ComputeThreads.For(-1, 0, static (_, _) => { }));

    [Test]
    public void Count_OutsideOfOneToTheProcessors_IsRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => ComputeThreads.Count = 0);
        Should.Throw<ArgumentOutOfRangeException>(() => ComputeThreads.Count = Environment.ProcessorCount + 1);
    }

    [Test]
    public void Count_IsOne_EverythingIsDoneByTheCallerWithTheSameBits()
    {
        Matrix<float> a = Some.Matrix<float>(200, 300), b = Some.Matrix<float>(300, 150), shared = Some.Matrix<float>(200, 150), alone = shared.Clone();
        MatrixProduct.Multiply(Transpose.No, a, Transpose.No, b, shared);
        int before = ComputeThreads.Count;
        try
        {
            ComputeThreads.Count = 1;
            int[] threads = new int[50];
            ComputeThreads.For(50, threads, static (piece, ids) => ids[piece] = Environment.CurrentManagedThreadId);
            threads.ShouldAllBe(id => id == Environment.CurrentManagedThreadId);
            MatrixProduct.Multiply(Transpose.No, a, Transpose.No, b, alone);
        }
        finally
        {
            ComputeThreads.Count = before;
        }

        alone.AsSpan().SequenceEqual(shared.AsSpan()).ShouldBeTrue();
        ComputeThreads.Count.ShouldBe(before);
    }
}
