namespace NeuralNet.Core.Ranks;

/// <summary>The one thread on which a communicator calls its library, and the work that waits for it.</summary>
/// <remarks>MPI is asked for <c>MPI_THREAD_FUNNELED</c>: only the thread that started it may call it. So this one starts it, and all calls go through it.</remarks>
internal sealed class CommunicationThread
{
    private readonly ICommunicator _ranks;
    private readonly Queue<CommunicationWork> _works = new();
    private readonly Thread _thread;
    private int _waiting;
    private bool _isClosing;

    /// <summary>Starts the thread.</summary>
    public CommunicationThread(ICommunicator ranks)
    {
        _ranks = ranks;
        _thread = new Thread(WorkUntilClosed) { IsBackground = true, Name = "NeuralNet communication" };
        _thread.Start();
    }

    /// <summary>Whether the calling thread is this one.</summary>
    public bool IsCurrent => Thread.CurrentThread == _thread;

    /// <summary>Whether some thread waits for work to be done and does nothing else meanwhile.</summary>
    public bool IsAwaited => Volatile.Read(ref _waiting) > 0;

    /// <summary>A thread begins to wait.</summary>
    public void BeginWait() => Interlocked.Increment(ref _waiting);

    /// <summary>A thread has waited.</summary>
    public void EndWait() => Interlocked.Decrement(ref _waiting);

    /// <summary>Adds work.</summary>
    public void Post(CommunicationWork work)
    {
        work.Begin(this);
        lock (_works)
        {
            _works.Enqueue(work);
            Monitor.Pulse(_works);
        }
    }

    /// <summary>Ends the thread when its work is done.</summary>
    public void Close()
    {
        lock (_works)
        {
            _isClosing = true;
            Monitor.Pulse(_works);
        }

        if (!IsCurrent)
        {
            _thread.Join();
        }
    }

    private void WorkUntilClosed()
    {
        while (Next() is { } work)
        {
            work.Do(_ranks);
        }
    }

    private CommunicationWork? Next()
    {
        lock (_works)
        {
            while (_works.Count == 0 && !_isClosing)
            {
                Monitor.Wait(_works);
            }

            return _works.TryDequeue(out CommunicationWork? work) ? work : null;
        }
    }
}
