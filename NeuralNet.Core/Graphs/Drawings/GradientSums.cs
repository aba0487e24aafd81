using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>The gradients of a graph's nodes and parameters as sums of what came back through each use, in the order in which it came back.</summary>
internal sealed class GradientSums<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Graph<T> _graph;
    private readonly Dictionary<Node<T>, Branches<T>?> _branches = [];
    private readonly Dictionary<Node<T>, List<Matrix<T>>> _nodes = [];
    private readonly Dictionary<Parameter<T>, List<Matrix<T>>> _parameters = [];

    /// <summary>Asks each gate once more for what came back through it.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="order">Its nodes in topological order.</param>
    public GradientSums(Graph<T> graph, IReadOnlyList<Node<T>> order)
    {
        _graph = graph;
        AreKnown = graph.IsEvaluated && graph.IsDifferentiated;
        foreach (Node<T> node in order.Reverse().Where(node => node.Gate is not null))
        {
            Branches<T>? branches = Branches<T>.Of(graph, graph.IndexOf(node));
            _branches[node] = branches;
            IReadOnlyList<Node<T>> inputs = node.Inputs;
            for (int i = 0; i < inputs.Count; i++)
            {
                Add(_nodes, inputs[i], branches?.Inputs[i]);
            }

            IReadOnlyList<NamedParameter<T>> parameters = node.Gate!.Parameters;
            for (int i = 0; i < parameters.Count; i++)
            {
                Add(_parameters, parameters[i].Parameter, branches?.Parameters[i]);
            }
        }
    }

    /// <summary>Whether a backward pass has run.</summary>
    public bool AreKnown { get; }

    /// <summary>What came back through a gate, or null where nothing did.</summary>
    public Branches<T>? BranchesOf(Node<T> node) => _branches[node];

    /// <summary>The gradient of the root by a node, as a sum where it is one: <c>2 + 3 = 5</c>. Where the pass began at the node, as it is.</summary>
    public string Of(Node<T> node) => _graph.Pass.IsRoot(_graph.IndexOf(node))
        ? MatrixLatex.Of(node.MatrixGradient)
        : MatrixLatex.Sum(_nodes.GetValueOrDefault(node) ?? [], node.MatrixGradient);

    /// <summary>The gradient by a parameter of gates that the last backward pass gave.</summary>
    public string Of(Parameter<T> parameter) => MatrixLatex.Sum(_parameters.GetValueOrDefault(parameter) ?? [], Total(parameter));

    /// <summary>What a parameter's gradient has become, where it is not that of the last pass alone; otherwise nothing.</summary>
    public string Earlier(Parameter<T> parameter)
    {
        Matrix<T> total = Total(parameter);
        Matrix<T> all = Matrix<T>.Build.Dense(total.RowCount, total.ColumnCount, parameter.GradientToRead.ToArray());
        T size = T.Max(Largest(total), Largest(all));
        return Largest(all - total) <= T.CreateTruncating(1e-4) * size ? ""
            : $"; with what else was added to it, it is ${MatrixLatex.Of(all)}$";
    }

    private static T Largest(Matrix<T> matrix) => T.Abs(TensorPrimitives.MaxMagnitude<T>(matrix.AsSpan()));

    private Matrix<T> Total(Parameter<T> parameter)
    {
        Matrix<T> total = Matrix<T>.Build.Dense(parameter.Value.RowCount, parameter.Value.ColumnCount);
        _parameters.GetValueOrDefault(parameter)?.ForEach(part => total += part);
        return total;
    }

    private static void Add<TKey>(Dictionary<TKey, List<Matrix<T>>> sums, TKey key, Matrix<T>? part) where TKey : notnull
    {
        if (part is null)
        {
            return;
        }

        if (!sums.TryGetValue(key, out List<Matrix<T>>? parts))
        {
            sums[key] = parts = [];
        }

        parts.Add(part);
    }
}
