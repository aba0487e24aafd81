using System.Numerics;

namespace NeuralNet.Training.Data;

/// <summary>
/// Mini-batches of a data set: each <c>foreach</c> over the loader is one epoch, in which every sample appears exactly once.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <example>
/// <code>
/// var train = new BatchLoader&lt;float&gt;(trainSet, batchSize: 64, shuffle: new Random(seed));
/// var test = new BatchLoader&lt;float&gt;(testSet, batchSize: 256);              // in order, for evaluation
/// for (var epoch = 0; epoch &lt; epochs; epoch++)
/// {
///     foreach (var batch in train)
///     {
///         var scores = net.Forward(batch.Inputs, cache);
///     }
/// }
/// </code>
/// </example>
/// <remarks>
/// <b>Lifetime.</b> A batch is valid until the next one is asked for; copy what has to last longer. Matrices and labels are made once, in
/// the constructor: an epoch allocates nothing. One epoch runs at a time, and a loader is for one thread; several loaders may share a
/// data set. The same data, settings and generator state give the same batches, epoch by epoch.
/// </remarks>
public sealed class BatchLoader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Random? _shuffle;
    private readonly int[] _order;
    private readonly Batch<T>? _full;
    private readonly Batch<T>? _partial;
    private int _epoch;

    /// <summary>Makes a loader.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="batchSize">Samples per batch, 1 or more; where it exceeds the data set, an epoch is one batch of all samples.</param>
    /// <param name="shuffle">
    /// Draws a new permutation for each epoch (Fisher and Yates); from a seed, <c>new Random(seed)</c>, the order can be repeated.
    /// Null, the default: the order of the data set.
    /// </param>
    /// <param name="dropLast">
    /// True leaves out the last batch of an epoch where it would be smaller than the others (shuffled, other samples each time).
    /// False, the default, keeps it.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    /// <exception cref="ArgumentException">No batch would be left, as the only one is partial and dropped.</exception>
    public BatchLoader(DataSet<T> data, int batchSize, Random? shuffle = null, bool dropLast = false)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (dropLast && data.Count < batchSize)
        {
            throw new ArgumentException(
                $"Dropping the last partial batch leaves none: {data.Count} samples, batch size {batchSize}.", nameof(dropLast));
        }

        Data = data;
        BatchSize = batchSize;
        DropLast = dropLast;
        _shuffle = shuffle;
        _order = [.. Enumerable.Range(0, data.Count)];

        var (full, rest) = Math.DivRem(data.Count, batchSize);
        _full = full > 0 ? new Batch<T>(batchSize, data.Features) : null;
        _partial = rest > 0 && !dropLast ? new Batch<T>(rest, data.Features) : null;
        Count = _partial is null ? full : full + 1;
    }

    /// <summary>The samples.</summary>
    public DataSet<T> Data { get; }

    /// <summary>Samples per batch; the last of an epoch may have fewer.</summary>
    public int BatchSize { get; }

    /// <summary>Whether a last batch with fewer samples is left out.</summary>
    public bool DropLast { get; }

    /// <summary>Batches per epoch, 1 or more.</summary>
    public int Count { get; }

    /// <summary>Starts an epoch, with a new permutation where the loader shuffles; ends the one before.</summary>
    public Enumerator GetEnumerator()
    {
        _shuffle?.Shuffle(_order);
        _epoch++;
        return new Enumerator(this);
    }

    private Batch<T> Load(int index)
    {
        var first = index * BatchSize;
        var batch = _order.Length - first >= BatchSize ? _full! : _partial!;
        batch.Gather(Data, _order.AsSpan(first, batch.Count));
        return batch;
    }

    /// <summary>The batches of one epoch, for <c>foreach</c>.</summary>
    public struct Enumerator
    {
        private readonly BatchLoader<T> _loader;
        private readonly int _epoch;
        private int _next;
        private Batch<T>? _current;

        internal Enumerator(BatchLoader<T> loader)
        {
            _loader = loader;
            _epoch = loader._epoch;
        }

        /// <summary>The batch that <see cref="MoveNext"/> loaded; valid until the next one is asked for.</summary>
        /// <exception cref="InvalidOperationException">No batch was asked for yet.</exception>
        public readonly Batch<T> Current => _current ?? throw new InvalidOperationException("Call MoveNext first.");

        /// <summary>Loads the next batch.</summary>
        /// <returns>False at the end of the epoch.</returns>
        /// <exception cref="InvalidOperationException">Another epoch of the same loader was started in between.</exception>
        public bool MoveNext()
        {
            if (_epoch != _loader._epoch)
            {
                throw new InvalidOperationException(
                    "Another epoch of this loader was started; it runs one at a time. Make a second loader of the same data set.");
            }

            if (_next == _loader.Count)
            {
                return false;
            }

            _current = _loader.Load(_next++);
            return true;
        }
    }
}
