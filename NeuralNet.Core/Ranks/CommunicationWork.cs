using System.Runtime.ExceptionServices;

namespace NeuralNet.Core.Ranks;

/// <summary>Some communication that goes on while the thread that asked for it computes: <see cref="ICommunicator.Post"/> starts it, <see cref="Wait"/> waits for it. It can be
/// started again and again, and allocates nothing.</summary>
/// <remarks><b>Threads.</b> Posted and waited for by one thread at a time; done by the communicator's.</remarks>
public abstract class CommunicationWork
{
    private readonly object _end = new();
    private CommunicationThread? _thread;
    private Exception? _failure;
    private bool _isUnderWay;
    private volatile bool _isDone = true;

    /// <summary>Waits until the work is done; returns at once where it was never started. An exception of it is thrown here.</summary>
    public void Wait()
    {
        if (!_isUnderWay)
        {
            return;
        }

        // What comes at once needs no sleep: to be woken takes longer than most of what ranks of one machine say to each other.
        var spin = default(SpinWait);
        _thread?.BeginWait();
        while (!_isDone && !spin.NextSpinWillYield)
        {
            spin.SpinOnce();
        }

        lock (_end)
        {
            while (!_isDone)
            {
                Monitor.Wait(_end);
            }
        }

        _thread?.EndWait();
        _isUnderWay = false;
        if (Interlocked.Exchange(ref _failure, null) is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>The work. What it asks of the communicator is done at once, on the thread that calls.</summary>
    /// <param name="ranks">The communicator.</param>
    protected abstract void Run(ICommunicator ranks);

    /// <summary>Marks the work as under way.</summary>
    /// <param name="thread">The thread that will do it; null for that of the caller.</param>
    internal void Begin(CommunicationThread? thread)
    {
        lock (_end)
        {
            if (_isUnderWay)
            {
                throw new InvalidOperationException("This work is under way already: wait for it before it is posted again.");
            }

            (_isUnderWay, _isDone, _thread) = (true, false, thread);
        }
    }

    /// <summary>Does the work.</summary>
    internal void Do(ICommunicator ranks)
    {
        try
        {
            Run(ranks);
        }
        catch (Exception exception)
        {
            // It is for whoever waits to see.
            _failure = exception;
        }

        lock (_end)
        {
            _isDone = true;
            Monitor.Pulse(_end);
        }
    }
}
