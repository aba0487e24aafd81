using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using NeuralNet.Core.Ranks;

namespace NeuralNet.Core.Providers.Mpi;

/// <summary>Looks whether the other ranks are still there, and ends the job where one is not.</summary>
/// <remarks>
/// <para>Each rank says farewell to all others when it ends, with the exception that it saw last. Who still waits for something of a rank that has said farewell, or for longer than the
/// timeout, ends the job: with one message, that names the rank.</para>
/// <para><b>Threads.</b> The communicator's, but for <see cref="Ask"/>.</para>
/// </remarks>
internal sealed unsafe class MpiWatch
{
    private const int FarewellTag = 1, FarewellBytes = 480;
    private const PosixSignal UserSignal = (PosixSignal)10; // SIGUSR1 of Linux.

    // What was sent before a farewell may arrive after it.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(5);

    private readonly MpiFunctions _mpi;
    private readonly TimeSpan _timeout;
    private readonly int _rank, _size;
    private readonly byte* _farewells, _requests, _own, _sends;
    private readonly bool[] _hasLeft;
    private readonly PosixSignalRegistration? _signal;
    private volatile string? _abortReason;
    private Exception? _lastException;
    private TimeSpan _sinceLeft;

    // Processes of this machine that this one can see; null for the others.
    private RankPlace?[] _visible = [];

    /// <summary>Begins to watch.</summary>
    public MpiWatch(MpiFunctions mpi, int rank, int size, TimeSpan timeout)
    {
        (_mpi, _rank, _size, _timeout) = (mpi, rank, size, timeout);
        _hasLeft = new bool[size];
        Names = [.. Enumerable.Range(0, size).Select(number => $"rank {number}")];
        _farewells = (byte*)NativeMemory.AllocZeroed((nuint)size, FarewellBytes);
        _own = (byte*)NativeMemory.AllocZeroed(FarewellBytes);
        _requests = (byte*)NativeMemory.AllocZeroed((nuint)size, sizeof(long));
        _sends = (byte*)NativeMemory.AllocZeroed((nuint)size, sizeof(long));
        for (int other = 0; other < size; other++)
        {
            if (other != rank)
            {
                mpi.Receive(_farewells + (other * FarewellBytes), FarewellBytes, other, FarewellTag, _requests + (other * sizeof(long)));
            }
        }

        // Asked to leave the end of a job to its ranks, MPICH's launcher tells them of a dead one by this signal, which ends a process that does not know it.
        if (OperatingSystem.IsLinux())
        {
            _signal = PosixSignalRegistration.Create(UserSignal, context => context.Cancel = true);
        }

        AppDomain.CurrentDomain.FirstChanceException += (_, happened) => _lastException = happened.Exception;
    }

    /// <summary>What messages call the ranks: number, machine and process.</summary>
    public string[] Names { get; private set; }

    /// <summary>Learns where the ranks run.</summary>
    public void Meet(IReadOnlyList<RankPlace> places)
    {
        Names = [.. places.Select((place, rank) => $"rank {rank} of {_size} (host {place.Host}, process {place.Process})")];
        _visible = [.. places.Select(place => place.Host == places[_rank].Host && place.IsRunningHere ? place : null)];
    }

    /// <summary>Looks, while an operation waits.</summary>
    /// <param name="exchange">The operation's messages.</param>
    /// <param name="what">What it is.</param>
    /// <param name="waited">For how long it has waited.</param>
    public void Look(MpiExchange exchange, string what, TimeSpan waited)
    {
        if (_abortReason is string reason)
        {
            End(reason);
        }

        int gone = LeftAmong(exchange);
        _sinceLeft = gone < 0 ? waited : _sinceLeft;
        if (gone >= 0 && waited - _sinceLeft > Grace)
        {
            End($"{Names[gone]} has left the job while {Names[_rank]} waits for it {what}.{LastWordsOf(gone)}");
        }

        if (_visible.Length > 0 && exchange.Missing().Where(rank => _visible[rank] is { IsRunningHere: false } && !_hasLeft[rank]).DefaultIfEmpty(-1).First() is >= 0 and int dead)
        {
            End($"{Names[dead]} has died: it was killed, or ended itself without a farewell, while {Names[_rank]} waits for it {what}.");
        }

        if (waited > _timeout)
        {
            string missing = string.Join(", ", exchange.Missing().Select(rank => Names[rank]));
            End(string.Create(
                CultureInfo.InvariantCulture,
                $"{missing} hangs, or does something alone that takes longer than the others wait: {Names[_rank]} has waited {waited.TotalSeconds:0} s for it {what}. ") +
                $"Where that is meant, set {Communicator.TimeoutVariable} to more seconds.");
        }
    }

    /// <summary>Says farewell, and waits for the others'.</summary>
    public void Leave()
    {
        string words = _lastException is { } last ? $"{last.GetType().Name}: {last.Message}" : "";
        Encoding.UTF8.GetEncoder().Convert(words, new Span<byte>(_own, FarewellBytes - 1), flush: true, out _, out _, out _);
        for (int other = 0; other < _size; other++)
        {
            if (other != _rank)
            {
                _mpi.Send(_own, FarewellBytes, other, FarewellTag, _sends + (other * sizeof(long)));
            }
        }

        long began = Stopwatch.GetTimestamp();
        for (int other = 0; other < _size; other++)
        {
            while (other != _rank && !(HasLeft(other) && _mpi.IsComplete(_sends + (other * sizeof(long)))))
            {
                Nap.Take();
                if (_abortReason is string reason)
                {
                    End(reason);
                }

                if (Stopwatch.GetElapsedTime(began) > _timeout)
                {
                    End($"{Names[other]} does not come to the end of the job, for which {Names[_rank]} waits.");
                }
            }
        }

        _signal?.Dispose();
    }

    /// <summary>Asks the communicator's thread to end the job, from any thread.</summary>
    /// <param name="reason">Why.</param>
    public void Ask(string reason) => _abortReason ??= $"{Names[_rank]}: {reason}";

    /// <summary>Waits until the process is ended, and ends it where nobody does.</summary>
    public static void WaitForTheEnd()
    {
        Thread.Sleep(LastWait);
        Kill();
    }

    /// <summary>Ends the job, on the communicator's thread: all ranks of it.</summary>
    public void End(string reason)
    {
        Console.Error.WriteLine($"error: {reason.TrimEnd('.')}. The job is ended.");
        Console.Error.Flush();
        new Thread(WaitForTheEnd) { IsBackground = true }.Start();

        // The launcher passes on what ranks write, and forgets what it has not passed on when the job ends.
        Thread.Sleep(LastWords);
        _mpi.Abort();
        Kill();
    }

    /// <summary>Ends the job where another thread has asked for it.</summary>
    public void EndIfAsked()
    {
        if (_abortReason is string reason)
        {
            End(reason);
        }
    }

    private int LeftAmong(MpiExchange exchange)
    {
        bool isAnyGone = false;
        for (int other = 0; other < _size; other++)
        {
            isAnyGone |= other != _rank && HasLeft(other);
        }

        return isAnyGone ? exchange.Missing().Where(rank => _hasLeft[rank]).DefaultIfEmpty(-1).First() : -1;
    }

    private bool HasLeft(int other) => _hasLeft[other] || (_hasLeft[other] = _mpi.IsComplete(_requests + (other * sizeof(long))));

    private string LastWordsOf(int rank)
    {
        string words = Encoding.UTF8.GetString(_farewells + (rank * FarewellBytes), FarewellBytes).Split('\0')[0];
        return words.Length > 0 ? $" The last exception there: {words.TrimEnd('.')}." : "";
    }

    private static void Kill() => Process.GetCurrentProcess().Kill();
}
