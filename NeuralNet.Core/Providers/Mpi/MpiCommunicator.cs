using System.Globalization;
using System.Numerics;
using NeuralNet.Core.Ranks;

namespace NeuralNet.Core.Providers.Mpi;

/// <summary>The ranks of a job that MPI connects.</summary>
/// <remarks>See <see cref="ICommunicator"/>. What is asked for by another thread than the communicator's own is given to that, and waited for.</remarks>
internal sealed unsafe class MpiCommunicator : ICommunicator
{
    private readonly MpiFunctions _mpi;
    private readonly CommunicationThread _thread;
    private readonly Lock _callers = new();
    private readonly MpiCall _call;
    private MpiWatch? _watch;
    private MpiCollectives? _collectives;
    private bool _isDisposed;

    /// <summary>Starts MPI and finds the others.</summary>
    /// <exception cref="InvalidOperationException">The library sees other ranks than the launcher has started.</exception>
    public MpiCommunicator(MpiFunctions mpi, Launcher launcher, TimeSpan timeout, string reason)
    {
        _mpi = mpi;
        _call = new MpiCall(this);
        _thread = new CommunicationThread(this);
        try
        {
            Start(launcher, timeout);
        }
        catch
        {
            _thread.Close();
            throw;
        }

        Description = string.Create(CultureInfo.InvariantCulture, $"ranks: {Size}, by {mpi.Version} ({mpi.File}), {reason}; this is {_watch!.Names[Rank]}");
        AppDomain.CurrentDomain.UnhandledException += (_, happened) => Abort(happened.ExceptionObject is Exception exception ? $"{exception.GetType().Name}: {exception.Message}" : "an exception");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    public int Rank { get; private set; }

    public int Size { get; private set; }

    public int LocalRank { get; private set; }

    public int LocalSize { get; private set; }

    /// <summary>How many ranks of this machine run on the processors of this one.</summary>
    public int SharersOfProcessors { get; private set; }

    public string Description { get; }

    /// <summary>What is done on the communicator's thread.</summary>
    public MpiCollectives Collectives => _collectives!;

    public void Broadcast<T>(Span<T> numbers, int root = 0) where T : unmanaged
    {
        RankCheck.ThrowIfNoRank(root, Size);
        fixed (T* first = numbers)
        {
            Do(MpiCall.Kind.Broadcast, (byte*)first, (long)numbers.Length * sizeof(T), null, root);
        }
    }

    public void AllReduce<T>(Span<T> numbers) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        fixed (T* first = numbers)
        {
            Do(typeof(T) == typeof(float) ? MpiCall.Kind.SumOfSingles : MpiCall.Kind.SumOfDoubles, (byte*)first, numbers.Length, null, 0);
        }
    }

    public void AllGather<T>(ReadOnlySpan<T> own, Span<T> all) where T : unmanaged
    {
        RankCheck.ThrowIfNotForAll(own.Length, all.Length, Size);
        fixed (T* first = own, ofAll = all)
        {
            Do(MpiCall.Kind.AllGather, (byte*)first, (long)own.Length * sizeof(T), (byte*)ofAll, 0);
        }
    }

    public void Barrier() => Do(MpiCall.Kind.Barrier, null, 0, null, 0);

    public void Post(CommunicationWork work)
    {
        ArgumentNullException.ThrowIfNull(work);
        ThrowIfDisposed();
        _thread.Post(work);
    }

    public void Abort(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (_isDisposed || _watch is null)
        {
            return;
        }

        if (_thread.IsCurrent)
        {
            _watch.End($"{_watch.Names[Rank]}: {reason}");
        }

        // The thread may sleep, or wait for a rank: both look for this.
        _watch.Ask(reason);
        _thread.Post(new MpiAbortion(_watch));
        MpiWatch.WaitForTheEnd();
    }

    public void Dispose()
    {
        lock (_callers)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            _call.Set(MpiCall.Kind.Leave, null, 0, null, 0);
            _thread.Post(_call);
            _call.Wait();
            _thread.Close();
        }
    }

    /// <summary>Says farewell to the others, and ends MPI.</summary>
    public void Leave()
    {
        _watch!.Leave();
        _mpi.End();
    }

    private void Start(Launcher launcher, TimeSpan timeout)
    {
        _call.Starts = () =>
        {
            (Rank, Size) = _mpi.Start();
            _watch = new MpiWatch(_mpi, Rank, Size, timeout);
            _collectives = new MpiCollectives(new MpiExchange(_mpi, _thread, _watch), Rank, Size);
            if (Size != launcher.Size && launcher.Size > 1)
            {
                _mpi.End();
                throw new InvalidOperationException(
                    $"{launcher.Name} has started {launcher.Size} processes, but {_mpi.Version} ({_mpi.File}) sees {Size}: they do not go together. Start the job with the mpirun of that library, or " +
                    $"name the library of the launcher in {Communicator.LibraryVariable}{(launcher.Name.StartsWith("srun", StringComparison.Ordinal) ? ", or say 'srun --mpi=pmix' or '--mpi=pmi2'" : "")}.");
            }
        };
        _call.Set(MpiCall.Kind.Start, null, 0, null, 0);
        _thread.Post(_call);
        _call.Wait();
        MeetTheOthers();
    }

    private void MeetTheOthers()
    {
        RankPlace[] places = [.. this.Gather<char>(RankPlace.Own().ToString()).Select(text => RankPlace.Parse(new string(text)))];
        RankPlace own = places[Rank];
        _watch!.Meet(places);
        LocalSize = places.Count(place => place.Host == own.Host);
        LocalRank = places.Take(Rank).Count(place => place.Host == own.Host);
        SharersOfProcessors = places.Count(place => place.Host == own.Host && place.Processors == own.Processors);
    }

    private void Do(MpiCall.Kind kind, byte* numbers, long length, byte* all, int root)
    {
        if (_thread.IsCurrent)
        {
            Collectives.Do(kind, numbers, length, all, root);
            return;
        }

        lock (_callers)
        {
            ThrowIfDisposed();
            _call.Set(kind, numbers, length, all, root);
            _thread.Post(_call);
            _call.Wait();
        }
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_isDisposed, this);
}
