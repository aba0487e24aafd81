using System.Globalization;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Training.Optimizers;

/// <summary>What the groups of <see cref="Adam{T}"/> and <see cref="AdamW{T}"/> share: β₁, β₂, ε, the states and the step.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class AdamGroup<T> : WeightDecayGroup<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private protected AdamGroup(
        IEnumerable<NamedParameter<T>> parameters, T learningRate, T weightDecay, double beta1, double beta2, double epsilon, bool lazyRows)
        : base(parameters, learningRate, weightDecay, lazyRows)
    {
        Require.FractionBelowOne(beta1);
        Require.FractionBelowOne(beta2);
        Epsilon = T.CreateTruncating(epsilon);
        Require.Positive(Epsilon, nameof(epsilon));
        (Beta1, Beta2) = (new(beta1), new(beta2));
    }

    /// <summary>β₁, of the mean of the gradients.</summary>
    public Smoothing<T> Beta1 { get; }

    /// <summary>β₂, of the mean of their squares.</summary>
    public Smoothing<T> Beta2 { get; }

    /// <summary>ε.</summary>
    public T Epsilon { get; }

    /// <summary>The count of steps and both means: zeros.</summary>
    /// <param name="parameter">The parameter.</param>
    public override IReadOnlyList<OptimizerState<T>> CreateStates(Parameter<T> parameter) =>
        [new("step", Matrices.Zeros<T>(1, 1)), Zeros("mean", parameter), Zeros("squares", parameter)];

    /// <summary>One step, with weight decay in the gradient, past it, or none.</summary>
    /// <exception cref="InvalidOperationException">The state <c>step</c> was set to what is no count.</exception>
    internal void Move(Parameter<T> parameter, ReadOnlySpan<Matrix<T>> states, T weightDecay, T decoupledDecay, T rate)
    {
        ref T step = ref states[0].AsSpan()[0];
        if (!(T.IsFinite(step) && step >= T.Zero))
        {
            throw new InvalidOperationException($"The state 'step' of a parameter {parameter.Value.Shape()} counts its updates; it was set to {step}.");
        }

        step += T.One;
        UpdateOperations.Adam(
            parameter, LazyRows, weightDecay, decoupledDecay, Beta1, states[1], Beta2, states[2], Epsilon, double.CreateTruncating(step), rate);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{base.ToString()}, β₁ {Beta1.Kept}, β₂ {Beta2.Kept}, ε {Epsilon}");
}
