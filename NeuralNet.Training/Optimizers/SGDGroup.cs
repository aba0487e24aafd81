using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.Optimizers;

/// <summary>Parameters that <see cref="SGD{T}"/> trains with one learning rate and one momentum.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SGDGroup<T> : ParameterGroup<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A group.</summary>
    /// <param name="parameters">Its parameters, at least one. One that is listed twice is trained once, under its first name.</param>
    /// <param name="learningRate">η, a finite number, 0 or more.</param>
    /// <param name="momentum">μ, a fraction from 0 to 1; by default 0, plain descent.</param>
    /// <exception cref="ArgumentException">There are no parameters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public SGDGroup(IEnumerable<NamedParameter<T>> parameters, T learningRate, T momentum = default)
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
