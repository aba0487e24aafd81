using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Training.Optimizers;

/// <summary>Adam with decoupled weight decay: <c>θ ← θ − η_t·λ·θ</c>, then the step of <see cref="Adam{T}"/> with the gradient alone.</summary>
/// <remarks>
/// <para>Weights shrink by the factor <c>1 − η_t·λ</c> whatever their gradients are. λ is multiplied by the rate, schedule included (PyTorch, and the authors' code; in the paper's
/// algorithm 2 by the schedule's factor only). It counts for parameters with <see cref="Parameter{T}.IsRegularized"/>, see <see cref="WeightDecayGroup{T}"/>. ε as in <see cref="Adam{T}"/>.</para>
/// <para><b>Steps of a parameter.</b> t counts the updates of this parameter: one that is skipped, since no backward pass has reached it, or joins late has its own
/// count, as in PyTorch. It is the state <c>step</c>, so <see cref="Optimizer{T}.RestoreState"/> brings it back. In float it stops at 2²⁴, where the corrections are 1 long since.</para>
/// <para><b>Gradients by rows.</b> m, v and θ of all rows move, exactly as if the gradient were a whole matrix. With <see cref="WeightDecayGroup{T}.LazyRows"/> only the rows
/// with a gradient do, at the cost of those: PyTorch's <c>SparseAdam</c>, which counts the steps of the whole parameter as well, but adds ε to √v, not to √v̂.</para>
/// <para><b>States.</b> <c>step</c>, t, [1×1]; <c>mean</c>, m, and <c>squares</c>, v, of the parameter's shape.</para>
/// <para><b>Source.</b> Loshchilov and Hutter (2019), algorithm 2; Kingma and Ba (2015), algorithm 1. <b>Threads.</b> One at a time.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class AdamW<T> : Optimizer<T, AdamW<T>.Group> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>An optimiser for the parameters of a network.</summary>
    /// <param name="parameters">The parameters to train; at least one. One that is listed twice is moved once.</param>
    /// <param name="learningRate">η, a finite number, 0 or more.</param>
    /// <param name="weightDecay">λ, a finite number, 0 or more; PyTorch's default is 0.01.</param>
    /// <param name="schedule">How η changes with the steps; by default not at all.</param>
    /// <param name="beta1">β₁, from 0 to below 1; by default 0.9.</param>
    /// <param name="beta2">β₂, from 0 to below 1; by default 0.999.</param>
    /// <param name="epsilon">ε, above 0 also in T; by default 1e−8.</param>
    /// <param name="lazyRows">Whether of a gradient by rows only those rows move.</param>
    /// <exception cref="ArgumentException">There are no parameters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public AdamW(
        IEnumerable<NamedParameter<T>> parameters, T learningRate, T weightDecay, LearningRateSchedule? schedule = null, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, bool lazyRows = false)
        : this([new Group(parameters, learningRate, weightDecay, beta1, beta2, epsilon, lazyRows)], schedule)
    {
    }

    /// <summary>An optimiser for groups of parameters, each with its own settings.</summary>
    /// <param name="groups">The groups, at least one; no parameter may be in two.</param>
    /// <param name="schedule">How the rates change with the steps; by default not at all.</param>
    /// <exception cref="ArgumentException">There are no groups, or a parameter is in two of them.</exception>
    public AdamW(IEnumerable<Group> groups, LearningRateSchedule? schedule = null)
        : base(groups, schedule)
    {
    }

    /// <inheritdoc/>
    protected override void Update(Group group, Parameter<T> parameter, ReadOnlySpan<Matrix<T>> states, T rate) =>
        group.Move(parameter, states, weightDecay: T.Zero, group.DecayOf(parameter), rate);

    /// <summary>Parameters that are trained with the same settings.</summary>
    public sealed class Group : AdamGroup<T>
    {
        /// <summary>A group.</summary>
        /// <param name="parameters">Its parameters, at least one. One that is listed twice is trained once, under its first name.</param>
        /// <param name="learningRate">η, a finite number, 0 or more.</param>
        /// <param name="weightDecay">λ, a finite number, 0 or more; PyTorch's default is 0.01.</param>
        /// <param name="beta1">β₁, from 0 to below 1; by default 0.9.</param>
        /// <param name="beta2">β₂, from 0 to below 1; by default 0.999.</param>
        /// <param name="epsilon">ε, above 0 also in T; by default 1e−8.</param>
        /// <param name="lazyRows">Whether of a gradient by rows only those rows move.</param>
        /// <exception cref="ArgumentException">There are no parameters.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
        public Group(
            IEnumerable<NamedParameter<T>> parameters, T learningRate, T weightDecay, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, bool lazyRows = false)
            : base(parameters, learningRate, weightDecay, beta1, beta2, epsilon, lazyRows)
        {
        }
    }
}
