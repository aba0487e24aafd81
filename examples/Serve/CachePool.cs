using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using NeuralNet.Core;

namespace NeuralNet.Examples.Serve;

/// <summary>Lends caches, one to each pass under way, and lets requests wait for one, neither without bound.</summary>
/// <remarks>A network keeps nothing of a pass, so all requests share it; a cache is of one pass at a time. Those that come back are lent again, and with them the buffers that they have.</remarks>
/// <param name="size">How many caches there are at most, which is how many passes run at a time.</param>
/// <param name="waiting">How many requests wait at most.</param>
internal sealed class CachePool(int size, int waiting) : IDisposable
{
    private readonly ConcurrentBag<Cache<float>> _free = [];
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = size,
        QueueLimit = waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>How many requests wait now.</summary>
    public long Waiting => _limiter.GetStatistics()!.CurrentQueuedCount;

    /// <summary>How many passes run now.</summary>
    public long InUse => size - _limiter.GetStatistics()!.CurrentAvailablePermits;

    /// <summary>Whether a request would be let in now.</summary>
    public bool HasRoom => InUse < size || Waiting < waiting;

    /// <summary>Runs a pass with a cache of its own, as soon as there is one.</summary>
    /// <param name="pass">The pass. What the cache lends it is the next one's afterwards: it has to return a copy.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>What the pass returned; null where as many as may wait do so already.</returns>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public async ValueTask<TResult?> Use<TResult>(Func<Cache<float>, TResult> pass, CancellationToken cancellation) where TResult : class
    {
        using RateLimitLease lease = await _limiter.AcquireAsync(1, cancellation);
        if (!lease.IsAcquired)
        {
            return null;
        }

        Cache<float> cache = _free.TryTake(out Cache<float>? free) ? free : new Cache<float>(training: false);
        try
        {
            return pass(cache);
        }
        finally
        {
            _free.Add(cache);
        }
    }

    /// <summary>Lets no more requests in.</summary>
    public void Dispose() => _limiter.Dispose();
}
