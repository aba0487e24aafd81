using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.Optimizers;

/// <summary>A parameter in an optimiser, with the group it belongs to and its states.</summary>
internal sealed class ParameterSlot<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly string[] _stateNames;

    /// <summary>A parameter with its states as they are before the first step.</summary>
    /// <exception cref="InvalidOperationException">The group, perhaps somebody else's, gave no list, no matrix for a state, or a name twice.</exception>
    public ParameterSlot(int group, NamedParameter<T> named, IReadOnlyList<OptimizerState<T>> states)
    {
        Group = group;
        Name = named.Name;
        Parameter = named.Parameter;
        ThrowIfStatesAreWrong(states);
        States = [.. states.Select(state => state.Value)];
        _stateNames = [.. states.Select(state => $"{Name}/{state.Name}")];
    }

    /// <summary>The position of its group.</summary>
    public int Group { get; }

    /// <summary>The parameter's name.</summary>
    public string Name { get; }

    /// <summary>The parameter.</summary>
    public Parameter<T> Parameter { get; }

    /// <summary>The matrices of its states.</summary>
    public Matrix<T>[] States { get; }

    /// <summary>Its states under the names that they have in the optimiser.</summary>
    public IEnumerable<OptimizerState<T>> NamedStates => States.Select((state, i) => new OptimizerState<T>(_stateNames[i], state));

    private void ThrowIfStatesAreWrong(IReadOnlyList<OptimizerState<T>>? states)
    {
        string? wrong = states is null ? "no list of states"
            : states.Any(state => string.IsNullOrEmpty(state.Name)) ? "a state without a name"
            : states.FirstOrDefault(state => state.Value is null) is { Name: { } empty } ? $"no matrix for the state '{empty}'"
            : states.GroupBy(state => state.Name).FirstOrDefault(same => same.Count() > 1) is { Key: { } twice } ? $"two states named '{twice}'"
            : null;
        if (wrong is not null)
        {
            throw new InvalidOperationException(
                $"{nameof(ParameterGroup<>.CreateStates)} gave {wrong} for the parameter '{Name}': each state has a name of its own and a matrix.");
        }
    }
}
