using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Gates;

namespace NeuralNet.Core.Graphs;

/// <content>The backward pass.</content>
internal sealed partial class GraphPass<T>
{
    /// <summary>Forgets the gradients of the last pass.</summary>
    public void ClearGradients()
    {
        Array.Clear(_gradients);
        Array.Clear(_isReached);
        Array.Clear(_isRoot);
        foreach (NodeMatrices<T> matrices in _used)
        {
            matrices.ClearGradient();
        }
    }

    /// <summary>Starts a backward pass at a root.</summary>
    public void Seed(int root, Matrix<T> upstream)
    {
        _isRoot[root] = true;
        AddToGradient(root, upstream);
    }

    /// <summary>Starts a backward pass at a root whose value is one number.</summary>
    public void Seed(int root, T upstream)
    {
        _isRoot[root] = true;
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
