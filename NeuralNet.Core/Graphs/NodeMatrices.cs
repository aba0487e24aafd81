using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Graphs;

/// <summary>Value, gradient and cache of a node on matrices.</summary>
/// <param name="cache">The cache of the node's gate; null for a leaf.</param>
internal sealed class NodeMatrices<T>(Cache<T>? cache) where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ShapedBuffers<T> _own = new(Cache<T>.ShapesPerBuffer);
    private bool _isOwn;

    /// <summary>What the node's gate keeps between forward and backward.</summary>
    public Cache<T>? Cache => cache;

    /// <summary>The value, or null before the first forward pass.</summary>
    public Matrix<T>? Value { get; set; }

    /// <summary>The sum of the gradients that have come back so far, or null for none.</summary>
    public Matrix<T>? Gradient { get; private set; }

    /// <summary>A matrix of the node's own, of the shape of its value.</summary>
    public Matrix<T> Own => _own.Get(Value!.RowCount, Value.ColumnCount);

    /// <summary>Starts a backward pass: no gradient has come back yet.</summary>
    public void ClearGradient()
    {
        Gradient = null;
        _isOwn = false;
    }

    /// <summary>Starts the gradient of a value of 1×1 with a number, or adds it to what was started so.</summary>
    public void Seed(T upstream)
    {
        Own.AsSpan()[0] = _isOwn ? Own.AsSpan()[0] + upstream : upstream;
        Gradient = Own;
        _isOwn = true;
    }

    /// <summary>The sum so far in a matrix of the node's own, for somebody who adds to a part of it; zeros where nothing has come back yet.</summary>
    public Matrix<T> GradientToAddTo()
    {
        if (!_isOwn)
        {
            Matrix<T> sum = Own;
            if (Gradient is null)
            {
                sum.AsSpan().Clear();
            }
            else
            {
                Gradient.AsSpan().CopyTo(sum.AsSpan());
            }

            (Gradient, _isOwn) = (sum, true);
        }

        return Gradient!;
    }

    /// <summary>Adds what comes back from one branch. The first is taken by reference; where branches meet, the sum is the node's own.</summary>
    public void AddToGradient(Matrix<T> branch)
    {
        if (Gradient is null)
        {
            Gradient = branch;
            return;
        }

        Matrix<T> sum = _isOwn ? Gradient : Own;
        TensorPrimitives.Add(Gradient.AsSpan(), branch.AsSpan(), sum.AsSpan());
        Gradient = sum;
        _isOwn = true;
    }
}
