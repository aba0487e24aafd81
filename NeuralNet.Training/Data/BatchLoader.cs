using System.Collections;
using System.Numerics;
using NeuralNet.Core.Randomness;

namespace NeuralNet.Training.Data;

/// <summary>
/// Mini-batches of a data set: each <c>foreach</c> over the loader is one epoch, in which every sample appears exactly once.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <example>
/// <code>
/// var train = new BatchLoader&lt;float&gt;(trainSet, batchSize: 64, seed: 1);              // shuffled
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
/// data set.
/// <b>Order.</b> The permutation of epoch e depends on the seed and on e alone: Fisher and Yates's shuffle of 0, 1, 2, … by <see cref="Philox"/> with
/// this seed and stream e. So seed, <see cref="Epoch"/> and <see cref="Position"/> are all there is to save, and <see cref="Resume"/> goes on from there.
/// </remarks>
public sealed class BatchLoader<T> : IEnumerable<Batch<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Philox? _random;
    private readonly int[] _order;
    private Batch<T>? _full;
    private Batch<T>? _partial;
    private int _run;
    private bool _isUnderWay;

    /// <summary>Makes a loader.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="batchSize">Samples per batch, 1 or more; where it exceeds the data set, an epoch is one batch of all samples.</param>
    /// <param name="seed">A number that the order of each epoch is made from, another one each time. Null, the default: the order of the data set.</param>
    /// <param name="dropLast">
    /// True leaves out the last batch of an epoch where it would be smaller than the others (shuffled, other samples each time).
    /// False, the default, keeps it.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    /// <exception cref="ArgumentException">No batch would be left, as the only one is partial and dropped.</exception>
    public BatchLoader(DataSet<T> data, int batchSize, long? seed = null, bool dropLast = false)
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
        Seed = seed;
        _random = seed is long key ? new Philox(key) : null;
        _order = [.. Enumerable.Range(0, data.Count)];

        var (full, rest) = Math.DivRem(data.Count, batchSize);
        _full = full > 0 ? new Batch<T>(batchSize, data) : null;
        _partial = rest > 0 && !dropLast ? new Batch<T>(rest, data) : null;
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

    /// <summary>What the order of the epochs is made from; null where it is that of the data set.</summary>
    public long? Seed { get; }

    /// <summary>Number of the epoch that is under way, counted from 0; between epochs, of the one to come.</summary>
    public int Epoch { get; private set; }

    /// <summary>Batches of that epoch that were handed out, 0 to <see cref="Count"/>: the next batch is the one of this number.</summary>
    public int Position { get; private set; }

    /// <summary>The epoch that the next <c>foreach</c> will run.</summary>
    internal int NextEpoch => _isUnderWay ? checked(Epoch + 1) : Epoch;

    /// <summary>Starts the next epoch, or goes on with the one that <see cref="Resume"/> named; ends the one before, complete or not.</summary>
    public Enumerator GetEnumerator()
    {
        if (_isUnderWay)
        {
            (Epoch, Position) = (checked(Epoch + 1), 0);
        }

        Shuffle();
        _isUnderWay = true;
        _run++;
        return new Enumerator(this);
    }

    IEnumerator<Batch<T>> IEnumerable<Batch<T>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Lets the next <c>foreach</c> go on in an epoch from a batch on, with the batches that the epoch would have had; ends the one that runs.</summary>
    /// <param name="epoch">The epoch, 0 or more.</param>
    /// <param name="position">The batch, 0 (the default) to <see cref="Count"/>; with <see cref="Count"/>, nothing is left of the epoch.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public void Resume(int epoch, int position = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        if (position < 0 || position > Count)
        {
            throw new ArgumentOutOfRangeException(nameof(position), position, $"An epoch has {Count} batches; it goes on from batch 0 to {Count}.");
        }

        (Epoch, Position) = (epoch, position);
        _isUnderWay = false;
        _run++;
    }

    /// <summary>From here on, hands out the part of each batch that one of several ranks has: samples side by side, of which all ranks together have each exactly once. Order, number and
    /// places of the batches stay as they are.</summary>
    /// <remarks>A batch of which there is no sample for the rank becomes one sample that counts nothing; see <see cref="Batch{T}.Share"/>.</remarks>
    /// <param name="rank">The rank, from 0.</param>
    /// <param name="ranks">How many there are, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rank.</exception>
    public void Deal(int rank, int ranks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ranks, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, ranks);
        _full = _full is null ? null : Part(BatchSize);
        _partial = _partial is null ? null : Part(Data.Count % BatchSize);

        Batch<T> Part(int whole) => new((int)((long)whole * rank / ranks), (int)((long)whole * (rank + 1) / ranks), whole, Data);
    }

    private void Shuffle()
    {
        if (_random is null)
        {
            return;
        }

        _random.State = PhiloxState.Start(_random.State.Key, (ulong)Epoch);
        Permutation.Fill(_order, _random);
    }

    private void Complete()
    {
        if (_isUnderWay)
        {
            (Epoch, Position) = (checked(Epoch + 1), 0);
            _isUnderWay = false;
        }
    }

    private Batch<T> Load(int index)
    {
        var first = index * BatchSize;
        var batch = _order.Length - first >= BatchSize ? _full! : _partial!;
        batch.GatherPart(Data, _order.AsSpan(first, batch.WholeCount));
        return batch;
    }

    /// <summary>The batches of one epoch, for <c>foreach</c>.</summary>
    public struct Enumerator : IEnumerator<Batch<T>>
    {
        private readonly BatchLoader<T> _loader;
        private readonly int _run;
        private int _next;
        private Batch<T>? _current;

        internal Enumerator(BatchLoader<T> loader)
        {
            _loader = loader;
            _run = loader._run;
            _next = loader.Position;
        }

        /// <summary>The batch that <see cref="MoveNext"/> loaded; valid until the next one is asked for.</summary>
        /// <exception cref="InvalidOperationException">No batch was asked for yet.</exception>
        public readonly Batch<T> Current => _current ?? throw new InvalidOperationException("Call MoveNext first.");

        readonly object IEnumerator.Current => Current;

        /// <summary>Loads the next batch.</summary>
        /// <returns>False at the end of the epoch.</returns>
        /// <exception cref="InvalidOperationException">Another epoch of the same loader was started, or resumed, in between.</exception>
        public bool MoveNext()
        {
            if (_run != _loader._run)
            {
                throw new InvalidOperationException(
                    "Another epoch of this loader was started; it runs one at a time. Make a second loader of the same data set.");
            }

            if (_next == _loader.Count)
            {
                _loader.Complete();
                return false;
            }

            _current = _loader.Load(_next++);
            _loader.Position = _next;
            return true;
        }

        /// <summary>Does nothing: the loader keeps its batches.</summary>
        public readonly void Dispose()
        {
        }

        readonly void IEnumerator.Reset() => throw new NotSupportedException("An epoch does not start again; ask the loader for the next one.");
    }
}
