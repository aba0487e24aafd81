using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Graphs;

namespace NeuralNet.Core.Differentiation;

/// <summary>
/// <c>Y = f(variables)</c> with its backward pass, at the point where its variables stand: what a gradient check and a Jacobian need
/// to know of a gate, a loss, a graph or a user's own code.
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

    /// <summary>A gate, be it a function, a layer or a whole network, at its inputs: by each of them (named <c>input</c> where there is one, <c>x</c> and
    /// <c>y</c> where there are two, otherwise <c>x1</c>, <c>x2</c>, …) and by each parameter.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="inputs">Where: its inputs in order, dense.</param>
    /// <exception cref="ArgumentException">There are no inputs, or one is empty.</exception>
    public static DifferentiableFunction<T> OfGate(Gate<T> gate, params IReadOnlyList<Matrix<T>> inputs) =>
        OfGate(gate, inputs, new Cache<T>());

    /// <summary>A gate at its inputs, as <see cref="OfGate(Gate{T}, IReadOnlyList{Matrix{T}})"/>, in the mode of a cache.</summary>
    /// <param name="gate">The gate. Its states and generators are the same in each pass, and are left as they are.</param>
    /// <param name="inputs">Where: its inputs in order, dense.</param>
    /// <param name="cache">The cache that the passes use: <c>new Cache&lt;T&gt;(training: false, keeps: true)</c> for the gate as it is in evaluation.</param>
    /// <exception cref="ArgumentException">There are no inputs, or one is empty.</exception>
    public static DifferentiableFunction<T> OfGate(Gate<T> gate, IReadOnlyList<Matrix<T>> inputs, Cache<T> cache) =>
        new DifferentiableGate<T>(gate, Enumerable.Range(0, inputs?.Count ?? 0).Select(input => gate.InputName(input)), inputs!, cache).Create(gate.ToString());

    /// <summary>A gate at inputs that are no quantities to differentiate by, such as indices into a table: by each parameter.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="inputs">Where: its inputs in order, dense.</param>
    /// <exception cref="ArgumentException">The gate has no parameters.</exception>
    public static DifferentiableFunction<T> OfParameters(Gate<T> gate, params IReadOnlyList<Matrix<T>> inputs) =>
        new DifferentiableGate<T>(gate, [], inputs, new Cache<T>()).Create(gate.ToString());

    /// <summary>A node of a graph, as a function of the variables behind it and of the parameters of the gates behind it.</summary>
    /// <param name="root">The node.</param>
    /// <exception cref="ArgumentException">It depends on no variable and no parameter.</exception>
    /// <exception cref="InvalidOperationException">The graph cannot be evaluated.</exception>
    public static DifferentiableFunction<T> OfGraph(Node<T> root)
    {
        Node<T>[] variables = [.. root.Graph.OrderBehind(root).Where(node => node.Kind == NodeKind.Variable)];
        var gate = new GraphGate<T>(root, variables);

        // The graph has its values then, and its states are as they were.
        var start = new StateSnapshot<T>(gate);
        root.Graph.Forward();
        start.Restore();
        return new DifferentiableGate<T>(gate, variables.Select(node => node.Name), [.. variables.Select(node => node.Matrix)], new Cache<T>())
            .Create(root.ToString());
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
    public bool TakesUpstream { get; init; } = true;

    /// <summary>
    /// As <see cref="Backward"/>, but adding to the gradients that are there: null for a variable whose gradient is not accumulated (an input).
    /// Null (the default) where nothing is. A gradient check calls it once after <see cref="Backward"/>, to see that the gradients double.
    /// </summary>
    public Func<Matrix<T>, IReadOnlyList<Matrix<T>?>>? BackwardAgain { get; init; }

    /// <summary>Other ways to the output, such as a pass that keeps nothing; a gradient check sees that all give the same. Default: none.</summary>
    public IReadOnlyList<ForwardPath<T>> OtherForwards { get; init; } = [];

    /// <summary>Other ways to the gradients, such as that by the parameters alone; a gradient check compares all of them with difference quotients.
    /// Default: none.</summary>
    public IReadOnlyList<BackwardPath<T>> OtherBackwards { get; init; } = [];

    /// <summary>What the passes changed so far that they had to leave, beside the variables: states and generators, in words; a gradient check
    /// that finds any fails. Null (the default) where there is nothing to change.</summary>
    public Func<IReadOnlyCollection<string>>? Changed { get; init; }

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
