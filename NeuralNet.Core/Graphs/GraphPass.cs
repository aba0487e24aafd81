using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Graphs;

/// <summary>The values and gradients of one run of a graph, forward in topological order and backward in reverse. The nodes themselves are in the store, so
/// several runs of one graph can be under way.</summary>
/// <param name="store">The nodes.</param>
/// <param name="cacheOf">Gives a node on matrices the cache of its gate, when first asked for.</param>
internal sealed partial class GraphPass<T>(NodeStore<T> store, Func<int, Cache<T>> cacheOf) where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<NodeMatrices<T>> _used = [];
    private int[] _order = [];
    private int[] _leaves = [];
    private bool[] _needsGradient = [];
    private NodeMatrices<T>?[] _matrices = [];
    private T[] _values = [];
    private T[] _gradients = [];
    private bool[] _isReached = [];
    private bool[] _isRoot = [];
    private Matrix<T>[] _inputs = [];
    private bool[] _wanted = [];
    private T[] _branches = [];

    /// <summary>The nodes in the order they are evaluated in.</summary>
    public ReadOnlySpan<int> Order => _order;

    /// <summary>Which nodes get a gradient, by node; may be written before a backward pass.</summary>
    public bool[] NeedsGradient => _needsGradient;

    /// <summary>The values of nodes on numbers, by node.</summary>
    public T[] Values => _values;

    /// <summary>Whether the last backward pass came to a node.</summary>
    public bool IsReached(int node) => _isReached[node];

    /// <summary>Whether the last backward pass began at a node, so that its gradient is not only what comes back through its uses.</summary>
    public bool IsRoot(int node) => _isRoot[node];

    /// <summary>The gradient of a node on numbers.</summary>
    public T GradientOf(int node) => _gradients[node];

    /// <summary>Says which nodes are evaluated and which of all nodes get a gradient. What nodes hold for matrices is kept.</summary>
    public void Prepare(int[] order, bool[] needsGradient)
    {
        (_order, _needsGradient) = (order, needsGradient);
        _leaves = Array.FindAll(order, node => store.Records[node].Gate is null);
        if (_matrices.Length > 0)
        {
            Array.Resize(ref _matrices, store.Count);
        }

        Array.Resize(ref _values, store.Count);
        _gradients = new T[store.Count];
        _isReached = new bool[store.Count];
        _isRoot = new bool[store.Count];
        int mostInputs = 0;
        foreach (int node in order)
        {
            mostInputs = Math.Max(mostInputs, store.Records[node].InputCount);
        }

        _inputs = new Matrix<T>[mostInputs];
        _wanted = new bool[mostInputs];
        _branches = new T[mostInputs];
    }

    /// <summary>Computes the value of every gate. Leaves have the values of the store, unless one is given here.</summary>
    /// <param name="inputs">Leaves that have another value in this run.</param>
    /// <param name="values">Their values.</param>
    public void Forward(ReadOnlySpan<int> inputs = default, ReadOnlySpan<Matrix<T>> values = default)
    {
        foreach (int leaf in _leaves)
        {
            Load(leaf);
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            Load(inputs[i], values[i]);
        }

        Evaluate();
    }

    // Takes the value of a leaf from the store.
    private void Load(int leaf)
    {
        if (store.Records[leaf].IsNumber)
        {
            _values[leaf] = store.LeafOf(leaf).Number;
        }
        else
        {
            MatricesOf(leaf).Value = store.LeafOf(leaf).Matrix;
        }
    }

    private void Load(int leaf, Matrix<T> value)
    {
        if (store.Records[leaf].IsNumber)
        {
            _values[leaf] = value.AsSpan()[0];
        }
        else
        {
            MatricesOf(leaf).Value = value;
        }
    }

    private void Evaluate()
    {
        Span<NodeRecord<T>> records = store.Records;
        foreach (int node in _order)
        {
            ref NodeRecord<T> record = ref records[node];
            if (record.Gate is null)
            {
                continue;
            }

            if (record.IsNumber)
            {
                record.Gate.ForwardNumbers(_values, store.InputsOf(node), node);
            }
            else
            {
                ForwardMatrices(node, record.Gate);
            }
        }
    }

    /// <summary>The value of a node as a matrix; a number is put into one of 1×1.</summary>
    public Matrix<T> MatrixOf(int node)
    {
        NodeMatrices<T> matrices = MatricesOf(node);
        if (store.Records[node].IsNumber)
        {
            matrices.Value ??= Matrices.Zeros<T>(1, 1);
            matrices.Value.AsSpan()[0] = _values[node];
        }

        return matrices.Value!;
    }

    /// <summary>The gradient of a node as a matrix of the shape of its value, zero where the last backward pass did not come to it.</summary>
    public Matrix<T> GradientMatrixOf(int node)
    {
        Matrix<T> value = MatrixOf(node);
        NodeMatrices<T> matrices = MatricesOf(node);
        if (store.Records[node].IsNumber)
        {
            matrices.Own.AsSpan()[0] = _gradients[node];
            return matrices.Own;
        }

        return matrices.Gradient ?? Matrices.Zeros<T>(value.RowCount, value.ColumnCount);
    }

    /// <summary>What the node holds for matrices, made when first asked for.</summary>
    public NodeMatrices<T> MatricesOf(int node)
    {
        // A graph of numbers has none.
        _matrices = _matrices.Length > 0 ? _matrices : new NodeMatrices<T>?[store.Count];
        ref NodeMatrices<T>? matrices = ref _matrices[node];
        if (matrices is null)
        {
            matrices = new NodeMatrices<T>(store.Records[node].Gate is null ? null : cacheOf(node));
            _used.Add(matrices);
        }

        return matrices;
    }

    private void ForwardMatrices(int node, Gate<T> gate)
    {
        ReadOnlySpan<int> inputs = store.InputsOf(node);
        for (int i = 0; i < inputs.Length; i++)
        {
            _inputs[i] = MatrixOf(inputs[i]);
        }

        NodeMatrices<T> matrices = MatricesOf(node);
        try
        {
            matrices.Value = gate.Forward(_inputs.AsSpan(0, inputs.Length), matrices.Cache!);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"Node {store.Describe(node)}: {exception.Message}", exception);
        }
    }
}
