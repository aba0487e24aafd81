using System.Numerics;
using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Graphs;

/// <summary>
/// A computational graph: built once with ordinary operators, then run forward in topological order and backward in reverse.
/// </summary>
/// <remarks>
/// <code>
/// var graph = new Graph&lt;double&gt;();
/// var x = graph.Variable("x", -2);
/// var y = graph.Variable("y", 5);
/// var z = graph.Variable("z", -4);
/// var f = (x + y) * z;
/// graph.Forward();
/// graph.Backward(f);          // x.Gradient is −4
/// </code>
/// <para><b>Values</b> are numbers or matrices; a gate on numbers gives a number. Set new values of variables and run again: nothing is
/// rebuilt and, for the same shapes, nothing allocated. Matrices that nodes give out hold their values until the next pass.</para>
/// <para><b>Gradients</b> of branches are summed; each backward pass starts from zero. Gradients of layers' parameters add up, as
/// everywhere, until they are cleared. What needs no gradient (no variable and no parameter behind it) is skipped.</para>
/// <para>All passes are iterative and linear in the number of nodes. Source: CS231n lecture 4 and CS224n lecture 3, general computation graphs.</para>
/// <para><b>Threads.</b> One graph serves one thread at a time.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed partial class Graph<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly NodeStore<T> _store = new();
    private readonly GraphPass<T> _pass;
    private int _preparedCount = -1;

    /// <summary>An empty graph.</summary>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public Graph()
    {
        ElementType<T>.ThrowIfNotSupported();
        _pass = new GraphPass<T>(_store, _ => new Cache<T> { IsPart = true });
    }

    /// <summary>The nodes in the order they are evaluated in: each behind all its inputs.</summary>
    /// <exception cref="InvalidOperationException">A declared node has no definition.</exception>
    public IReadOnlyList<Node<T>> Order
    {
        get
        {
            Prepare();
            return [.. _pass.Order.ToArray().Select(node => new Node<T>(this, node))];
        }
    }

    /// <summary>The node with a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public Node<T> this[string name] => _store.Find(name) is >= 0 and int node
        ? new Node<T>(this, node)
        : throw new ArgumentException($"The graph has no node named {name}.", nameof(name));

    /// <summary>What an optimiser trains: the parameters that are nodes, under their names, and those of the gates, named <c>node.parameter</c>, in the order
    /// in which nodes are evaluated. One that appears twice is listed once.</summary>
    /// <exception cref="InvalidOperationException">A declared node has no definition.</exception>
    public IReadOnlyList<NamedParameter<T>> Parameters => ParametersOf(Order);

    /// <summary>Sets the gradients of all parameters to zero.</summary>
    public void ZeroGradients()
    {
        foreach (NamedParameter<T> named in Parameters)
        {
            named.Parameter.ZeroGradient();
        }
    }

    /// <summary>The parameters of some nodes.</summary>
    internal IReadOnlyList<NamedParameter<T>> ParametersOf(IEnumerable<Node<T>> nodes) =>
    [
        .. nodes.SelectMany(node => node.Kind == NodeKind.Parameter
                ? [new NamedParameter<T>(node.Name, _store.LeafOf(node.Index).Parameter!)]
                : (node.Gate?.Parameters ?? []).Select(named => named with { Name = $"{node.Name}.{named.Name}" }))
            .DistinctBy(named => named.Parameter),
    ];

    /// <summary>The nodes that a root depends on, and the root, in the order they are evaluated in.</summary>
    internal IReadOnlyList<Node<T>> OrderBehind(Node<T> root)
    {
        Prepare();
        bool[] isBehind = TopologicalOrder.Behind(_store, _pass.Order, IndexOf(root));
        return [.. Order.Where(node => isBehind[node.Index])];
    }

    internal NodeStore<T> Store => _store;

    internal GraphPass<T> Pass => _pass;

    /// <summary>A number whose gradient is wanted.</summary>
    /// <param name="name">Its name, unique in the graph.</param>
    /// <param name="value">Its value; <see cref="Node{T}.Set(T)"/> changes it.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public Node<T> Variable(string name, T value) => AddLeaf(NodeKind.Variable, name, new LeafValue<T> { Number = value });

    /// <summary>A matrix whose gradient is wanted.</summary>
    /// <param name="name">Its name, unique in the graph.</param>
    /// <param name="value">Its value, dense; used, not copied. <see cref="Node{T}.Set(Matrix{T})"/> changes it.</param>
    /// <exception cref="ArgumentException">The name is empty or taken, or the matrix not dense.</exception>
    public Node<T> Variable(string name, Matrix<T> value) => AddLeaf(NodeKind.Variable, name, value);

    /// <summary>A parameter: a matrix that an optimiser trains. Its gradient is added to the parameter's in each backward pass.</summary>
    /// <param name="name">Its name, unique in the graph.</param>
    /// <param name="parameter">The parameter. It may stand at several nodes, in layers too; its gradients then add up.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public Node<T> Parameter(string name, Parameter<T> parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return AddLeaf(NodeKind.Parameter, name, new LeafValue<T> { Matrix = parameter.Value, Parameter = parameter });
    }

    /// <summary>A number that needs no gradient.</summary>
    /// <param name="value">Its value.</param>
    /// <param name="name">Its name, if it is to have one.</param>
    public Node<T> Constant(T value, string? name = null) => AddLeaf(NodeKind.Constant, name, new LeafValue<T> { Number = value });

    /// <summary>A matrix that needs no gradient, such as a batch of data.</summary>
    /// <param name="value">Its value, dense; used, not copied.</param>
    /// <param name="name">Its name, if it is to have one.</param>
    public Node<T> Constant(Matrix<T> value, string? name = null) => AddLeaf(NodeKind.Constant, name, value);

    /// <summary>The output of a gate, of this library or of your own: a function, a layer, a network. Its parameters receive their gradients in the
    /// backward pass.</summary>
    /// <param name="gate">The gate; one object may stand at several places.</param>
    /// <param name="inputs">Its inputs, of this graph.</param>
    /// <exception cref="ArgumentException">An input is of another graph, or their number does not fit the gate.</exception>
    public Node<T> Apply(Gate<T> gate, params ReadOnlySpan<Node<T>> inputs)
    {
        ArgumentNullException.ThrowIfNull(gate);
        if (gate.InputCount is int count ? inputs.Length != count : inputs.IsEmpty)
        {
            throw new ArgumentException($"{gate} takes {gate.InputCount?.ToString() ?? "1 or more"} inputs, got {inputs.Length}.", nameof(inputs));
        }

        Span<int> indices = inputs.Length <= 16 ? stackalloc int[inputs.Length] : new int[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            indices[i] = IndexOf(inputs[i]);
        }

        IsEvaluated = false;
        return new Node<T>(this, _store.Add(NodeKind.Gate, gate, indices));
    }

    /// <summary>The output of a gate that has no settings. Gates keep nothing of a pass, so one object of each kind serves all nodes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Node<T> Apply<TGate>(params ReadOnlySpan<Node<T>> inputs) where TGate : Gate<T>, new() => Apply(SharedGate<T, TGate>.Gate, inputs);

    /// <summary>A node that others may use before it is defined, so that equations can be written in any order.</summary>
    /// <param name="name">Its name, unique in the graph.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public Node<T> Declare(string name)
    {
        int node = _store.Add(NodeKind.Declared);
        _store.SetName(node, name);
        IsEvaluated = false;
        return new Node<T>(this, node);
    }

    /// <summary>Says what a declared node is. From then on both are the same node.</summary>
    /// <param name="declared">A node of <see cref="Declare"/>.</param>
    /// <param name="definition">What it is.</param>
    /// <exception cref="InvalidOperationException">The node was not declared, or is defined already.</exception>
    /// <exception cref="ArgumentException">The definition depends on the declared node: that would be a cycle.</exception>
    public void Define(Node<T> declared, Node<T> definition)
    {
        (int node, int target) = (IndexOf(declared), IndexOf(definition));
        if (_store.Records[node].Kind != NodeKind.Declared)
        {
            throw new InvalidOperationException($"{_store.Label(node)} is defined already; only a node of Declare can be defined, once.");
        }

        List<int> cycle = TopologicalOrder.Path(_store, target, node);
        if (cycle.Count > 0)
        {
            throw new ArgumentException(
                $"{_store.Label(node)} cannot be defined by something that depends on it; that is a cycle: " +
                $"{string.Join(" ← ", cycle.Prepend(node).Select(_store.Label))}.", nameof(definition));
        }

        _store.Records[node].Definition = target;
        if (_store.NameOf(target) is null)
        {
            _store.SetName(target, _store.NameOf(node)!);
        }

        IsEvaluated = false;
        _preparedCount = -1;
    }

    /// <summary>The position of a node in the store, for a node of this graph.</summary>
    internal int IndexOf(Node<T> node)
    {
        if (!ReferenceEquals(node.Owner, this))
        {
            throw new ArgumentException(node.Owner is null
                ? "A node was used that belongs to no graph; make nodes with Variable, Constant or Apply."
                : $"Node {node} belongs to another graph. Nodes of two graphs cannot be mixed; build both parts in one.");
        }

        return _store.Resolve(node.Index);
    }

    internal void Prepare()
    {
        if (_preparedCount != _store.Count)
        {
            int[] order = GraphPlan.OrderOf(_store);
            GraphPlan.MarkNumbers(_store, order);
            bool[] needs = new bool[_store.Count];
            foreach (int node in order)
            {
                needs[node] = _store.Records[node].Kind == NodeKind.Variable;
            }

            GraphPlan.MarkNeeds(_store, order, needs);
            _pass.Prepare(order, needs);
            _preparedCount = _store.Count;
        }
    }

    private Node<T> AddLeaf(NodeKind kind, string? name, Matrix<T> value)
    {
        value.AsSpan();
        return AddLeaf(kind, name, new LeafValue<T> { Matrix = value });
    }

    private Node<T> AddLeaf(NodeKind kind, string? name, LeafValue<T> value)
    {
        int node = _store.AddLeaf(kind, value);
        if (name is not null || kind != NodeKind.Constant)
        {
            _store.SetName(node, name!);
        }

        IsEvaluated = false;
        return new Node<T>(this, node);
    }
}
