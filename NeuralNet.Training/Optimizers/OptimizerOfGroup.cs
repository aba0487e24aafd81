using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Training.Optimizers;

/// <summary>An update rule with settings of its own: one method, for one parameter with its states.</summary>
/// <remarks>A rule is one file: this with the formula, and nested in it its group, which has the settings and says what is kept for a parameter
/// (see <see cref="SGD{T}"/>). Groups, the schedule, skipped parameters, counting, saving and restoring are done by <see cref="Optimizer{T}"/>.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TGroup">The groups of the rule.</typeparam>
public abstract class Optimizer<T, TGroup> : Optimizer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TGroup : ParameterGroup<T>
{
    private readonly TGroup[] _groups;

    /// <summary>An optimiser for groups of parameters.</summary>
    /// <param name="groups">The groups, at least one; no parameter may be in two.</param>
    /// <param name="schedule">How the rates decay with the steps; by default not at all.</param>
    /// <exception cref="ArgumentException">There are no groups, or a parameter is in two of them.</exception>
    protected Optimizer(IEnumerable<TGroup> groups, LearningRateSchedule? schedule = null)
        : this(ArrayOf(groups), schedule)
    {
    }

    private Optimizer(TGroup[] groups, LearningRateSchedule? schedule)
        : base(groups, schedule) => _groups = groups;

    /// <summary>Moves one parameter: called in each step for each parameter that a backward pass has reached.</summary>
    /// <param name="group">The parameter's group, with its settings.</param>
    /// <param name="parameter">The parameter. Its gradient must stay as it is.</param>
    /// <param name="states">What <see cref="ParameterGroup{T}.CreateStates"/> gave for it, to be changed.</param>
    /// <param name="rate">η_t, the group's rate times the schedule's factor.</param>
    protected abstract void Update(TGroup group, Parameter<T> parameter, ReadOnlySpan<Matrix<T>> states, T rate);

    private protected sealed override void UpdateInGroup(int group, Parameter<T> parameter, ReadOnlySpan<Matrix<T>> states, T rate) =>
        Update(_groups[group], parameter, states, rate);

    private static TGroup[] ArrayOf(IEnumerable<TGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return [.. groups];
    }
}
