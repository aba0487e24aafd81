using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Gates;

namespace NeuralNet.Core.Graphs;

/// <summary>The values and gradients of one run of a graph, forward in topological order and backward in reverse. The nodes themselves are in the store, so
/// several runs of one graph can be under way.</summary>
/// <param name="store">The nodes.</param>
/// <param name="cacheOf">Gives a node on matrices the cache of its gate, when first asked for.</param>
internal sealed class GraphPass<T>(NodeStore<T> store, Func<int, Cache<T>> cacheOf) where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<NodeMatrices<T>> _used = [];
    private int[] _order = [];
    private int[] _leaves = [];
    private bool[] _needsGradient = [];
    private NodeMatrices<T>?[] _matrices = [];
    private T[] _values = [];
    private T[] _gradients = [];
    private bool[] _isReached = [];
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

    /// <summary>The gradient of a node on numbers.</summary>
    public T GradientOf(int node) => _gradients[node];

    /// <summary>Says which nodes are evaluated and which of all nodes get a gradient. What nodes hold for matrices is kept.</summary>
    public void Prepare(int[] order, bool[] needsGradient)
    {
        (_order, _needsGradient) = (order, needsGradient);
        _leaves = Array.FindAll(order, node => store.Records[node].Gate is null);
        Array.Resize(ref _matrices, store.Count);
        Array.Resize(ref _values, store.Count);
        _gradients = new T[store.Count];
        _isReached = new bool[store.Count];
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

    /// <summary>Forgets the gradients of the last pass.</summary>
    public void ClearGradients()
    {
        Array.Clear(_gradients);
        Array.Clear(_isReached);
        foreach (NodeMatrices<T> matrices in _used)
        {
            matrices.ClearGradient();
        }
    }

    /// <summary>Starts a backward pass at a root.</summary>
    public void Seed(int root, Matrix<T> upstream) => AddToGradient(root, upstream);

    /// <summary>Starts a backward pass at a root whose value is one number.</summary>
    public void Seed(int root, T upstream)
    {
        if (store.Records[root].IsNumber)
        {
            AddToGradient(root, upstream);
        }
        else
        {
            MatricesOf(root).Seed(upstream);
            _isReached[root] = true;
        }
    }

    /// <summary>Computes the gradients of all nodes behind the roots that need one, and adds those of parameters to what the parameters have.</summary>
    public void Backward()
    {
        Span<NodeRecord<T>> records = store.Records;
        for (int position = _order.Length - 1; position >= 0; position--)
        {
            int node = _order[position];
            ref NodeRecord<T> record = ref records[node];
            if (!_isReached[node])
            {
                continue;
            }

            if (record.Gate is null)
            {
                store.LeafOf(node).Parameter?.AddToGradient(MatricesOf(node).Gradient!);
                continue;
            }

            ReadOnlySpan<int> inputs = store.InputsOf(node);
            for (int i = 0; i < inputs.Length; i++)
            {
                _wanted[i] = _needsGradient[inputs[i]];
            }

            if (record.IsNumber)
            {
                BackwardNumbers(node, record.Gate, inputs);
            }
            else
            {
                BackwardMatrices(node, record.Gate, inputs);
            }
        }
    }

    /// <summary>The value of a node as a matrix; a number is put into one of 1×1.</summary>
    public Matrix<T> MatrixOf(int node)
    {
        NodeMatrices<T> matrices = MatricesOf(node);
        if (store.Records[node].IsNumber)
        {
            matrices.Value ??= Matrix<T>.Build.Dense(1, 1);
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

        return matrices.Gradient ?? Matrix<T>.Build.Dense(value.RowCount, value.ColumnCount);
    }

    /// <summary>What the node holds for matrices, made when first asked for.</summary>
    public NodeMatrices<T> MatricesOf(int node)
    {
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

    private void BackwardNumbers(int node, Gate<T> gate, ReadOnlySpan<int> inputs)
    {
        var wanted = new Wanted(_wanted.AsSpan(0, inputs.Length));
        gate.BackwardNumbers(_gradients[node], _values, inputs, node, wanted, _branches);
        for (int i = 0; i < inputs.Length; i++)
        {
            if (wanted[i])
            {
                AddToGradient(inputs[i], _branches[i]);
            }
        }
    }

    private void BackwardMatrices(int node, Gate<T> gate, ReadOnlySpan<int> inputs)
    {
        NodeMatrices<T> matrices = MatricesOf(node);
        if (gate is SliceGate<T> slice && !store.Records[inputs[0]].IsNumber)
        {
            // A slice costs what the slice costs: its gradient is added in its place, and no matrix of zeros is made around it.
            if (_wanted[0])
            {
                slice.AddBackward(matrices.Gradient!, MatricesOf(inputs[0]).GradientToAddTo());
                _isReached[inputs[0]] = true;
            }

            return;
        }

        ReadOnlySpan<Matrix<T>?> downstream;
        try
        {
            downstream = gate.Backward(matrices.Gradient!, new Wanted(_wanted.AsSpan(0, inputs.Length)), matrices.Cache!);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"Node {store.Describe(node)}: {exception.Message}", exception);
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            if (downstream[i] is Matrix<T> branch)
            {
                AddToGradient(inputs[i], branch);
            }
        }
    }

    private void AddToGradient(int node, Matrix<T> branch)
    {
        if (store.Records[node].IsNumber)
        {
            AddToGradient(node, branch.AsSpan()[0]);
        }
        else
        {
            MatricesOf(node).AddToGradient(branch);
            _isReached[node] = true;
        }
    }

    private void AddToGradient(int node, T branch)
    {
        _gradients[node] += branch;
        _isReached[node] = true;
    }
}
