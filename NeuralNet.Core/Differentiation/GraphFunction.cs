using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Graph;

namespace NeuralNet.Core.Differentiation;

/// <summary>A node of a graph as a function of the variables behind it and of the parameters of the layers behind it.</summary>
internal sealed class GraphFunction<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Node<T> _root;
    private readonly (Node<T> Node, NamedMatrix<T> Variable)[] _leaves;
    private readonly (Layer<T> Layer, string Name)[] _layers;
    private readonly NamedParameter<T>[] _parameters;

    public GraphFunction(Node<T> root)
    {
        _root = root;
        root.Graph.Forward();
        IReadOnlyList<Node<T>> nodes = root.Graph.OrderBehind(root);
        _leaves = [.. nodes.Where(node => node.Kind == NodeKind.Variable).Select(node => (node, new NamedMatrix<T>(node.Name, Matrix(node))))];
        _layers =
        [
            .. nodes.Where(node => node.Gate is LayerGate<T>)
                .Select(node => (((LayerGate<T>)node.Gate!).Layer, node.Name))
                .DistinctBy(named => named.Layer),
        ];
        _parameters =
        [
            .. _layers.SelectMany(named => named.Layer.Parameters.Select(p => p with { Name = $"{named.Name}.{p.Name}" }))
                .DistinctBy(p => p.Parameter),
        ];
    }

    public DifferentiableFunction<T> Create() => new(
        _root.ToString(),
        [.. _leaves.Select(leaf => leaf.Variable), .. _parameters.Select(p => new NamedMatrix<T>(p.Name, p.Parameter.Value))],
        Forward,
        Backward);

    // The matrix that stands for a node: its own, or for a number one of a single entry.
    private static Matrix<T> Matrix(Node<T> node) => node.IsNumber ? Matrix<T>.Build.Dense(1, 1, node.Value) : node.Matrix;

    private Matrix<T> Forward()
    {
        foreach ((Node<T> node, NamedMatrix<T> variable) in _leaves)
        {
            if (node.IsNumber)
            {
                node.Set(variable.Value[0, 0]);
            }
        }

        _root.Graph.Forward();
        return _root.Matrix;
    }

    private IReadOnlyList<Matrix<T>> Backward(Matrix<T> upstream)
    {
        foreach ((Layer<T> layer, _) in _layers)
        {
            layer.ZeroGradients();
        }

        _root.Graph.Backward(_root, upstream);
        return [.. _leaves.Select(leaf => leaf.Node.MatrixGradient), .. _parameters.Select(p => p.Parameter.Gradient)];
    }
}
