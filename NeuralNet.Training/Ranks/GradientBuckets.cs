using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Ranks;

namespace NeuralNet.Training.Ranks;

/// <summary>The gradients of a training in buckets, the last layer's first, each of which is sent as soon as the backward pass has done with it.</summary>
/// <remarks>The first step learns how often a backward pass comes to each parameter, and sends nothing before its end. Buckets go in one order on all ranks, whatever order they are ready in.</remarks>
internal sealed class GradientBuckets<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ICommunicator _ranks;
    private readonly GradientBucket<T>[] _buckets;
    private readonly Dictionary<Parameter<T>, (int Bucket, int Index)> _places = [];
    private readonly int[] _expected, _seen;
    private readonly bool _overlaps;
    private bool _isUnderWay, _hasLearnt;
    private int _sent;

    /// <summary>Makes buckets.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="parameters">The parameters, the first layer's first.</param>
    /// <param name="size">Numbers from which on a bucket is full.</param>
    /// <param name="overlaps">Whether buckets are sent while the backward pass goes on.</param>
    public GradientBuckets(ICommunicator ranks, IReadOnlyList<NamedParameter<T>> parameters, int size, bool overlaps)
    {
        (_ranks, _overlaps) = (ranks, overlaps);
        _buckets = [.. InBuckets(parameters, size)];
        (_expected, _seen) = (new int[parameters.Count], new int[parameters.Count]);
        for (int i = 0; i < _buckets.Length; i++)
        {
            foreach (NamedParameter<T> named in _buckets[i].Parameters)
            {
                _places.Add(named.Parameter, (i, _places.Count));
                named.Parameter.Reached += OnReached;
            }
        }
    }

    /// <summary>The buckets, in the order in which they are sent.</summary>
    public IReadOnlyList<GradientBucket<T>> Buckets => _buckets;

    /// <summary>A backward pass begins.</summary>
    /// <exception cref="InvalidOperationException">There are gradients already.</exception>
    public void Begin()
    {
        (_isUnderWay, _sent) = (true, 0);
        Array.Clear(_seen);
        foreach (GradientBucket<T> bucket in _buckets)
        {
            (bucket.IsSent, bucket.Missing) = (false, 0);
            foreach (NamedParameter<T> named in bucket.Parameters)
            {
                bucket.Missing += _expected[_places[named.Parameter].Index] > 0 ? 1 : 0;
                if (!named.Parameter.IsGradientZero)
                {
                    throw new InvalidOperationException(
                        $"'{named.Name}' has a gradient before the backward pass of a step that several ranks take together, and it would be averaged twice. Call ZeroGradients first; take larger batches instead of adding up several.");
                }
            }
        }
    }

    /// <summary>The backward pass is over: sends what was not sent yet.</summary>
    public void End()
    {
        _isUnderWay = false;
        while (_sent < _buckets.Length)
        {
            Send();
        }

        if (!_hasLearnt)
        {
            _seen.CopyTo(_expected, 0);
            _hasLearnt = true;
        }
    }

    /// <summary>Waits until all sums are there.</summary>
    public void Wait()
    {
        foreach (GradientBucket<T> bucket in _buckets)
        {
            bucket.Wait();
        }
    }

    private static IEnumerable<GradientBucket<T>> InBuckets(IReadOnlyList<NamedParameter<T>> parameters, int size)
    {
        List<NamedParameter<T>> small = [];
        for (int i = parameters.Count - 1; i >= 0; i--)
        {
            if (parameters[i].Parameter.Count >= size)
            {
                if (small.Count > 0)
                {
                    yield return new GradientBucket<T>([.. small]);
                    small.Clear();
                }

                yield return new GradientBucket<T>([parameters[i]]);
                continue;
            }

            small.Add(parameters[i]);
            if (small.ElementCount() >= size)
            {
                yield return new GradientBucket<T>([.. small]);
                small.Clear();
            }
        }

        if (small.Count > 0)
        {
            yield return new GradientBucket<T>([.. small]);
        }
    }

    private void OnReached(Parameter<T> parameter)
    {
        if (!_isUnderWay)
        {
            return;
        }

        (int number, int index) = _places[parameter];
        GradientBucket<T> bucket = _buckets[number];
        if (bucket.IsSent)
        {
            throw new InvalidOperationException(
                $"A parameter {parameter.Value.Shape()} got a gradient after its sum over the ranks had begun: the network's backward pass comes to it more often than in the first step. " +
                "Make the data-parallel training with overlaps: false.");
        }

        _seen[index]++;
        if (_hasLearnt && _overlaps && _seen[index] == _expected[index])
        {
            bucket.Missing--;
            while (_sent < _buckets.Length && _buckets[_sent].Missing == 0)
            {
                Send();
            }
        }
    }

    private void Send()
    {
        GradientBucket<T> bucket = _buckets[_sent++];
        bucket.IsSent = true;
        _ranks.Post(bucket);
    }
}
