using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Graphs;

/// <summary>A graph, or a part of it, as one gate: a function of some of its leaves, <c>z = f(x₁, …, xₙ; θ)</c>.</summary>
/// <remarks>
/// <para>Values and gradients are in the caller's cache, not in the graph: one graph serves several threads and stands twice in a network. The
/// leaves that are not inputs have the values they have in the graph; of those, parameters get their gradients.</para>
/// <para><b>Shapes:</b> as the graph's gates take them. <b>Parameters:</b> the graph's parameter nodes, and those of its gates, by the names of the nodes.
/// <b>Threads.</b> As a gate, while nobody adds nodes to the graph or sets one.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class GraphGate<T> : Gate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly GraphModel<T> _model;
    private readonly int _inputCount;

    /// <summary>The function that leads from leaves to a node.</summary>
    /// <param name="inputs">The leaves that are inputs, variables or constants, in the order in which they will be given.</param>
    /// <param name="output">The node that is the output.</param>
    /// <exception cref="ArgumentException">There is no input, one is no variable or constant, is given twice, or is of another graph.</exception>
    /// <exception cref="InvalidOperationException">A declared node has no definition.</exception>
    public GraphGate(IReadOnlyList<Node<T>> inputs, Node<T> output) : this(output, inputs)
    {
        if (inputs.Count == 0)
        {
            throw new ArgumentException("A graph used as a gate needs at least one input.", nameof(inputs));
        }
    }

    /// <summary>As the other one, also of no inputs: of parameters alone.</summary>
    internal GraphGate(Node<T> output, IReadOnlyList<Node<T>> inputs)
    {
        _model = new GraphModel<T>(inputs, output);
        _inputCount = inputs.Count;
        Name = $"graph of {output.Name}({string.Join(", ", inputs.Select(input => input.Name))})";
    }

    /// <inheritdoc/>
    public override int? InputCount => _inputCount;

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("nodes", _model.Text));

    /// <summary>The matrices that the function holds fast: leaves that are neither inputs nor parameters, by the names of their nodes.</summary>
    public IReadOnlyList<NamedState<T>> Constants => _model.Constants;

    /// <inheritdoc/>
    public override IReadOnlyList<NamedGate<T>> Children => _model.Children;

    /// <inheritdoc/>
    protected override IReadOnlyList<NamedParameter<T>> OwnParameters => _model.Parameters;

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(ReadOnlySpan<Matrix<T>> inputs, Cache<T> cache) => _model.Forward(inputs, cache);

    /// <inheritdoc/>
    protected override void BackwardCore(
        Matrix<T> upstream, ReadOnlySpan<Matrix<T>> inputs, Matrix<T> output, Wanted wanted, Span<Matrix<T>?> downstream, Cache<T> cache) =>
        _model.Backward(upstream, wanted, downstream, cache);
}
