using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Gates;

namespace NeuralNet.Core.Graph;

/// <summary>Runs a graph: forward in topological order, backward in reverse.</summary>
internal sealed class Evaluator<T>(NodeStore<T> store) where T : unmanaged, IFloatingPointIeee754<T>
{
    private int[] _order = [];
    private T[] _gradients = [];
    private bool[] _isReached = [];
    private Matrix<T>[] _inputs = [];

    /// <summary>The nodes in the order they are evaluated in.</summary>
    public ReadOnlySpan<int> Order => _order;

    /// <summary>Whether the last backward pass came to a node.</summary>
    public bool IsReached(int node) => _isReached[node];

    /// <summary>The gradient of a node on numbers.</summary>
    public T GradientOf(int node) => _gradients[node];

    /// <summary>Orders the nodes, and sees which are numbers and which need a gradient. To be called when nodes were added.</summary>
    public void Prepare()
    {
        foreach (NodeRecord<T> record in store.Records)
        {
            _inputs = _inputs.Length < record.InputCount ? new Matrix<T>[record.InputCount] : _inputs;
        }

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

            if (!record.IsNumber)
            {
                BackwardMatrices(node, record.Gate);
                continue;
            }

            ReadOnlySpan<int> inputs = store.InputsOf(node);
            for (int i = 0; i < inputs.Length; i++)
            {
                if (records[inputs[i]].NeedsGradient)
                {
                    AddToGradient(inputs[i], record.Gate.BackwardNumbers(i, _gradients[node], store.Values, inputs, node));
                }
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

    private void BackwardMatrices(int node, Gate<T> gate)
    {
        NodeMatrices<T> matrices = store.MatricesOf(node);
        Matrix<T> upstream = matrices.Gradient!;
        ReadOnlySpan<int> inputs = store.InputsOf(node);
        bool isPassedOn = false;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (store.Records[inputs[i]].NeedsGradient)
            {
                Matrix<T> downstream = gate.Backward(i, upstream, matrices.Cache);
                ThrowIfShapeIsWrong(node, inputs[i], downstream);
                AddToGradient(inputs[i], downstream);
                isPassedOn = true;
            }
        }

        if (!isPassedOn)
        {
            gate.AccumulateGradients(upstream, matrices.Cache);
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

    private void ThrowIfShapeIsWrong(int node, int input, Matrix<T> gradient)
    {
        Matrix<T> value = MatrixOf(input);
        if (!gradient.HasShapeOf(value))
        {
            throw new InvalidOperationException(
                $"A gradient has the shape of its variable: {store.Label(input)} is {value.Shape()}, but the backward pass of " +
                $"{store.Describe(node)} gave it a gradient of {gradient.Shape()}.");
        }
    }
}
