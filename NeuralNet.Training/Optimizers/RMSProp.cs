using System.Globalization;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Training.Optimizers;

/// <summary>RMSProp: <c>s ← α·s + (1 − α)·g²</c>, <c>θ ← θ − η_t·g / (√s + ε)</c>, or with momentum <c>v ← μ·v + g / (√s + ε)</c>, <c>θ ← θ − η_t·v</c>.</summary>
/// <remarks>
/// <para>g is the gradient, and <c>λ·θ</c> of weight decay with it. ε stands outside of the root (PyTorch; TensorFlow has it inside). s begins at 0 and is not corrected
/// for it, so the first steps are up to <c>1/√(1 − α)</c> times as long. The velocity is a sum of directions, not of steps, so a change of the rate acts at once (PyTorch;
/// TensorFlow has the rate inside). There is no centred form.</para>
/// <para><b>Gradients by rows.</b> s and v of all rows move, exactly as if the gradient were a whole matrix, unless <see cref="WeightDecayGroup{T}.LazyRows"/> is chosen.</para>
/// <para><b>States.</b> <c>squares</c>, s, and with momentum <c>velocity</c>, v, of the parameter's shape.</para>
/// <para><b>Source.</b> Tieleman and Hinton (2012), Coursera lecture 6.5; CS231n, per-parameter adaptive learning rates. <b>Threads.</b> One at a time.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class RMSProp<T> : Optimizer<T, RMSProp<T>.Group> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>An optimiser for the parameters of a network.</summary>
    /// <param name="parameters">The parameters to train; at least one. One that is listed twice is moved once.</param>
    /// <param name="learningRate">η, a finite number, 0 or more.</param>
    /// <param name="schedule">How η changes with the steps; by default not at all.</param>
    /// <param name="smoothing">α, from 0 to below 1; by default 0.99.</param>
    /// <param name="momentum">μ, a fraction from 0 to 1; by default 0, none.</param>
    /// <param name="weightDecay">λ, a finite number, 0 or more; by default 0.</param>
    /// <param name="epsilon">ε, above 0 also in T; by default 1e−8.</param>
    /// <param name="lazyRows">Whether of a gradient by rows only those rows move.</param>
    /// <exception cref="ArgumentException">There are no parameters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public RMSProp(
        IEnumerable<NamedParameter<T>> parameters, T learningRate, LearningRateSchedule? schedule = null, double smoothing = 0.99, T momentum = default, T weightDecay = default, double epsilon = 1e-8, bool lazyRows = false)
        : this([new Group(parameters, learningRate, smoothing, momentum, weightDecay, epsilon, lazyRows)], schedule)
    {
    }

    /// <summary>An optimiser for groups of parameters, each with its own settings.</summary>
    /// <param name="groups">The groups, at least one; no parameter may be in two.</param>
    /// <param name="schedule">How the rates change with the steps; by default not at all.</param>
    /// <exception cref="ArgumentException">There are no groups, or a parameter is in two of them.</exception>
    public RMSProp(IEnumerable<Group> groups, LearningRateSchedule? schedule = null)
        : base(groups, schedule)
    {
    }

    /// <inheritdoc/>
    protected override void Update(Group group, Parameter<T> parameter, ReadOnlySpan<Matrix<T>> states, T rate)
    {
        T decay = group.DecayOf(parameter);
        if (group.Momentum == T.Zero)
        {
            UpdateOperations.RMSProp(parameter, group.LazyRows, decay, group.Smoothing, states[0], group.Epsilon, rate);
        }
        else
        {
            UpdateOperations.RMSPropWithMomentum(parameter, group.LazyRows, decay, group.Smoothing, states[0], group.Epsilon, group.Momentum, states[1], rate);
        }
    }

    /// <summary>Parameters that are trained with the same settings.</summary>
    public sealed class Group : WeightDecayGroup<T>
    {
        /// <summary>A group.</summary>
        /// <param name="parameters">Its parameters, at least one. One that is listed twice is trained once, under its first name.</param>
        /// <param name="learningRate">η, a finite number, 0 or more.</param>
        /// <param name="smoothing">α, from 0 to below 1; by default 0.99.</param>
        /// <param name="momentum">μ, a fraction from 0 to 1; by default 0, none.</param>
        /// <param name="weightDecay">λ, a finite number, 0 or more; by default 0.</param>
        /// <param name="epsilon">ε, above 0 also in T; by default 1e−8.</param>
        /// <param name="lazyRows">Whether of a gradient by rows only those rows move.</param>
        /// <exception cref="ArgumentException">There are no parameters.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
        public Group(
            IEnumerable<NamedParameter<T>> parameters, T learningRate, double smoothing = 0.99, T momentum = default, T weightDecay = default, double epsilon = 1e-8, bool lazyRows = false)
            : base(parameters, learningRate, weightDecay, lazyRows)
        {
            Require.FractionBelowOne(smoothing);
            Require.Fraction(momentum);
            Epsilon = T.CreateTruncating(epsilon);
            Require.Positive(Epsilon, nameof(epsilon));
            (Smoothing, Momentum) = (new(smoothing), momentum);
        }

        /// <summary>α.</summary>
        public Smoothing<T> Smoothing { get; }

        /// <summary>μ.</summary>
        public T Momentum { get; }

        /// <summary>ε.</summary>
        public T Epsilon { get; }

        /// <summary>The mean of the squares, and the velocity if there is momentum: zeros.</summary>
        /// <param name="parameter">The parameter.</param>
        public override IReadOnlyList<OptimizerState<T>> CreateStates(Parameter<T> parameter) =>
            Momentum == T.Zero ? [Zeros("squares", parameter)] : [Zeros("squares", parameter), Zeros("velocity", parameter)];

        /// <inheritdoc/>
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"{base.ToString()}, α {Smoothing.Kept}, ε {Epsilon}{(Momentum == T.Zero ? "" : $", momentum {Momentum}")}");
    }
}
