using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Training.Optimizers;

/// <summary>Moves parameters down their gradients, step by step: what all update rules share.</summary>
/// <remarks>
/// <para>The gradient is what the backward passes have added up since it was last cleared; a step does not clear it. A parameter that no backward
/// pass has reached (<see cref="Parameter{T}.IsGradientZero"/>) is skipped: its value and all its states stay as they are.</para>
/// <para>The rate of a group at step t is <c>η_t = η·factor(t)</c> of the schedule, t counting from 0.</para>
/// <para>An update rule derives from <see cref="Optimizer{T, TGroup}"/>.</para>
/// <para><b>Threads.</b> One at a time.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class Optimizer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ParameterSlot<T>[] _slots;

    private protected Optimizer(IReadOnlyList<ParameterGroup<T>> groups, LearningRateSchedule? schedule)
    {
        if (groups.Count == 0)
        {
            throw new ArgumentException("There are no groups of parameters to train.", nameof(groups));
        }

        if (groups.Contains(null!))
        {
            throw new ArgumentException("A group of parameters is null.", nameof(groups));
        }

        ThrowIfShared(groups);
        Groups = groups;
        Schedule = schedule ?? new ConstantRate();
        _slots = [.. groups.SelectMany((group, i) => group.Parameters.Select(named => new ParameterSlot<T>(i, named, group.CreateStates(named.Parameter))))];
    }

    /// <summary>The groups of parameters with their settings.</summary>
    public IReadOnlyList<ParameterGroup<T>> Groups { get; }

    /// <summary>How the rates change with the steps.</summary>
    public LearningRateSchedule Schedule { get; }

    /// <summary>Steps taken, those before <see cref="RestoreState"/> included.</summary>
    public long Steps { get; private set; }

    /// <summary>η of the only group, before the schedule's factor.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number, or one that is not finite.</exception>
    /// <exception cref="InvalidOperationException">There are several groups: each has a rate of its own, in <see cref="Groups"/>.</exception>
    public T LearningRate
    {
        get => OnlyGroup.LearningRate;
        set => OnlyGroup.LearningRate = value;
    }

    /// <summary>What the rule keeps for each parameter, as <c>0.weight/velocity</c>, for a checkpoint: the matrices themselves, not copies.</summary>
    /// <exception cref="InvalidOperationException">Two parameters have the same name, so that their states could not be told apart.</exception>
    public IReadOnlyList<OptimizerState<T>> States
    {
        get
        {
            ThrowIfNameIsAmbiguous();
            return [.. _slots.SelectMany(slot => slot.NamedStates)];
        }
    }

    /// <summary>Sets all gradients to zero: before the backward passes of a step.</summary>
    public void ZeroGradients()
    {
        foreach (ParameterSlot<T> slot in _slots)
        {
            slot.Parameter.ZeroGradient();
        }
    }

    /// <summary>One step down the gradients.</summary>
    /// <exception cref="InvalidOperationException">The schedule, perhaps somebody's own, gave a factor that is negative or not finite, or one that makes
    /// a rate too large for T. Nothing was moved.</exception>
    public void Step()
    {
        T factor = Factor();
        foreach (ParameterSlot<T> slot in _slots)
        {
            if (!slot.Parameter.IsGradientZero)
            {
                UpdateInGroup(slot.Group, slot.Parameter, slot.States, Groups[slot.Group].LearningRate * factor);
            }
        }

        Steps++;
    }

    /// <summary>Goes on where another run stopped: sets the steps taken and all states. Nothing changes if something does not fit.</summary>
    /// <param name="steps">Steps taken, 0 or more.</param>
    /// <param name="states">All of <see cref="States"/> by their names, in any order; they are copied.</param>
    /// <exception cref="ArgumentException">A state is missing, is not one of this optimiser's, is given twice, or has another shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is negative.</exception>
    public void RestoreState(long steps, IEnumerable<OptimizerState<T>> states)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        ArgumentNullException.ThrowIfNull(states);
        NamedMatrixCopy.Restore(this, States.Select(Pair), states.Select(Pair), nameof(states));
        Steps = steps;

        static (string Name, Matrix<T> Value) Pair(OptimizerState<T> state) => (state.Name, state.Value);
    }

    /// <summary>The name of the type, such as <c>SGD</c>.</summary>
    public override string ToString() => GetType().Name.Split('`')[0];

    /// <summary>The update rule, for a parameter that a backward pass has reached.</summary>
    private protected abstract void UpdateInGroup(int group, Parameter<T> parameter, ReadOnlySpan<Matrix<T>> states, T rate);

    private T Factor()
    {
        double factor = Schedule.Factor(Steps);
        // A factor of 1 leaves the rates as they are, which were checked when they were set.
        for (int i = 0; factor != 1 && i < Groups.Count; i++)
        {
            if (!(factor >= 0 && T.IsFinite(Groups[i].LearningRate * T.CreateTruncating(factor))))
            {
                throw new InvalidOperationException(
                    $"The schedule {Schedule.GetType().Name} gave the factor {factor} at step {Steps}; a factor is a finite number, 0 or more, and so is the " +
                    $"rate that it makes of {Groups[i].LearningRate}.");
            }
        }

        return T.CreateTruncating(factor);
    }

    private ParameterGroup<T> OnlyGroup => Groups.Count == 1
        ? Groups[0]
        : throw new InvalidOperationException($"{this} has {Groups.Count} groups, each with a learning rate of its own: use Groups[i].LearningRate.");

    private static void ThrowIfShared(IReadOnlyList<ParameterGroup<T>> groups)
    {
        var found = new Dictionary<Parameter<T>, (int Group, string Name)>();
        for (int i = 0; i < groups.Count; i++)
        {
            foreach ((string name, Parameter<T> parameter) in groups[i].Parameters)
            {
                if (!found.TryAdd(parameter, (i, name)))
                {
                    (int first, string firstName) = found[parameter];
                    throw new ArgumentException(
                        $"Parameter '{name}' of group {i} is also in group {first}, as '{firstName}': a step would move it twice.", nameof(groups));
                }
            }
        }
    }

    private void ThrowIfNameIsAmbiguous()
    {
        string? twice = _slots.GroupBy(slot => slot.Name).FirstOrDefault(same => same.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new InvalidOperationException(
                $"Two parameters of {this} are named '{twice}', so their states cannot be told apart. Give the parameters of each network a prefix.");
        }
    }
}
