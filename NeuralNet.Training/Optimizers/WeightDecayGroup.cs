using System.Globalization;
using System.Numerics;
using NeuralNet.Core;

namespace NeuralNet.Training.Optimizers;

/// <summary>Parameters that are trained with the same settings, among them weight decay and what becomes of gradients by rows: what the groups of this library's rules share.</summary>
/// <remarks>
/// <para><b>Weight decay</b> counts for parameters with <see cref="Parameter{T}.IsRegularized"/> only: weights, and not biases or scales. PyTorch decays all that
/// it is given; for the same there, give it two groups, one of them with <c>weight_decay=0</c>, and for PyTorch's here, make the parameters with <c>isRegularized: true</c>.</para>
/// <para><b>Gradients by rows</b> (<see cref="Parameter{T}.AddRowsToGradient"/>). By default a step gives the result of the whole matrix, in which rows without a gradient
/// may move as well, by their velocity or their weight decay. With <see cref="LazyRows"/> only the rows move that have a gradient, states and weight decay
/// included, and a step costs what they do. That is another algorithm: PyTorch's <c>SparseAdam</c>, TensorFlow's <c>LazyAdam</c>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class WeightDecayGroup<T> : ParameterGroup<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private T _weightDecay;

    /// <summary>A group.</summary>
    /// <param name="parameters">Its parameters, at least one. One that is listed twice is trained once, under its first name.</param>
    /// <param name="learningRate">η, a finite number, 0 or more.</param>
    /// <param name="weightDecay">λ, a finite number, 0 or more.</param>
    /// <param name="lazyRows">Whether of a gradient by rows only those rows move.</param>
    /// <exception cref="ArgumentException">There are no parameters, or one has no name or is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    protected WeightDecayGroup(IEnumerable<NamedParameter<T>> parameters, T learningRate, T weightDecay, bool lazyRows)
        : base(parameters, learningRate)
    {
        Require.NotNegative(weightDecay);
        (_weightDecay, LazyRows) = (weightDecay, lazyRows);
    }

    /// <summary>λ, of parameters with <see cref="Parameter{T}.IsRegularized"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number, or one that is not finite.</exception>
    public T WeightDecay
    {
        get => _weightDecay;
        set
        {
            Require.NotNegative(value, nameof(WeightDecay));
            _weightDecay = value;
        }
    }

    /// <summary>Whether of a gradient by rows only those rows move.</summary>
    public bool LazyRows { get; }

    /// <summary>λ for a parameter: 0 for one that is not regularised.</summary>
    /// <param name="parameter">The parameter.</param>
    public T DecayOf(Parameter<T> parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter.IsRegularized ? WeightDecay : T.Zero;
    }

    /// <summary>A state of the parameter's shape that begins as zeros.</summary>
    private protected static OptimizerState<T> Zeros(string name, Parameter<T> parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return new(name, Matrices.Zeros<T>(parameter.Value.RowCount, parameter.Value.ColumnCount));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{base.ToString()}{(WeightDecay == T.Zero ? "" : $", weight decay {WeightDecay}")}{(LazyRows ? ", lazy rows" : "")}");
}
