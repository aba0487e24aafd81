using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Operations;

/// <summary>The threads that the project's kernels share their work among, open to work of one's own.</summary>
/// <remarks>Numerical results do not depend on their number. Native providers (MKL, OpenBLAS) have threads of their own and are not affected.</remarks>
public static class ComputeThreads
{
    /// <summary>The environment variable that says how many threads a process starts with: <c>NEURALNET_THREADS</c>, from 1 to its processors.</summary>
    public const string EnvironmentVariable = WorkerPool.EnvironmentVariable;

    /// <summary>How many threads work together, the caller's included: from 1 to the processors of the process. At first as many as
    /// <see cref="EnvironmentVariable"/> says, or all of them.</summary>
    /// <remarks>Can be changed at any time; work that runs at that moment may still use the former number.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1 or more than the processors of the process.</exception>
    /// <exception cref="InvalidOperationException">The environment variable holds no such number.</exception>
    public static int Count
    {
        get => WorkerPool.Shared.Threads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Environment.ProcessorCount);
            WorkerPool.Shared.Threads = value;
        }
    }

    /// <summary>Calls <paramref name="body"/> once for each piece, from several threads and in any order, and returns when all calls have.</summary>
    /// <remarks>
    /// <para>Handing out pieces costs a microsecond or so: give each at least some tens of microseconds of work, and divide the work by
    /// its size, not by <see cref="Count"/>, where pieces sum something up, so that the bits do not depend on the number of threads.
    /// Use <see cref="System.Numerics.Tensors.TensorPrimitives"/> on spans inside a piece.</para>
    /// <para>Nothing is allocated in steady state if the body is a static lambda or a delegate kept by the caller. From inside
    /// a piece, or while another thread has the workers, the caller does all pieces itself.</para>
    /// <para>A piece that throws does not stop the others. The first exception reaches the caller after all threads have left the work.</para>
    /// </remarks>
    /// <typeparam name="TState">What the pieces work on, a class or a small struct.</typeparam>
    /// <param name="pieces">How many pieces there are, 0 or more.</param>
    /// <param name="state">What the pieces work on; each must write its own part only.</param>
    /// <param name="body">Does a piece: its number, from 0, and the state.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 0 pieces.</exception>
    public static void For<TState>(int pieces, TState state, Action<int, TState> body)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pieces);
        ArgumentNullException.ThrowIfNull(body);
        DelegateWork<TState>.Run(WorkerPool.Shared, pieces, state, body);
    }
}
