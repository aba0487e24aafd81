using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Core.Graphs;

/// <summary>A graph, or a part of it, as a layer: a function of one of its leaves, <c>Y = f(X; θ)</c>, to stand in a network.</summary>
/// <remarks>As <see cref="GraphGate{T}"/>, which has any number of inputs.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class GraphLayer<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly GraphModel<T> _model;

    /// <summary>The function that leads from a leaf to a node.</summary>
    /// <param name="input">The leaf that is the input, a variable or constant.</param>
    /// <param name="output">The node that is the output.</param>
    /// <exception cref="ArgumentException">The input is no variable or constant, or is of another graph.</exception>
    /// <exception cref="InvalidOperationException">A declared node has no definition.</exception>
    public GraphLayer(Node<T> input, Node<T> output)
    {
        _model = new GraphModel<T>([input], output);
        (Input, Output) = (input, output);
        Name = $"graph of {output.Name}({input.Name})";
    }

    /// <summary>The leaf that is the input.</summary>
    public Node<T> Input { get; }

    /// <summary>The node that is the output.</summary>
    public Node<T> Output { get; }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("nodes", _model.Text));

    /// <summary>The matrices that the function holds fast: leaves that are neither inputs nor parameters, by the names of their nodes.</summary>
    public IReadOnlyList<NamedState<T>> Constants => _model.Constants;

    /// <inheritdoc/>
    public override IReadOnlyList<NamedGate<T>> Children => _model.Children;

    /// <summary>Not known before data flows.</summary>
    /// <param name="input">The shape of a sample of the input.</param>
    public override SampleShape? OutputShape(SampleShape? input) => null;

    /// <inheritdoc/>
    protected override IReadOnlyList<NamedParameter<T>> OwnParameters => _model.Parameters;

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache) => _model.Forward([input], cache);

    /// <inheritdoc/>
    protected override Matrix<T>? BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        Matrix<T>? downstream = null;
        _model.Backward(upstream, isInputWanted ? Wanted.All : Wanted.None, new Span<Matrix<T>?>(ref downstream), cache);
        return downstream;
    }
}
