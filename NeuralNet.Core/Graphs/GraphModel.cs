using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Graphs;

/// <summary>A part of a graph as a function of some of its leaves, whose values live in the cache of whoever calls. The other leaves have the values that
/// they have in the graph.</summary>
internal sealed class GraphModel<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly NodeStore<T> _store;
    private readonly int[] _inputs;
    private readonly int _output;
    private readonly int[] _order;
    private readonly Dictionary<int, int> _partOf = [];

    /// <summary>Takes the nodes behind an output.</summary>
    /// <exception cref="ArgumentException">An input is no variable or constant, is given twice, or is of another graph.</exception>
    /// <exception cref="InvalidOperationException">A declared node has no definition.</exception>
    public GraphModel(IReadOnlyList<Node<T>> inputs, Node<T> output)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Graph<T> graph = output.Graph;
        IReadOnlyList<Node<T>> nodes = graph.OrderBehind(output);
        _store = graph.Store;
        _output = graph.IndexOf(output);
        _inputs = [.. inputs.Select(graph.IndexOf)];
        _order = [.. nodes.Select(node => node.Index)];
        foreach (Node<T> input in inputs)
        {
            if (input.Kind is not (NodeKind.Variable or NodeKind.Constant))
            {
                throw new ArgumentException($"An input of a graph used as a gate is a variable or a constant; {input} is neither.", nameof(inputs));
            }
        }

        if (_inputs.Distinct().Count() < _inputs.Length)
        {
            throw new ArgumentException("A graph used as a gate takes each of its inputs once, none twice.", nameof(inputs));
        }

        Node<T>[] gates = [.. nodes.Where(node => node.Gate is not null)];
        for (int part = 0; part < gates.Length; part++)
        {
            _partOf[gates[part].Index] = part;
        }

        Children = [.. gates.Select(node => new NamedGate<T>(node.Name, node.Gate!))];
        Parameters = [.. nodes.Where(node => node.Kind == NodeKind.Parameter).Select(node => new NamedParameter<T>(node.Name, _store.LeafOf(node.Index).Parameter!))];
    }

    /// <summary>The nodes in text: see <see cref="GraphText"/>.</summary>
    public string Text => GraphText.Of(_store, _inputs, _order);

    /// <summary>The matrices that are neither inputs nor parameters, by the names of their nodes.</summary>
    public IReadOnlyList<NamedState<T>> Constants =>
    [
        .. _order.Except(_inputs)
            .Where(node => _store.Records[node].Kind is NodeKind.Variable or NodeKind.Constant && !_store.Records[node].IsNumber)
            .Select(node => new NamedState<T>(_store.Label(node), _store.LeafOf(node).Matrix!)),
    ];

    /// <summary>The gates behind the output, each under the name of its node.</summary>
    public IReadOnlyList<NamedGate<T>> Children { get; }

    /// <summary>The parameters that are nodes.</summary>
    public IReadOnlyList<NamedParameter<T>> Parameters { get; }

    /// <summary>The output for inputs.</summary>
    public Matrix<T> Forward(ReadOnlySpan<Matrix<T>> inputs, Cache<T> cache)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i].AsSpan();
            if (_store.Records[_inputs[i]].IsNumber && inputs[i] is not { RowCount: 1, ColumnCount: 1 })
            {
                throw new ArgumentException($"{_store.Label(_inputs[i])} is a number in its graph and expects [1×1], got {inputs[i].Shape()}.");
            }
        }

        GraphPass<T> pass = PassOf(cache);
        pass.Forward(_inputs, inputs);
        return pass.MatrixOf(_output);
    }

    /// <summary>The gradients by the inputs that are wanted, and by all parameters.</summary>
    public void Backward(Matrix<T> upstream, Wanted wanted, Span<Matrix<T>?> downstream, Cache<T> cache)
    {
        GraphPass<T> pass = PassOf(cache);
        pass.ClearGradients();
        Array.Clear(pass.NeedsGradient);
        for (int i = 0; i < _inputs.Length; i++)
        {
            pass.NeedsGradient[_inputs[i]] = wanted[i];
        }

        GraphPlan.MarkNeeds(_store, _order, pass.NeedsGradient);
        pass.Seed(_output, upstream);
        pass.Backward();
        for (int i = 0; i < downstream.Length; i++)
        {
            downstream[i] = wanted[i] ? pass.GradientMatrixOf(_inputs[i]) : null;
        }
    }

    // The cache remembers the run; one that another gate has used is given one of our own.
    private GraphPass<T> PassOf(Cache<T> cache) =>
        cache.Attachment is Tuple<GraphModel<T>, GraphPass<T>> attached && attached.Item1 == this ? attached.Item2 : Start(cache);

    private GraphPass<T> Start(Cache<T> cache)
    {
        var pass = new GraphPass<T>(_store, node => cache[_partOf[node]]);
        pass.Prepare(_order, new bool[_store.Count]);
        cache.Attachment = Tuple.Create(this, pass);
        return pass;
    }
}
