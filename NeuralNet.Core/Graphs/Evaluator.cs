using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Graphs;

/// <summary>Runs a graph: forward in topological order, backward in reverse.</summary>
internal sealed class Evaluator<T>(NodeStore<T> store) where T : unmanaged, IFloatingPointIeee754<T>
{
    private int[] _order = [];
    private T[] _gradients = [];
    private bool[] _isReached = [];
    private Matrix<T>[] _inputs = [];
    private bool[] _wanted = [];
    private T[] _branches = [];

    /// <summary>The nodes in the order they are evaluated in.</summary>
    public ReadOnlySpan<int> Order => _order;

    /// <summary>Whether the last backward pass came to a node.</summary>
    public bool IsReached(int node) => _isReached[node];

    /// <summary>The gradient of a node on numbers.</summary>
    public T GradientOf(int node) => _gradients[node];

    /// <summary>Orders the nodes, and sees which are numbers and which need a gradient. To be called when nodes were added.</summary>
    public void Prepare()
    {
        int mostInputs = 0;
        foreach (NodeRecord<T> record in store.Records)
        {
            mostInputs = Math.Max(mostInputs, record.InputCount);
        }

        _inputs = new Matrix<T>[mostInputs];
        _wanted = new bool[mostInputs];
        _branches = new T[mostInputs];

        for (int node = 0; node < store.Count; node++)
        {
            foreach (ref int input in store.InputsOf(node))
            {
                input = store.Resolve(input);
            }
        }

        _order = TopologicalOrder.Of(store);
        _gradients = new T[store.Count];
        _isReached = new bool[store.Count];
        foreach (int node in _order)
        {
            ref NodeRecord<T> record = ref store.Records[node];
            if (record.Gate is not null)
            {
                bool areNumbers = true;
                record.NeedsGradient = record.Gate.HasParameters;
                foreach (int input in store.InputsOf(node))
                {
                    areNumbers &= store.Records[input].IsNumber;
                    record.NeedsGradient |= store.Records[input].NeedsGradient;
                }

                record.IsNumber = areNumbers && record.Gate.TakesNumbers;
            }
        }
    }

    /// <summary>Computes the value of every gate.</summary>
    public void Forward()
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
                record.Gate.ForwardNumbers(store.Values, store.InputsOf(node), node);
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
        foreach (NodeMatrices<T> matrices in store.Matrices)
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
            store.MatricesOf(root).Seed(upstream);
            _isReached[root] = true;
        }
    }

    /// <summary>Computes the gradients of all nodes behind the roots that need one.</summary>
    public void Backward()
    {
        Span<NodeRecord<T>> records = store.Records;
        for (int position = _order.Length - 1; position >= 0; position--)
        {
            int node = _order[position];
            ref NodeRecord<T> record = ref records[node];
            if (record.Gate is null || !_isReached[node])
            {
                continue;
            }

            ReadOnlySpan<int> inputs = store.InputsOf(node);
            for (int i = 0; i < inputs.Length; i++)
            {
                _wanted[i] = records[inputs[i]].NeedsGradient;
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
        NodeMatrices<T> matrices = store.MatricesOf(node);
        if (store.Records[node].IsNumber)
        {
            matrices.Value ??= Matrix<T>.Build.Dense(1, 1);
            matrices.Value.AsSpan()[0] = store.Values[node];
        }

        return matrices.Value!;
    }

    private void ForwardMatrices(int node, Gate<T> gate)
    {
        ReadOnlySpan<int> inputs = store.InputsOf(node);
        for (int i = 0; i < inputs.Length; i++)
        {
            _inputs[i] = MatrixOf(inputs[i]);
        }

        NodeMatrices<T> matrices = store.MatricesOf(node);
        try
        {
            matrices.Value = gate.Forward(_inputs.AsSpan(0, inputs.Length), matrices.Cache);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"Node {store.Describe(node)}: {exception.Message}", exception);
        }
    }

    private void BackwardNumbers(int node, Gate<T> gate, ReadOnlySpan<int> inputs)
    {
        var wanted = new Wanted(_wanted.AsSpan(0, inputs.Length));
        gate.BackwardNumbers(_gradients[node], store.Values, inputs, node, wanted, _branches);
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
        NodeMatrices<T> matrices = store.MatricesOf(node);
        ReadOnlySpan<Matrix<T>?> downstream;
        try
        {
            downstream = gate.Backward(matrices.Gradient!, new Wanted(_wanted.AsSpan(0, inputs.Length)), matrices.Cache);
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
            store.MatricesOf(node).AddToGradient(branch);
            _isReached[node] = true;
        }
    }

    private void AddToGradient(int node, T branch)
    {
        _gradients[node] += branch;
        _isReached[node] = true;
    }
}
