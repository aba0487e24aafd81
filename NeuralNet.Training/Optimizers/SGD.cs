using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Kernels.Elementwise;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Training.Optimizers;

/// <summary>
/// Stochastic gradient descent: <c>θ ← θ − η_t·g</c>, or with momentum <c>v ← μ·v + g</c>, <c>θ ← θ − η_t·v</c>,
/// where <c>η_t = η·factor(t)</c> of the schedule.
/// </summary>
/// <remarks>
/// <para>The gradient g is what the backward passes have added up since it was last cleared; a step does not clear it.
/// A parameter whose gradient is zero because no backward pass has reached it keeps its value and velocity's course.</para>
/// <para>The velocity is a sum of gradients, not of steps, so a change of the rate acts at once: PyTorch's form, equal to
/// <c>v ← μ·v − η·g</c>, <c>θ ← θ + v</c> of CS231n while η is constant.</para>
/// <para><b>Source.</b> CS231n, parameter updates; CS224n lecture 3. <b>Threads.</b> One at a time.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SGD<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Parameter<T>[] _parameters;
    private readonly Matrix<T>[] _velocities;
    private T _learningRate;

    /// <summary>An optimiser for the parameters of a network.</summary>
    /// <param name="parameters">The parameters to train; at least one.</param>
    /// <param name="learningRate">η, a finite number, 0 or more.</param>
    /// <param name="momentum">μ, a fraction from 0 to 1; by default 0, plain descent.</param>
    /// <param name="schedule">How η decays with the steps; by default not at all.</param>
    /// <exception cref="ArgumentException">There are no parameters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public SGD(IEnumerable<NamedParameter<T>> parameters, T learningRate, T momentum = default, LearningRateSchedule? schedule = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Require.Fraction(momentum);
        _parameters = [.. parameters.Select(named => named.Parameter).Distinct()];
        if (_parameters.Length == 0)
        {
            throw new ArgumentException("There are no parameters to train.", nameof(parameters));
        }

        LearningRate = learningRate;
        Momentum = momentum;
        Schedule = schedule ?? new ConstantRate();
        _velocities = momentum == T.Zero
            ? []
            : [.. _parameters.Select(parameter => Matrix<T>.Build.Dense(parameter.Value.RowCount, parameter.Value.ColumnCount))];
    }

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

    /// <summary>μ.</summary>
    public T Momentum { get; }

    /// <summary>How the rate decays.</summary>
    public LearningRateSchedule Schedule { get; }

    /// <summary>Steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>Sets all gradients to zero: before the backward passes of a step.</summary>
    public void ZeroGradients()
    {
        foreach (Parameter<T> parameter in _parameters)
        {
            parameter.ZeroGradient();
        }
    }

    /// <summary>One step down the gradients.</summary>
    public void Step()
    {
        T rate = _learningRate * T.CreateTruncating(Schedule.Factor(Steps));
        for (int i = 0; i < _parameters.Length; i++)
        {
            Parameter<T> parameter = _parameters[i];
            if (_velocities.Length > 0)
            {
                ElementwisePass<T, MomentumUpdate<T>>.Run(
                    parameter.Value.AsSpan(), _velocities[i].AsSpan(), parameter.Gradient.AsSpan(), -rate, Momentum);
            }
            else if (!parameter.IsGradientZero)
            {
                ElementwisePass<T, AddScaled<T>>.Run(parameter.Value.AsSpan(), default, parameter.Gradient.AsSpan(), -rate);
            }
        }

        Steps++;
    }
}
