using System.Globalization;
using System.Numerics;
using NeuralNet.Core;

namespace NeuralNet.Training.Optimizers;

/// <summary>Parameters that an optimiser trains with the same settings. Each optimiser has groups of its own kind, with the settings of its rule.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class ParameterGroup<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private T _learningRate;

    /// <summary>A group.</summary>
    /// <param name="parameters">Its parameters, at least one. One that is listed twice is trained once, under its first name.</param>
    /// <param name="learningRate">η, a finite number, 0 or more.</param>
    /// <exception cref="ArgumentException">There are no parameters, or one has no name or is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is out of its range.</exception>
    protected ParameterGroup(IEnumerable<NamedParameter<T>> parameters, T learningRate)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = [.. parameters.DistinctBy(named => named.Parameter)];
        if (Parameters.Count == 0)
        {
            throw new ArgumentException("There are no parameters to train.", nameof(parameters));
        }

        Require.NoneIsNull(Parameters, nameof(parameters));

        LearningRate = learningRate;
    }

    /// <summary>The parameters, each once.</summary>
    public IReadOnlyList<NamedParameter<T>> Parameters { get; }

    /// <summary>η, before the schedule's factor.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number, or one that is not finite.</exception>
    public T LearningRate
    {
        get => _learningRate;
        set
        {
            Require.NotNegative(value, nameof(LearningRate));
            _learningRate = value;
        }
    }

    /// <summary>What the update rule keeps for a parameter from step to step: new matrices with the content before the first step; by default
    /// nothing. An optimiser asks once for each parameter, when it is made.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The states, in the order in which the rule gets them, each with its own name (<c>velocity</c>).</returns>
    public virtual IReadOnlyList<OptimizerState<T>> CreateStates(Parameter<T> parameter) => [];

    /// <summary>The settings in words, as reports show them: <c>learning rate 0.01</c>, and what a rule has beside it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"learning rate {LearningRate}");
}
