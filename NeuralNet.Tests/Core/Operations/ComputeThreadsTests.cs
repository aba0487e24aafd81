using NeuralNet.Core;
using NeuralNet.Core.Kernels.Threads;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Providers;
using NeuralNet.Tests.Examples;
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

    [TestCase(null, 8)]
    [TestCase(" ", 8)]
    [TestCase("1", 1)]
    [TestCase(" 3 ", 3)]
    [TestCase("8", 8)]
    public void ThreadsOf_TheEnvironmentVariable_IsItsNumber(string? value, int threads) => WorkerPool.ThreadsOf(value, processors: 8).ShouldBe(threads);

    [TestCase("0")]
    [TestCase("9")]
    [TestCase("-1")]
    [TestCase("2.0")]
    [TestCase("1,000")]
    [TestCase("all")]
    [TestCase("99999999999")]
    public void ThreadsOf_AnythingElse_NamesTheVariableAndTheRange(string value) =>
        Should.Throw<InvalidOperationException>(() => WorkerPool.ThreadsOf(value, processors: 8)).Message
            .ShouldBe($"The environment variable NEURALNET_THREADS must be a whole number from 1 to 8, the processors of this process, got '{value}'.");

    [Test]
    public void Program_EnvironmentVariableIsNoNumber_EndsNamingIt()
    {
        (int exitCode, _, string errors) = ExampleProgram.Run("Xor", "", (ComputeThreads.EnvironmentVariable, "many"));
        exitCode.ShouldNotBe(0);
        errors.ShouldContain("InvalidOperationException: The environment variable NEURALNET_THREADS must be a whole number from 1 to");
        errors.ShouldContain("got 'many'");
    }

    [Test]
    public void Program_EnvironmentVariableIsOne_PrintsTheSame()
    {
        (int exitCode, string[] lines, _) = ExampleProgram.Run("Xor", "", (ComputeThreads.EnvironmentVariable, "1"));
        exitCode.ShouldBe(0);
        lines.ShouldBe(ExampleProgram.Run("Xor").Lines);
    }
}
