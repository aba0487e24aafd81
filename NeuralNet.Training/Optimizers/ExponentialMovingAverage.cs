using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Training.Optimizers;

/// <summary>Running means of weights, <c>a ← a + (1 − d)·(θ − a)</c> after each step: what a network is often evaluated with, since they are free of the last steps' noise.</summary>
/// <remarks>
/// <para>The means begin as the weights are when it is made. With a warm-up, the decay of the update t, counted from 0, is <c>min(d, (1 + t)/(10 + t))</c>, so that the start is soon forgotten
/// (TensorFlow's <c>num_updates</c>).</para>
/// <para><b>Evaluation.</b> <c>using (average.Apply()) { … }</c> puts the means into the network and, at its end, the weights back, to the bit. Meanwhile the network must not be trained.
/// States of gates, such as running means of a batch norm, are not averaged: they stay the network's own.</para>
/// <para><b>Checkpoints</b> keep <see cref="Updates"/> and <see cref="Averages"/>; <see cref="RestoreState"/> brings them back.</para>
/// <para><b>Source.</b> Polyak and Juditsky (1992) for means of weights. <b>Threads.</b> One at a time.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ExponentialMovingAverage<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly (string Name, Parameter<T> Parameter, Matrix<T> Average)[] _averages;

    /// <summary>Means that begin as the weights are now.</summary>
    /// <param name="parameters">The parameters, at least one, such as <c>network.Parameters</c>. One that is listed twice is averaged once, under its first name.</param>
    /// <param name="decay">d, from 0 to below 1; by default 0.999.</param>
    /// <param name="warmUp">Whether the decay grows from 0.1 on.</param>
    /// <exception cref="ArgumentException">There are no parameters, one has no name or is null, or two have one name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The decay is out of its range.</exception>
    public ExponentialMovingAverage(IEnumerable<NamedParameter<T>> parameters, double decay = 0.999, bool warmUp = false)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Require.FractionBelowOne(decay);
        NamedParameter<T>[] all = [.. parameters.DistinctBy(named => named.Parameter)];
        Require.NoneIsNull(all, nameof(parameters));
        if (all.Length == 0)
        {
            throw new ArgumentException("There are no parameters to average.", nameof(parameters));
        }

        if (all.GroupBy(named => named.Name).FirstOrDefault(same => same.Count() > 1) is { Key: { } twice })
        {
            throw new ArgumentException($"Two parameters are named '{twice}', so their averages could not be told apart.", nameof(parameters));
        }

        (Decay, IsWarmedUp) = (decay, warmUp);
        _averages = [.. all.Select(named => (named.Name, named.Parameter, named.Parameter.Value.Clone()))];
    }

    /// <summary>d.</summary>
    public double Decay { get; }

    /// <summary>Whether the decay grows from 0.1 on.</summary>
    public bool IsWarmedUp { get; }

    /// <summary>Updates made, those before <see cref="RestoreState"/> included.</summary>
    public long Updates { get; private set; }

    /// <summary>Whether the means are in the network, and the weights here.</summary>
    public bool IsApplied { get; private set; }

    /// <summary>The means by the names of their parameters, for a checkpoint: the matrices themselves, not copies.</summary>
    /// <exception cref="InvalidOperationException">They are in the network.</exception>
    public IReadOnlyList<NamedState<T>> Averages
    {
        get
        {
            ThrowIfApplied();
            return [.. _averages.Select(one => new NamedState<T>(one.Name, one.Average))];
        }
    }

    /// <summary>Moves the means toward the weights: after each step of the optimiser. One pass over both.</summary>
    /// <exception cref="InvalidOperationException">The means are in the network.</exception>
    public void Update()
    {
        ThrowIfApplied();
        double decay = IsWarmedUp ? Math.Min(Decay, (1.0 + Updates) / (10.0 + Updates)) : Decay;
        T factor = T.CreateTruncating(1 - decay);
        foreach ((_, Parameter<T> parameter, Matrix<T> average) in _averages)
        {
            ElementwiseOperations.MoveToward(parameter.Value.AsSpan(), factor, average.AsSpan());
        }

        Updates++;
    }

    /// <summary>Exchanges weights and means: the means are in the network then, or the weights again.</summary>
    public void Swap()
    {
        foreach ((_, Parameter<T> parameter, Matrix<T> average) in _averages)
        {
            Span<T> weights = parameter.Value.AsSpan(), means = average.AsSpan();
            for (int i = 0; i < weights.Length; i++)
            {
                (weights[i], means[i]) = (means[i], weights[i]);
            }
        }

        IsApplied = !IsApplied;
    }

    /// <summary>Puts the means into the network until the result is disposed, which puts the weights back.</summary>
    /// <exception cref="InvalidOperationException">They are there already.</exception>
    public Application Apply()
    {
        ThrowIfApplied();
        Swap();
        return new Application(this);
    }

    /// <summary>Sets the weights to the means, for good: what is trained further goes on from them. The means stay as they are.</summary>
    /// <exception cref="InvalidOperationException">The means are in the network.</exception>
    public void CopyToParameters()
    {
        ThrowIfApplied();
        foreach ((_, Parameter<T> parameter, Matrix<T> average) in _averages)
        {
            average.AsSpan().CopyTo(parameter.Value.AsSpan());
        }
    }

    /// <summary>Goes on where another run stopped. Nothing changes if something does not fit.</summary>
    /// <param name="updates">Updates made, 0 or more.</param>
    /// <param name="averages">All of <see cref="Averages"/> by their names, in any order; they are copied.</param>
    /// <exception cref="ArgumentException">A mean is missing, belongs to no parameter, is given twice, or has another shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of updates is negative.</exception>
    /// <exception cref="InvalidOperationException">The means are in the network.</exception>
    public void RestoreState(long updates, IEnumerable<NamedState<T>> averages)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(updates);
        ArgumentNullException.ThrowIfNull(averages);
        NamedMatrixCopy.Restore(this, Averages.Select(Pair), averages.Select(Pair), nameof(averages));
        Updates = updates;

        static (string Name, Matrix<T> Value) Pair(NamedState<T> state) => (state.Name, state.Value);
    }

    /// <summary><c>ExponentialMovingAverage(d)</c>.</summary>
    public override string ToString() => $"ExponentialMovingAverage({Decay})";

    private void ThrowIfApplied()
    {
        if (IsApplied)
        {
            throw new InvalidOperationException($"The means of {this} are in the network, and its weights are kept here: put them back first, with {nameof(Swap)} or by disposing what {nameof(Apply)} gave.");
        }
    }

    /// <summary>The time during which the means are in the network.</summary>
    public readonly struct Application : IDisposable
    {
        private readonly ExponentialMovingAverage<T>? _average;

        internal Application(ExponentialMovingAverage<T> average) => _average = average;

        /// <summary>Puts the weights back, unless they are back already.</summary>
        public void Dispose()
        {
            if (_average is { IsApplied: true })
            {
                _average.Swap();
            }
        }
    }
}
