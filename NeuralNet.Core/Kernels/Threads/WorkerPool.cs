using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace NeuralNet.Core.Kernels.Threads;

/// <summary>
/// Threads that wait for parallel work: they spin for a moment, since the next product of a training step is microseconds away,
/// and sleep after that.
/// </summary>
/// <remarks>
/// A fork per call would cost more than a small product does; handing work to a spinning thread costs two cache misses and no
/// allocation. Each thread starts with a range of pieces of its own, the same one each time, so that what it wrote in one pass it finds
/// in its cache in the next; one that is done takes from the others' ranges, so a core that is slow or busy does fewer. Results must
/// not depend on who does which piece; then they are the same at any number of threads. One caller at a time has the workers; another
/// that comes meanwhile, or from inside a piece, does its work alone. A piece that throws does not end the others: the work is done on
/// pinned memory, so the caller gets the first exception when every thread has left it.
/// </remarks>
internal sealed class WorkerPool : IDisposable
{
    // Each counter that threads write at the same time has cache lines of its own, 128 bytes apart.
    private const int TicketSpacing = 16;

    // Long enough to bridge the gap between two products of a training step, short enough not to burn a core for nothing.
    private static readonly long SpinTicks = Stopwatch.Frequency / 10_000;

    /// <summary>The environment variable with the number of threads of <see cref="Shared"/>.</summary>
    public const string EnvironmentVariable = "NEURALNET_THREADS";

    private static volatile WorkerPool? _shared;

    private readonly SemaphoreSlim _wake = new(0);
    private readonly SemaphoreSlim _unpark = new(0);
    private readonly int _workers;
    private readonly long[] _tickets;
    private int _threads;
    private int _parked;
    private int _isTaken;
    private bool _started;
    private volatile bool _isDisposed;
    private IParallelWork? _work;
    private Exception? _failure;
    private Counters _counters;

    /// <summary>A pool for a number of threads, the caller's included. They start with the first work.</summary>
    public WorkerPool(int threads)
    {
        _workers = Math.Max(threads, 1) - 1;
        _threads = _workers + 1;
        _tickets = new long[(_threads + 1) * TicketSpacing];
    }

    /// <summary>The pool that all kernels share: as many threads as the process has processors, or as <see cref="EnvironmentVariable"/> says.</summary>
    /// <exception cref="InvalidOperationException">The variable holds anything but such a number.</exception>
    public static WorkerPool Shared => _shared ?? MakeShared();

    /// <summary>Threads that work, the caller's included: from 1 to what the pool was made for. Those beyond sleep until they are wanted again.</summary>
    public int Threads
    {
        get => _threads;
        set
        {
            Volatile.Write(ref _threads, value);
            int parked = Interlocked.Exchange(ref _parked, 0);
            if (parked > 0)
            {
                _unpark.Release(parked);
            }
        }
    }

    /// <summary>Does all pieces and returns when they are done.</summary>
    /// <param name="work">The work.</param>
    /// <param name="pieces">Its pieces.</param>
    /// <param name="isWorthSharing">Whether there is enough to do for more than one thread; otherwise the caller does it all.</param>
    public void Run(IParallelWork work, int pieces, bool isWorthSharing = true)
    {
        if (pieces == 1)
        {
            work.Do(0);
            return;
        }

        if (!isWorthSharing || _threads == 1 || pieces < 2 || _isDisposed || Interlocked.Exchange(ref _isTaken, 1) == 1)
        {
            DoAlone(work, pieces);
            return;
        }

        try
        {
            Share(work, pieces);
        }
        finally
        {
            Volatile.Write(ref _isTaken, 0);
        }
    }

    /// <summary>The number of threads that the environment variable asks for.</summary>
    /// <param name="value">What it holds; nothing is all processors.</param>
    /// <param name="processors">The processors of the process.</param>
    /// <exception cref="InvalidOperationException">It is no whole number from 1 to that.</exception>
    internal static int ThreadsOf(string? value, int processors)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return processors;
        }

        return int.TryParse(value, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int threads)
            && threads >= 1 && threads <= processors
            ? threads
            : throw new InvalidOperationException(
                $"The environment variable {EnvironmentVariable} must be a whole number from 1 to {processors}, the processors of this process, got '{value}'.");
    }

    /// <summary>Lets the workers end. Work given after that is done by its caller alone.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _wake.Release(_workers + 1);
        _unpark.Release(_workers + 1);
    }

    // No static initialiser, whose exception would come wrapped. A pool has no threads before its first work, so one made in vain costs nothing.
    private static WorkerPool MakeShared()
    {
        int threads = ThreadsOf(Environment.GetEnvironmentVariable(EnvironmentVariable), Environment.ProcessorCount);
        var pool = new WorkerPool(Environment.ProcessorCount) { Threads = threads };
        return Interlocked.CompareExchange(ref _shared, pool, null) ?? pool;
    }

    // As when it is shared: a piece that throws does not end the others, or what is done would depend on the number of threads.
    private static void DoAlone(IParallelWork work, int pieces)
    {
        ExceptionDispatchInfo? failure = null;
        for (int piece = 0; piece < pieces;)
        {
            try
            {
                for (; piece < pieces; piece++)
                {
                    work.Do(piece);
                }
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
                piece++;
            }
        }

        failure?.Throw();
    }

    private void Share(IParallelWork work, int pieces)
    {
        if (!_started)
        {
            Start();
        }

        _work = work;
        _counters.Done = 0;
        _counters.CallerProcessor = ThreadPlacement.CurrentProcessor;
        int threads = _threads;
        for (int thread = 0; thread <= _workers; thread++)
        {
            // The ranges of threads that do not take part are empty.
            long first = thread < threads ? (long)pieces * thread / threads : 0, end = thread < threads ? (long)pieces * (thread + 1) / threads : 0;
            Volatile.Write(ref TicketOf(thread), (end << 32) | first);
        }

        Interlocked.Increment(ref _counters.Works);
        int sleepers = Interlocked.Exchange(ref _counters.Sleepers, 0);
        if (sleepers > 0)
        {
            _wake.Release(sleepers);
        }

        ClaimPieces(0);
        for (int spins = 0; Volatile.Read(ref _counters.Done) != pieces; spins++)
        {
            Thread.SpinWait(1);
            if (spins > 5000)
            {
                Thread.Yield(); // The worker that has the last piece may have lost its core.
            }
        }

        if (_failure is { } failure)
        {
            _failure = null;
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    // The thread's own range first, then those of the others. A claimed piece that is not done keeps the caller waiting, so until the
    // thread has reported what it did, _work stays as it is.
    private void ClaimPieces(int thread)
    {
        int done = 0;
        for (int i = 0; i <= _workers; i++)
        {
            done += ClaimPieces(ref TicketOf((thread + i) % (_workers + 1)));
        }

        if (done > 0)
        {
            Interlocked.Add(ref _counters.Done, done);
        }
    }

    // A ticket holds the end of a range in its upper half and the next piece to claim in its lower half, so that one atomic
    // addition claims a piece and tells whether there was one.
    private int ClaimPieces(ref long ticketOfRange)
    {
        int done = 0;
        while (HasPieces(Volatile.Read(ref ticketOfRange)))
        {
            long ticket = Interlocked.Increment(ref ticketOfRange) - 1;
            if (HasPieces(ticket))
            {
                try
                {
                    _work!.Do((int)ticket);
                }
                catch (Exception exception)
                {
                    // It is the caller's to see, whichever thread it came to; the first is kept.
                    Interlocked.CompareExchange(ref _failure, exception, null);
                }

                done++;
            }
        }

        return done;
    }

    private ref long TicketOf(int thread) => ref _tickets[(thread + 1) * TicketSpacing];

    /// <summary>Whether a ticket has a piece to claim. Threads that come too late count on beyond the end, which may be 2³¹ − 1: so the lower half
    /// has no sign.</summary>
    internal static bool HasPieces(long ticket) => (uint)ticket < (uint)(ticket >> 32);

    private void Start()
    {
        _started = true;
        for (int i = 1; i <= _workers; i++)
        {
            int thread = i;
            new Thread(() => WorkForever(thread)) { IsBackground = true, Name = $"NeuralNet worker {i}" }.Start();
        }
    }

    private void WorkForever(int thread)
    {
        long idleSince = Stopwatch.GetTimestamp();
        int worksSeen = 0;
        while (!_isDisposed)
        {
            if (thread >= Volatile.Read(ref _threads))
            {
                Park(thread);
                idleSince = Stopwatch.GetTimestamp();
            }

            int works = Volatile.Read(ref _counters.Works);
            if (works != worksSeen)
            {
                worksSeen = works;
                LeaveProcessorOfCaller();
                ClaimPieces(thread);
                idleSince = Stopwatch.GetTimestamp();
            }
            else if (Stopwatch.GetTimestamp() - idleSince < SpinTicks)
            {
                Thread.SpinWait(1);
                LeaveProcessorOfCaller();
            }
            else
            {
                // Announce first, look again after: a caller either sees the announcement or has its work seen.
                Interlocked.Increment(ref _counters.Sleepers);
                if (Volatile.Read(ref _counters.Works) == worksSeen)
                {
                    _wake.Wait();
                }

                idleSince = Stopwatch.GetTimestamp();
            }
        }
    }

    // Announce first, look again after, as before sleep.
    private void Park(int thread)
    {
        Interlocked.Increment(ref _parked);
        if (thread >= Volatile.Read(ref _threads) && !_isDisposed)
        {
            _unpark.Wait();
        }
    }

    // A system may wake a worker on the very processor where its caller runs, and leave both there for long: then the two take turns
    // instead of sharing the work. The worker notices and moves.
    private void LeaveProcessorOfCaller()
    {
        int caller = Volatile.Read(ref _counters.CallerProcessor);
        if (caller >= 0 && caller == ThreadPlacement.CurrentProcessor)
        {
            ThreadPlacement.Leave(caller);
        }
    }

    [StructLayout(LayoutKind.Explicit, Size = 512)]
    private struct Counters
    {
        [FieldOffset(128)]
        public int Works;

        [FieldOffset(132)]
        public int CallerProcessor;

        [FieldOffset(256)]
        public int Done;

        [FieldOffset(384)]
        public int Sleepers;
    }
}
