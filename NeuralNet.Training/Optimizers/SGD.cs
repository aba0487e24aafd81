using System.Globalization;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Training.Optimizers;

/// <summary>
/// Stochastic gradient descent: <c>θ ← θ − η_t·g</c>, with momentum <c>v ← μ·v + g</c>, <c>θ ← θ − η_t·v</c>, or with Nesterov's
/// <c>v ← μ·v + g</c>, <c>θ ← θ − η_t·(g + μ·v)</c>, where <c>η_t = η·factor(t)</c> of the schedule.
/// </summary>
/// <remarks>
/// <para>The gradient g is what the backward passes have added up since it was last cleared, and <c>λ·θ</c> of weight decay, that of the term <c>½λ‖θ‖²</c>
/// (PyTorch's <c>weight_decay</c>; <see cref="Losses.L2Regularization{T}"/> of strength λ/2 does the same). A step does not clear it.
/// A parameter that no backward pass has reached keeps its value and its velocity, also with momentum; one that a gradient of
/// zeros has reached moves on with its velocity.</para>
/// <para>The velocity is a sum of gradients, not of steps, so a change of the rate acts at once: PyTorch's form, equal to
/// <c>v ← μ·v − η·g</c>, <c>θ ← θ + v</c> of CS231n while η is constant. Nesterov's is PyTorch's too, and that of CS231n, whose θ is the one that looks ahead. There is
/// no dampening: with <c>1 − μ</c> it is a smaller rate.</para>
/// <para><b>Gradients by rows</b> (<see cref="Parameter{T}.AddRowsToGradient"/>). Plain descent moves the rows that have a gradient and costs what they
/// do, with the result of the whole matrix. With momentum or weight decay all rows move, those without a gradient by their velocity and decay, exactly as if the
/// gradient were a whole matrix, and the step costs as much, unless <see cref="WeightDecayGroup{T}.LazyRows"/> is chosen, which is another algorithm.</para>
/// <para><b>States.</b> With momentum <c>velocity</c>, of the parameter's shape.</para>
/// <para><b>Source.</b> CS231n, parameter updates; CS224n lecture 3; Sutskever, Martens, Dahl and Hinton (2013), section 2, for Nesterov's. <b>Threads.</b> One at a time.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SGD<T> : Optimizer<T, SGD<T>.Group> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>An optimiser for the parameters of a network.</summary>
    /// <param name="parameters">The parameters to train; at least one. One that is listed twice is moved once.</param>
    /// <param name="learningRate">η, a finite number, 0 or more.</param>
    /// <param name="momentum">μ, a fraction from 0 to 1; by default 0, plain descent.</param>
    /// <param name="schedule">How η changes with the steps; by default not at all.</param>
    /// <param name="weightDecay">λ, a finite number, 0 or more; by default 0.</param>
    /// <param name="nesterov">Whether the velocity looks ahead; needs momentum.</param>
    /// <param name="lazyRows">Whether of a gradient by rows only those rows move.</param>
    /// <exception cref="ArgumentException">There are no parameters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range, or Nesterov's momentum is 0.</exception>
    public SGD(
        IEnumerable<NamedParameter<T>> parameters, T learningRate, T momentum = default, LearningRateSchedule? schedule = null, T weightDecay = default,
        bool nesterov = false, bool lazyRows = false)
        : this([new Group(parameters, learningRate, momentum, weightDecay, nesterov, lazyRows)], schedule)
    {
    }

    /// <summary>An optimiser for groups of parameters, each with its own settings.</summary>
    /// <param name="groups">The groups, at least one; no parameter may be in two.</param>
    /// <param name="schedule">How the rates change with the steps; by default not at all.</param>
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
        T decay = group.DecayOf(parameter);
        if (group.Momentum == T.Zero && decay == T.Zero)
        {
            // Rows that have no gradient do not move.
            parameter.ApplyGradient(parameter.Value, -rate);
        }
        else if (group.Momentum == T.Zero)
        {
            UpdateOperations.Descend(parameter, group.LazyRows, decay, rate);
        }
        else if (group.IsNesterov)
        {
            UpdateOperations.DescendWithNesterov(parameter, group.LazyRows, decay, group.Momentum, states[0], rate);
        }
        else
        {
            UpdateOperations.DescendWithMomentum(parameter, group.LazyRows, decay, group.Momentum, states[0], rate);
        }
    }

    /// <summary>Parameters that are trained with the same settings.</summary>
    public sealed class Group : WeightDecayGroup<T>
    {
        /// <summary>A group.</summary>
        /// <param name="parameters">Its parameters, at least one. One that is listed twice is trained once, under its first name.</param>
        /// <param name="learningRate">η, a finite number, 0 or more.</param>
        /// <param name="momentum">μ, a fraction from 0 to 1; by default 0, plain descent.</param>
        /// <param name="weightDecay">λ, a finite number, 0 or more; by default 0.</param>
        /// <param name="nesterov">Whether the velocity looks ahead; needs momentum.</param>
        /// <param name="lazyRows">Whether of a gradient by rows only those rows move.</param>
        /// <exception cref="ArgumentException">There are no parameters.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range, or Nesterov's momentum is 0.</exception>
        public Group(
            IEnumerable<NamedParameter<T>> parameters, T learningRate, T momentum = default, T weightDecay = default, bool nesterov = false, bool lazyRows = false)
            : base(parameters, learningRate, weightDecay, lazyRows)
        {
            Require.Fraction(momentum);
            if (nesterov && momentum == T.Zero)
            {
                throw new ArgumentOutOfRangeException(nameof(momentum), momentum, "Nesterov's velocity needs a momentum above 0, got 0.");
            }

            (Momentum, IsNesterov) = (momentum, nesterov);
        }

        /// <summary>μ.</summary>
        public T Momentum { get; }

        /// <summary>Whether the velocity looks ahead.</summary>
        public bool IsNesterov { get; }

        /// <summary>The velocity, zeros, if there is momentum; otherwise nothing.</summary>
        /// <param name="parameter">The parameter.</param>
        public override IReadOnlyList<OptimizerState<T>> CreateStates(Parameter<T> parameter) => Momentum == T.Zero ? [] : [Zeros("velocity", parameter)];

        /// <inheritdoc/>
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"{base.ToString()}{(Momentum == T.Zero ? "" : $", momentum {Momentum}")}{(IsNesterov ? " (Nesterov)" : "")}");
    }
}
