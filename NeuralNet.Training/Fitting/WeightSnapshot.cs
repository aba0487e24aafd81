using System.Globalization;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Training.Checkpoints;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Training.Fitting;

/// <summary>Copies of a network's parameters and states, of an optimiser's where there is one, and of their averages. Taking them again allocates nothing.</summary>
internal sealed class WeightSnapshot<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly (Matrix<T> Value, T[] Copy)[] _values;
    private readonly Optimizer<T>? _optimizer;
    private readonly ExponentialMovingAverage<T>? _average;
    private readonly IReadOnlyList<NamedState<T>> _means = [];
    private long _updates;
    private readonly IReadOnlyList<OptimizerState<T>> _states = [];
    private readonly OptimizerState<T>[] _stateCopies = [];

    /// <summary>A snapshot that holds nothing yet.</summary>
    public WeightSnapshot(Gate<T> network, Optimizer<T>? optimizer = null, ExponentialMovingAverage<T>? average = null)
    {
        IEnumerable<Matrix<T>> values = network.Parameters.Select(named => named.Parameter.Value).Concat(network.States.Select(named => named.Value));
        if (optimizer is not null)
        {
            // What is trained beside the network belongs to the training as well.
            values = values.Concat(optimizer.Groups.SelectMany(group => group.Parameters).Select(named => named.Parameter.Value));
            _states = optimizer.States;
            _stateCopies = [.. _states.Select(state => state with { Value = Matrices.Zeros<T>(state.Value.RowCount, state.Value.ColumnCount) })];
        }

        if (average is not null)
        {
            _means = average.Averages;
            values = values.Concat(_means.Select(mean => mean.Value));
        }

        _values = [.. values.DistinctBy(value => (object)value, ReferenceEqualityComparer.Instance).Select(value => (value, new T[value.AsSpan().Length]))];
        (_optimizer, _average) = (optimizer, average);
    }

    /// <summary>Steps that the optimiser had taken.</summary>
    public long Steps { get; private set; }

    /// <summary>Whether it holds anything.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>Copies everything.</summary>
    public void Take()
    {
        foreach ((Matrix<T> value, T[] copy) in _values)
        {
            value.AsSpan().CopyTo(copy);
        }

        for (int i = 0; i < _stateCopies.Length; i++)
        {
            _states[i].Value.AsSpan().CopyTo(_stateCopies[i].Value.AsSpan());
        }

        (Steps, _updates, IsTaken) = (_optimizer?.Steps ?? 0, _average?.Updates ?? 0, true);
    }

    /// <summary>Adds the copies of parameters and states to a checkpoint.</summary>
    public void Save(CheckpointWriter<T> checkpoint)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            checkpoint.Add(Key(i), _values[i].Copy);
        }
    }

    /// <summary>Takes the copies that a checkpoint has.</summary>
    /// <exception cref="InvalidDataException">They are of another network.</exception>
    public void Restore(CheckpointReader<T> checkpoint)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            checkpoint.Read(Key(i), _values[i].Copy.AsSpan());
        }

        IsTaken = true;
    }

    /// <summary>Puts everything back.</summary>
    public void Restore()
    {
        foreach ((Matrix<T> value, T[] copy) in _values)
        {
            copy.CopyTo(value.AsSpan());
        }

        _optimizer?.RestoreState(Steps, _stateCopies);
        _average?.RestoreState(_updates, _means);
    }

    private static string Key(int position) => position.ToString(CultureInfo.InvariantCulture);
}
