using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Training.Optimizers;

/// <summary>
/// Stochastic gradient descent: <c>θ ← θ − η_t·g</c>, or with momentum <c>v ← μ·v + g</c>, <c>θ ← θ − η_t·v</c>,
/// where <c>η_t = η·factor(t)</c> of the schedule.
/// </summary>
/// <remarks>
/// <para>The gradient g is what the backward passes have added up since it was last cleared; a step does not clear it.
/// A parameter that no backward pass has reached keeps its value and its velocity, also with momentum; one that a gradient of
/// zeros has reached moves on with its velocity.</para>
/// <para>The velocity is a sum of gradients, not of steps, so a change of the rate acts at once: PyTorch's form, equal to
/// <c>v ← μ·v − η·g</c>, <c>θ ← θ + v</c> of CS231n while η is constant.</para>
/// <para><b>Gradients by rows</b> (<see cref="Parameter{T}.AddRowsToGradient"/>). Plain descent moves the rows that have a gradient and costs what they
/// do, with the result of the whole matrix. With momentum all rows move, those without a gradient by their velocity, exactly as if the gradient were a
/// whole matrix, and the step costs as much; there is no lazy form that would leave them where they are, since it is another algorithm.</para>
/// <para><b>States.</b> With momentum <c>velocity</c>, of the parameter's shape.</para>
/// <para><b>Source.</b> CS231n, parameter updates; CS224n lecture 3. <b>Threads.</b> One at a time.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SGD<T> : Optimizer<T, SGD<T>.Group> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>An optimiser for the parameters of a network.</summary>
    /// <param name="parameters">The parameters to train; at least one. One that is listed twice is moved once.</param>
    /// <param name="learningRate">η, a finite number, 0 or more.</param>
    /// <param name="momentum">μ, a fraction from 0 to 1; by default 0, plain descent.</param>
    /// <param name="schedule">How η decays with the steps; by default not at all.</param>
    /// <exception cref="ArgumentException">There are no parameters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public SGD(IEnumerable<NamedParameter<T>> parameters, T learningRate, T momentum = default, LearningRateSchedule? schedule = null)
        : this([new Group(parameters, learningRate, momentum)], schedule)
    {
    }

    /// <summary>An optimiser for groups of parameters, each with its own rate and momentum.</summary>
    /// <param name="groups">The groups, at least one; no parameter may be in two.</param>
    /// <param name="schedule">How the rates decay with the steps; by default not at all.</param>
    /// <exception cref="ArgumentException">There are no groups, or a parameter is in two of them.</exception>
    public SGD(IEnumerable<Group> groups, LearningRateSchedule? schedule = null)
        : base(groups, schedule)
    {
    }

    /// <summary>μ of the only group.</summary>
    /// <exception cref="InvalidOperationException">There are several groups: each has its own.</exception>
    public T Momentum => Groups is [Group group]
        ? group.Momentum
        : throw new InvalidOperationException($"{this} has {Groups.Count} groups, each with a momentum of its own: ask the groups.");

    /// <inheritdoc/>
    protected override void Update(Group group, Parameter<T> parameter, ReadOnlySpan<Matrix<T>> states, T rate)
    {
        if (states.IsEmpty)
        {
            parameter.ApplyGradient(parameter.Value, -rate);
            return;
        }

        ElementwiseOperations.AddWithMomentum(parameter.GradientToRead, group.Momentum, states[0].AsSpan(), -rate, parameter.Value.AsSpan());
    }

    /// <summary>Parameters that are trained with one learning rate and one momentum.</summary>
    public sealed class Group : ParameterGroup<T>
    {
        /// <summary>A group.</summary>
        /// <param name="parameters">Its parameters, at least one. One that is listed twice is trained once, under its first name.</param>
        /// <param name="learningRate">η, a finite number, 0 or more.</param>
        /// <param name="momentum">μ, a fraction from 0 to 1; by default 0, plain descent.</param>
        /// <exception cref="ArgumentException">There are no parameters.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
        public Group(IEnumerable<NamedParameter<T>> parameters, T learningRate, T momentum = default)
            : base(parameters, learningRate)
        {
            Require.Fraction(momentum);
            Momentum = momentum;
        }

        /// <summary>μ.</summary>
        public T Momentum { get; }

        /// <summary>The velocity, zeros, if there is momentum; otherwise nothing.</summary>
        /// <param name="parameter">The parameter.</param>
        public override IReadOnlyList<OptimizerState<T>> CreateStates(Parameter<T> parameter)
        {
            ArgumentNullException.ThrowIfNull(parameter);
            return Momentum == T.Zero ? [] : [new("velocity", Matrix<T>.Build.Dense(parameter.Value.RowCount, parameter.Value.ColumnCount))];
        }
    }
}
