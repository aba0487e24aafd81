using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Graphs;

namespace NeuralNet.Core.Differentiation;

/// <summary>A node of a graph as a function of the variables behind it and of the parameters of the gates behind it.</summary>
internal sealed class DifferentiableNode<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Node<T> _root;
    private readonly (Node<T> Node, NamedMatrix<T> Variable)[] _leaves;
    private readonly StateSnapshot<T> _start;
    private readonly IReadOnlyList<NamedParameter<T>> _parameters;

    public DifferentiableNode(Node<T> root)
    {
        _root = root;
        IReadOnlyList<Node<T>> nodes = root.Graph.OrderBehind(root);
        _start = new StateSnapshot<T>(nodes.Where(node => node.Gate is not null).Select(node => node.Gate!).Distinct());
        Run();
        _leaves = [.. nodes.Where(node => node.Kind == NodeKind.Variable).Select(node => (node, new NamedMatrix<T>(node.Name, Matrix(node))))];
        _parameters = root.Graph.ParametersOf(nodes);
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

        Run();
        return _root.Matrix;
    }

    private void Run()
    {
        try
        {
            _root.Graph.Forward();
        }
        finally
        {
            _start.Restore();
        }
    }

    private IReadOnlyList<Matrix<T>> Backward(Matrix<T> upstream)
    {
        foreach (NamedParameter<T> named in _parameters)
        {
            named.Parameter.ZeroGradient();
        }

        _root.Graph.Backward(_root, upstream);
        return [.. _leaves.Select(leaf => leaf.Node.MatrixGradient), .. _parameters.Select(p => p.Parameter.Gradient)];
    }
}
