using System.Numerics;
using System.Runtime.ExceptionServices;

namespace NeuralNet.Training.Data;

/// <summary>A ring of batches that a thread of its own fills in advance: one that is in use, the others prepared or free.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class PrefetchRing<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The most batches that are prepared in advance.</summary>
    public const int MostAhead = 1 << 16;

    private readonly IEnumerable<Batch<T>> _source;
    private readonly Batch<T>?[] _ring;
    private readonly SemaphoreSlim _free;
    private readonly SemaphoreSlim _ready = new(0);
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _failure;
    private ExceptionDispatchInfo? _disposalFailure;
    private volatile int _produced;
    private volatile bool _isLeft;
    private int _taken;
    private int _current;

    /// <summary>Starts to prepare the first batches.</summary>
    /// <param name="source">Where batches come from.</param>
    /// <param name="ahead">How many may be ready while one is in use.</param>
    public PrefetchRing(IEnumerable<Batch<T>> source, int ahead)
    {
        _source = source;
        _ring = new Batch<T>?[ahead + 1];
        _free = new SemaphoreSlim(ahead);
        _thread = new Thread(Fill) { IsBackground = true, Name = "NeuralNet prefetch" };
        _thread.Start();
    }

    /// <summary>The next batch, waited for; null at the end of the source. The one before is free from now on.</summary>
    public Batch<T>? Next()
    {
        _ready.Wait();
        if (_taken == _produced)
        {
            // The thread is done: it says so once more than there are batches.
            _thread.Join();
            _failure?.Throw();
            _disposalFailure?.Throw();
            return null;
        }

        // The batch that was in use is one that the thread may fill now; the one that is given is not, until the next is asked for.
        _free.Release();
        unchecked
        {
            _taken++;
        }

        Batch<T> batch = _ring[_current]!;
        _current = (_current + 1) % _ring.Length;
        return batch;
    }

    /// <summary>Ends the thread and waits for it.</summary>
    public void Dispose()
    {
        _isLeft = true;
        _free.Release();
        _thread.Join();
        _free.Dispose();
        _ready.Dispose();
        if (_failure is null)
        {
            _disposalFailure?.Throw();
        }
    }

    private void Fill()
    {
        IEnumerator<Batch<T>>? batches = null;
        try
        {
            batches = _source.GetEnumerator();
            for (int slot = 0; IsRoom() && batches.MoveNext(); slot = (slot + 1) % _ring.Length)
            {
                _ring[slot] = Batch<T>.Copy(batches.Current, _ring[slot]);
                _produced = unchecked(_produced + 1);
                _ready.Release();
            }
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }

        try
        {
            batches?.Dispose();
        }
        catch (Exception exception)
        {
            _disposalFailure = ExceptionDispatchInfo.Capture(exception);
        }

        _ready.Release();
    }

    private bool IsRoom()
    {
        _free.Wait();
        return !_isLeft;
    }
}
