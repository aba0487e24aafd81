using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Graph;

namespace NeuralNet.Core.Differentiation;

/// <summary>
/// <c>Y = f(variables)</c> with its backward pass, at the point where its variables stand: what a gradient check and a Jacobian need
/// to know of a gate, a layer, a loss, a network or a user's own code.
/// </summary>
/// <remarks><b>Threads.</b> One at a time: the variables' matrices are changed while the function is examined, and restored.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class DifferentiableFunction<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Func<Matrix<T>> _forward;
    private readonly Func<Matrix<T>, IReadOnlyList<Matrix<T>>> _backward;

    /// <summary>A function from its two passes.</summary>
    /// <param name="name">What reports call it.</param>
    /// <param name="variables">The matrices that <paramref name="forward"/> reads, at least one.</param>
    /// <param name="forward">The output at the values that the variables' matrices hold when it is called.</param>
    /// <param name="backward">From upstream (of the output's shape) to one gradient for each variable, in their order. It follows a
    /// call of <paramref name="forward"/> at the same values, and each call starts from gradients of zero.</param>
    /// <exception cref="ArgumentException">There are no variables.</exception>
    public DifferentiableFunction(
        string name,
        IReadOnlyList<NamedMatrix<T>> variables,
        Func<Matrix<T>> forward,
        Func<Matrix<T>, IReadOnlyList<Matrix<T>>> backward)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentNullException.ThrowIfNull(forward);
        ArgumentNullException.ThrowIfNull(backward);
        ElementType<T>.ThrowIfNotSupported();
        if (variables.Count == 0)
        {
            throw new ArgumentException($"{name} needs at least one variable to differentiate by.", nameof(variables));
        }

        Name = name;
        Variables = variables;
        _forward = forward;
        _backward = backward;
    }

    /// <summary>What reports call it.</summary>
    public string Name { get; }

    /// <summary>What it can be differentiated by.</summary>
    public IReadOnlyList<NamedMatrix<T>> Variables { get; }

    /// <summary>A layer, or a whole network, at an input: by the input (named <c>input</c>) and by each parameter.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">Where: <c>[N×D]</c>, dense.</param>
    /// <param name="byInput">Whether the input is one of the variables (the default); false where it is not a quantity to differentiate
    /// by, such as indices into a table.</param>
    /// <exception cref="ArgumentException">The layer has no parameters and <paramref name="byInput"/> is false.</exception>
    public static DifferentiableFunction<T> OfLayer(Layer<T> layer, Matrix<T> input, bool byInput = true)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(input);
        var cache = new Cache<T>();
        IReadOnlyList<NamedParameter<T>> parameters = layer.Parameters;
        List<NamedMatrix<T>> variables = byInput ? [new("input", input)] : [];
        variables.AddRange(parameters.Select(p => new NamedMatrix<T>(p.Name, p.Parameter.Value)));
        return new DifferentiableFunction<T>(layer.ToString()!, variables, () => layer.Forward(input, cache), Backward)
        {
            BackwardAgain = upstream => [.. BackwardAgain(upstream).Select((gradient, i) => byInput && i == 0 ? null : gradient)],
        };

        IReadOnlyList<Matrix<T>> Backward(Matrix<T> upstream)
        {
            layer.ZeroGradients();
            return BackwardAgain(upstream);
        }

        IReadOnlyList<Matrix<T>> BackwardAgain(Matrix<T> upstream)
        {
            Matrix<T> downstream = layer.Backward(upstream, cache);
            List<Matrix<T>> gradients = byInput ? [downstream] : [];
            gradients.AddRange(parameters.Select(p => p.Parameter.Gradient));
            return gradients;
        }
    }

    /// <summary>A node of a graph, as a function of the variables behind it and of the parameters of the layers behind it.</summary>
    /// <param name="root">The node.</param>
    /// <exception cref="ArgumentException">It depends on no variable and no parameter.</exception>
    /// <exception cref="InvalidOperationException">The graph cannot be evaluated.</exception>
    public static DifferentiableFunction<T> OfGraph(Node<T> root) => new GraphFunction<T>(root).Create();

    /// <summary>A gate at its inputs: by each of them (named <c>x</c>, <c>y</c>, or <c>x1</c>, <c>x2</c>, … where there may be any number).</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="inputs">Where: its inputs in order, dense.</param>
    /// <exception cref="ArgumentException">There are no inputs, or one is empty.</exception>
    public static DifferentiableFunction<T> OfGate(Gate<T> gate, params IReadOnlyList<Matrix<T>> inputs)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentNullException.ThrowIfNull(inputs);
        var cache = new Cache<T>();
        Matrix<T>[] values = [.. inputs];
        return new DifferentiableFunction<T>(
            gate.ToString(),
            [.. values.Select((input, i) => new NamedMatrix<T>(gate.InputCount is null ? $"x{i + 1}" : i == 0 ? "x" : "y", input))],
            () => gate.Forward(values, cache),
            upstream => [.. values.Select((_, i) => gate.Backward(i, upstream, cache))]);
    }

    /// <summary>A function with one number as its value, such as a loss, with the gradients of that number.</summary>
    /// <param name="name">What reports call it.</param>
    /// <param name="variables">The matrices that <paramref name="value"/> reads.</param>
    /// <param name="value">The value at what the variables' matrices hold when it is called.</param>
    /// <param name="gradients">One gradient for each variable, in their order; called after <paramref name="value"/>.</param>
    /// <exception cref="ArgumentException">There are no variables.</exception>
    public static DifferentiableFunction<T> OfScalar(
        string name, IReadOnlyList<NamedMatrix<T>> variables, Func<T> value, Func<IReadOnlyList<Matrix<T>>> gradients)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(gradients);
        return new DifferentiableFunction<T>(
            name,
            variables,
            () => Matrix<T>.Build.Dense(1, 1, value()),
            upstream => upstream[0, 0] == T.One ? gradients() : [.. gradients().Select(gradient => gradient * upstream[0, 0])])
        {
            TakesUpstream = false,
        };
    }

    /// <summary>Whether the function's own backward pass multiplies by upstream. False for <see cref="OfScalar"/>, where the gradients given are
    /// those of the value itself.</summary>
    public bool TakesUpstream { get; private init; } = true;

    /// <summary>
    /// As <see cref="Backward"/>, but adding to the gradients that are there: null for a variable whose gradient is not accumulated (an input).
    /// Null (the default) where nothing is. A gradient check calls it once after <see cref="Backward"/>, to see that the gradients double.
    /// </summary>
    public Func<Matrix<T>, IReadOnlyList<Matrix<T>?>>? BackwardAgain { get; init; }

    /// <summary>The output where the variables stand now.</summary>
    /// <returns>The function's own matrix, valid until the next call.</returns>
    /// <exception cref="InvalidOperationException">The function returned no output.</exception>
    public Matrix<T> Forward() =>
        _forward() ?? throw new InvalidOperationException($"The forward pass of {Name} returned null.");

    /// <summary>The gradients by the variables, upstream × local gradient; to be called after <see cref="Forward"/> at the same values.</summary>
    /// <param name="upstream">Of the output's shape.</param>
    /// <returns>The function's own matrices, one for each variable, valid until the next call.</returns>
    /// <exception cref="InvalidOperationException">There is not one gradient for each variable.</exception>
    public IReadOnlyList<Matrix<T>> Backward(Matrix<T> upstream)
    {
        IReadOnlyList<Matrix<T>> gradients = _backward(upstream);
        if (gradients is null || gradients.Count != Variables.Count || gradients.Contains(null!))
        {
            throw new InvalidOperationException(
                $"The backward pass of {Name} must return one gradient for each of its variables " +
                $"({string.Join(", ", Variables)}), got {gradients?.Count(g => g is not null) ?? 0}.");
        }

        return gradients;
    }

    /// <summary>The name and the variables.</summary>
    public override string ToString() => $"{Name} by {string.Join(", ", Variables)}";
}
