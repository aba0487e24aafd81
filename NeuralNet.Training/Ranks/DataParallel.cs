using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Ranks;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Training.Ranks;

/// <summary>Training of one network by several ranks: each has a part of every batch, and all take the same step, with the gradient of the whole batch.</summary>
/// <example>
/// A loop of one's own, with its two more lines marked:
/// <code>
/// using ICommunicator ranks = Communicator.Start();
/// var parallel = new DataParallel&lt;float&gt;(ranks, net, optimizer, batches);    // 1
/// foreach (Batch&lt;float&gt; batch in batches)
/// {
///     var logits = net.Forward(batch.Inputs, cache);
///     loss.Forward(logits, batch.Labels, lossCache);
///     net.ZeroGradients();
///     parallel.Backward(loss, lossCache, cache, batch);                     // 2: in place of loss.Backward(lossCache, net, cache)
///     optimizer.Step();
/// }
/// </code>
/// </example>
/// <remarks>
/// <para><b>The start.</b> Ranks that have another network, optimiser, version, order or data are refused by name. Then parameters, states and what the optimiser remembers become those
/// of rank 0, generators of other ranks become forks of their own, by the number of the rank, and the loader deals out (<see cref="BatchLoader{T}.Deal"/>).</para>
/// <para><b>The sum.</b> The loss of a part counts its <see cref="Batch{T}.Share"/>, so the sum over the ranks is the gradient of the whole batch's loss, also where parts differ in size
/// or weight. Sums are formed in the order of the ranks: the same ranks give the same bits, and all the same weights.</para>
/// <para><b>Overlap.</b> Gradients go in buckets, the last layer's first, while the backward pass goes on with the layers before.</para>
/// <para><b>After it</b>, each rank does the same with the same numbers: regularisation, clipping, update.</para>
/// <para><b>States</b> that a training pass moves (running means) are each rank's own, of its parts of the batches; <see cref="ShareStates"/> makes them those of rank 0. Where batch
/// normalisation has ranks to take its statistics over, they are the same on all anyway.</para>
/// <para><b>Gradients by rows</b> are summed as whole matrices; so a group with <c>lazyRows</c>, whose rule depends on which rows are touched, is refused.</para>
/// <para><b>Allocation.</b> None in steady state. <b>Threads.</b> That which trains, and the communicator's.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class DataParallel<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Numbers from which on a bucket of gradients is sent, unless it is said: 2¹⁸, a megabyte of singles.</summary>
    public const int DefaultBucketSize = 1 << 18;

    private readonly GradientBuckets<T>? _buckets;
    private readonly StepAgreement<T>? _agreement;
    private readonly double[] _divisors;

    /// <summary>Lets ranks train together.</summary>
    /// <param name="ranks">The ranks; not disposed of here.</param>
    /// <param name="network">The network.</param>
    /// <param name="optimizer">What moves its parameters.</param>
    /// <param name="batches">The batches, which are dealt out from here on; null where they are somebody's own (<see cref="Batch{T}.Part"/>).</param>
    /// <param name="bucketSize">Numbers from which on a bucket of gradients is sent, 1 or more; <see cref="DefaultBucketSize"/> by default.</param>
    /// <param name="overlaps">Whether gradients are sent while the backward pass goes on, true by default; not for networks whose passes differ from step to step.</param>
    /// <exception cref="InvalidOperationException">A rank is about to train something else; the message names it. Thrown on all ranks.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The bucket size is below 1.</exception>
    /// <exception cref="NotSupportedException">A group of the optimiser has lazy rows.</exception>
    public DataParallel(
        ICommunicator ranks, Gate<T> network, Optimizer<T> optimizer, BatchLoader<T>? batches = null, int bucketSize = DefaultBucketSize, bool overlaps = true)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentOutOfRangeException.ThrowIfLessThan(bucketSize, 1);
        (Ranks, Network, Optimizer, _divisors) = (ranks, network, optimizer, new double[ranks.Size]);
        if (ranks.Size == 1)
        {
            return;
        }

        if (optimizer.Groups.FirstOrDefault(group => group is WeightDecayGroup<T> { LazyRows: true }) is { } lazy)
        {
            throw new NotSupportedException($"Gradients by rows are whole matrices once they are added over {ranks.Size} ranks, so lazy rows would not be what they are: {lazy}.");
        }

        SameTraining.Check(ranks, network, optimizer);
        if (batches is not null)
        {
            Deal(batches);
        }

        ShareStart();
        foreach (NamedGenerator named in network.Generators.Where(_ => ranks.Rank > 0))
        {
            named.Generator.State = named.Generator.Fork((ulong)ranks.Rank).State;
        }

        NamedParameter<T>[] parameters = [.. network.Parameters.Concat(optimizer.Groups.SelectMany(group => group.Parameters)).DistinctBy(named => named.Parameter)];
        _buckets = new GradientBuckets<T>(ranks, parameters, bucketSize, overlaps);
        _agreement = new StepAgreement<T>(_buckets.Buckets, ranks.Size);
    }

    /// <summary>The ranks.</summary>
    public ICommunicator Ranks { get; }

    /// <summary>The network.</summary>
    public Gate<T> Network { get; }

    /// <summary>The optimiser.</summary>
    public Optimizer<T> Optimizer { get; }

    /// <summary>Whether this is rank 0, which prints and writes for all.</summary>
    public bool IsFirst => Ranks.Rank == 0;

    /// <summary>Whether this rank wants to end the training, told to the others in the next step.</summary>
    internal bool WantsToStop { get; set; }

    /// <summary>Whether one of the ranks wanted to end the training as the last step was taken: the same on all ranks.</summary>
    internal bool IsStopAgreed => _agreement?.IsStopAgreed ?? WantsToStop;

    /// <summary>Lets a loader hand out this rank's part of each of its batches.</summary>
    /// <param name="batches">The loader, the same on all ranks.</param>
    /// <exception cref="InvalidOperationException">A rank has another order or other data; the message names it. Thrown on all ranks.</exception>
    /// <exception cref="ArgumentException">A batch has fewer samples than there are ranks, and the network takes statistics over them.</exception>
    public void Deal(BatchLoader<T> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ThrowIfIdle(Network, batches);
        SameTraining.Check(Ranks, batches);
        batches.Deal(Ranks.Rank, Ranks.Size);
    }

    /// <summary>The way back from the loss of this rank's part of a batch, and the sum over the ranks: each parameter's gradient is that of the whole batch's loss then, on all ranks.</summary>
    /// <remarks>All gradients are zero before. All ranks call it for parts of the same batch.</remarks>
    /// <typeparam name="TTarget">What the loss compares with.</typeparam>
    /// <param name="loss">The loss.</param>
    /// <param name="lossCache">The cache of its forward pass.</param>
    /// <param name="cache">The cache of the network's forward pass.</param>
    /// <param name="batch">This rank's part of the batch, which says its share.</param>
    /// <returns>What this rank's loss counts in that of the whole batch.</returns>
    /// <exception cref="InvalidOperationException">A gradient is not zero; or as <see cref="Loss{T, TTarget}.Backward(Cache{T}, Gate{T}, Cache{T})"/>.</exception>
    public double Backward<TTarget>(Loss<T, TTarget> loss, Cache<T> lossCache, Cache<T> cache, Batch<T> batch)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(batch);
        if (_buckets is null)
        {
            loss.Backward(lossCache, Network, cache);
            return 1;
        }

        double share = ShareOf(loss, lossCache, batch);
        _buckets.Begin();
        loss.Backward(T.CreateTruncating(share), lossCache, Network, cache);
        _buckets.End();
        (_agreement!.Steps, _agreement.WantsToStop) = (Optimizer.Steps, WantsToStop);
        Ranks.Post(_agreement);
        _buckets.Wait();
        _agreement.Wait();
        return share;
    }

    /// <summary>The sum of a number of each rank: the same bits on all.</summary>
    /// <param name="number">This rank's.</param>
    public double Sum(double number)
    {
        Ranks.AllReduce(new Span<double>(ref number));
        return number;
    }

    /// <summary>Makes of a metric what it would be had it been given the samples of all ranks.</summary>
    /// <typeparam name="TTarget">What it compares with.</typeparam>
    /// <param name="metric">The metric, of this rank's samples.</param>
    public void Reduce<TTarget>(Metric<T, TTarget> metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        if (Ranks.Size == 1)
        {
            return;
        }

        double[][] all = Ranks.Gather<double>(metric.Save());
        metric.Reset();
        foreach (double[] numbers in all)
        {
            metric.Merge(numbers);
        }
    }

    /// <summary>Makes the states of the network, such as running means, those of rank 0 on all ranks.</summary>
    public void ShareStates()
    {
        foreach (NamedState<T> state in Network.States)
        {
            Ranks.Broadcast(state.Value.AsSpan());
        }
    }

    /// <summary>Throws where a rank has other weights than rank 0, to the bit: for loops of one's own, where ranks might do different things between two steps.</summary>
    /// <exception cref="InvalidOperationException">A rank has; thrown on all of them.</exception>
    public void ThrowIfWeightsDiffer()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (NamedParameter<T> named in Network.Parameters)
        {
            hash.AppendData(MemoryMarshal.AsBytes(named.Parameter.Value.AsSpan()));
        }

        byte[][] all = Ranks.Gather<byte>(hash.GetHashAndReset());
        int other = Array.FindIndex(all, weights => !weights.AsSpan().SequenceEqual(all[0]));
        if (other >= 0)
        {
            throw new InvalidOperationException($"Rank {other} has other weights than rank 0, though all take the same steps: something that happens between them differs from rank to rank.");
        }
    }

    // A rank without a sample has no statistics to add to those of the others.
    private void ThrowIfIdle(Gate<T> gate, BatchLoader<T> batches)
    {
        int rest = batches.DropLast ? 0 : batches.Data.Count % batches.BatchSize;
        int smallest = rest > 0 ? rest : Math.Min(batches.BatchSize, batches.Data.Count);
        if (gate is BatchNorm<T> { Ranks.Size: > 1 } && smallest < Ranks.Size)
        {
            throw new ArgumentException(
                $"{gate} takes its statistics over {Ranks.Size} ranks, each of which needs a sample of every batch, but a batch of an epoch has {smallest}. Take other batches, or dropLast: true.", nameof(batches));
        }

        foreach (NamedGate<T> child in gate.Children)
        {
            ThrowIfIdle(child.Gate, batches);
        }
    }

    private void ShareStart()
    {
        IEnumerable<Matrix<T>> values = Network.Parameters.Select(named => named.Parameter.Value)
            .Concat(Optimizer.Groups.SelectMany(group => group.Parameters).Select(named => named.Parameter.Value))
            .Concat(Network.States.Select(state => state.Value)).Concat(Optimizer.States.Select(state => state.Value));
        foreach (Matrix<T> value in values.DistinctBy(value => (object)value, ReferenceEqualityComparer.Instance))
        {
            Ranks.Broadcast(value.AsSpan());
        }
    }

    // A mean over classes that count differently was divided by the sum of what they count; only the loss knows that.
    private double ShareOf<TTarget>(Loss<T, TTarget> loss, Cache<T> lossCache, Batch<T> batch)
    {
        if (loss.IsSum)
        {
            return batch.Share > 0 ? 1 : 0;
        }

        if (loss.OwnDivisor(lossCache) is not double divisor)
        {
            return batch.Share;
        }

        divisor = batch.Share > 0 ? divisor : 0;
        Ranks.AllGather([divisor], _divisors);
        double total = _divisors.Sum();
        return total > 0 ? divisor / total : 0;
    }
}
