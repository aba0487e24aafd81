using System.Globalization;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Training.Optimizers;

/// <summary>AdaGrad: <c>s ← s + g²</c>, <c>θ ← θ − η_t·g / (√s + ε)</c>: the more a number has moved, the less it moves.</summary>
/// <remarks>
/// <para>g is the gradient, and <c>λ·θ</c> of weight decay with it. ε stands outside of the root (PyTorch, CS231n; in the paper there is none besides δ·I, which adds as here).
/// PyTorch's <c>lr_decay</c> is <see cref="InverseTimeDecay"/>. In float the square of a gradient above 1.8·10¹⁹ is infinite, and what has had one does not move again: clip such gradients.</para>
/// <para><b>Gradients by rows.</b> Rows without a gradient do not move in the whole matrix either, so a step costs what the rows with one do and is exact. Weight decay moves
/// all rows, unless <see cref="WeightDecayGroup{T}.LazyRows"/> is chosen.</para>
/// <para><b>States.</b> <c>squares</c>, s, of the parameter's shape.</para>
/// <para><b>Source.</b> Duchi, Hazan and Singer (2011), section 1.1 with the diagonal matrix; CS231n, per-parameter adaptive learning rates. <b>Threads.</b> One at a time.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class AdaGrad<T> : Optimizer<T, AdaGrad<T>.Group> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>An optimiser for the parameters of a network.</summary>
    /// <param name="parameters">The parameters to train; at least one. One that is listed twice is moved once.</param>
    /// <param name="learningRate">η, a finite number, 0 or more.</param>
    /// <param name="schedule">How η changes with the steps; by default not at all.</param>
    /// <param name="weightDecay">λ, a finite number, 0 or more; by default 0.</param>
    /// <param name="epsilon">ε, above 0 also in T; by default 1e−10.</param>
    /// <param name="initialSquares">What s begins with, a finite number, 0 or more; by default 0.</param>
    /// <param name="lazyRows">Whether of a gradient by rows only those rows move.</param>
    /// <exception cref="ArgumentException">There are no parameters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public AdaGrad(
        IEnumerable<NamedParameter<T>> parameters, T learningRate, LearningRateSchedule? schedule = null, T weightDecay = default, double epsilon = 1e-10, T initialSquares = default, bool lazyRows = false)
        : this([new Group(parameters, learningRate, weightDecay, epsilon, initialSquares, lazyRows)], schedule)
    {
    }

    /// <summary>An optimiser for groups of parameters, each with its own settings.</summary>
    /// <param name="groups">The groups, at least one; no parameter may be in two.</param>
    /// <param name="schedule">How the rates change with the steps; by default not at all.</param>
    /// <exception cref="ArgumentException">There are no groups, or a parameter is in two of them.</exception>
    public AdaGrad(IEnumerable<Group> groups, LearningRateSchedule? schedule = null)
        : base(groups, schedule)
    {
    }

    /// <inheritdoc/>
    protected override void Update(Group group, Parameter<T> parameter, ReadOnlySpan<Matrix<T>> states, T rate)
    {
        T decay = group.DecayOf(parameter);
        UpdateOperations.AdaGrad(parameter, group.LazyRows || decay == T.Zero, decay, states[0], group.Epsilon, rate);
    }

    /// <summary>Parameters that are trained with the same settings.</summary>
    public sealed class Group : WeightDecayGroup<T>
    {
        /// <summary>A group.</summary>
        /// <param name="parameters">Its parameters, at least one. One that is listed twice is trained once, under its first name.</param>
        /// <param name="learningRate">η, a finite number, 0 or more.</param>
        /// <param name="weightDecay">λ, a finite number, 0 or more; by default 0.</param>
        /// <param name="epsilon">ε, above 0 also in T; by default 1e−10.</param>
        /// <param name="initialSquares">What s begins with, a finite number, 0 or more; by default 0.</param>
        /// <param name="lazyRows">Whether of a gradient by rows only those rows move.</param>
        /// <exception cref="ArgumentException">There are no parameters.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
        public Group(
            IEnumerable<NamedParameter<T>> parameters, T learningRate, T weightDecay = default, double epsilon = 1e-10, T initialSquares = default, bool lazyRows = false)
            : base(parameters, learningRate, weightDecay, lazyRows)
        {
            Require.NotNegative(initialSquares);
            Epsilon = T.CreateTruncating(epsilon);
            Require.Positive(Epsilon, nameof(epsilon));
            InitialSquares = initialSquares;
        }

        /// <summary>ε.</summary>
        public T Epsilon { get; }

        /// <summary>What s begins with.</summary>
        public T InitialSquares { get; }

        /// <summary>The sum of the squares.</summary>
        /// <param name="parameter">The parameter.</param>
        public override IReadOnlyList<OptimizerState<T>> CreateStates(Parameter<T> parameter)
        {
            OptimizerState<T> squares = Zeros("squares", parameter);
            squares.Value.AsSpan().Fill(InitialSquares);
            return [squares];
        }

        /// <inheritdoc/>
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{base.ToString()}, ε {Epsilon}, squares from {InitialSquares}");
    }
}
