using System.Numerics;

namespace NeuralNet.Training.Data;

/// <summary>What can be done to a sequence of batches.</summary>
public static class BatchExtensions
{
    /// <summary>The same batches in the same order, prepared by another thread while this one works with those before.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="batches">A loader, or what is made of its batches one by one. Each may be valid until the next one is asked for: it is copied.</param>
    /// <param name="ahead">How many batches may be ready that nobody has asked for yet, 1 or more; 2 by default. They and the current one are in memory.</param>
    /// <returns>A sequence that starts its thread with each <c>foreach</c> and ends it with that, also where it is left early.</returns>
    /// <example>
    /// <code>
    /// foreach (var batch in new BatchLoader&lt;float&gt;(train, 64, seed: 1).Select(Augmented).Prefetch())
    /// {
    ///     …
    /// }
    /// </code>
    /// </example>
    /// <remarks>
    /// <para><b>When it pays.</b> Where a batch takes long to prepare (augmentation, decoding) and a processor is idle meanwhile. Not for a
    /// <see cref="BatchLoader{T}"/> alone, which takes little more time to gather a batch than the copy of it does.</para>
    /// <para><b>Memory.</b> One batch more than <paramref name="ahead"/>, made as the first ones come and used again as long as shapes stay the same: then
    /// nothing is allocated. A batch is valid until the next one is asked for.</para>
    /// <para><b>Errors</b> of the source come to whoever asks for the batch that failed, with the stack that they had; those of batches that nobody asks for
    /// are lost. Leaving waits for the batch that is being prepared, and disposes the source.</para>
    /// <para><b>Place.</b> A loader beneath runs ahead: within an epoch, its <see cref="BatchLoader{T}.Position"/> is not that of the batch in hand. Count the
    /// batches where training is to be resumed within an epoch.</para>
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ahead"/> is below 1.</exception>
    public static IEnumerable<Batch<T>> Prefetch<T>(this IEnumerable<Batch<T>> batches, int ahead = 2) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ahead, PrefetchRing<T>.MostAhead);
        return Prefetched(batches, ahead);
    }

    private static IEnumerable<Batch<T>> Prefetched<T>(IEnumerable<Batch<T>> batches, int ahead) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var ring = new PrefetchRing<T>(batches, ahead);
        while (ring.Next() is Batch<T> batch)
        {
            yield return batch;
        }
    }
}
