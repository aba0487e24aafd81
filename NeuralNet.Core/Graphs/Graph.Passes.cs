using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Graphs;

/// <content>The forward and backward passes.</content>
public sealed partial class Graph<T>
{
    /// <summary>Whether the values are those of the variables: a forward pass has run since the last change.</summary>
    internal bool IsEvaluated { get; private set; }

    /// <summary>Whether a backward pass has run since that forward pass.</summary>
    internal bool IsDifferentiated { get; private set; }

    /// <summary>Computes all values, in topological order.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit a gate; the message names the node.</exception>
    /// <exception cref="InvalidOperationException">A declared node has no definition.</exception>
    public void Forward()
    {
        Prepare();
        IsEvaluated = false;
        IsDifferentiated = false;
        _pass.Forward();
        IsEvaluated = true;
    }

    /// <summary>Computes the gradients of the sum of some roots by everything behind them: upstream is 1 for each root.</summary>
    /// <param name="roots">Nodes whose value is one number; one or more.</param>
    /// <exception cref="InvalidOperationException">No forward pass has run since the last change, or a root depends on no variable.</exception>
    /// <exception cref="ArgumentException">There is no root, or one is not one number, or of another graph.</exception>
    public void Backward(params ReadOnlySpan<Node<T>> roots)
    {
        StartBackward(roots);
        foreach (Node<T> root in roots)
        {
            SeedNumber(root, T.One);
        }

        FinishBackward();
    }

    /// <summary>Computes the gradients for a root whose own gradient is known.</summary>
    /// <param name="root">A node whose value is one number.</param>
    /// <param name="upstream">The gradient of the loss by the root.</param>
    /// <exception cref="InvalidOperationException">No forward pass has run since the last change, or the root depends on no variable.</exception>
    /// <exception cref="ArgumentException">The root is not one number, or of another graph.</exception>
    public void Backward(Node<T> root, T upstream)
    {
        StartBackward([root]);
        SeedNumber(root, upstream);
        FinishBackward();
    }

    /// <summary>Computes the gradients for a root whose own gradient is known.</summary>
    /// <param name="root">Any node.</param>
    /// <param name="upstream">The gradient of the loss by the root, of its shape.</param>
    /// <exception cref="InvalidOperationException">No forward pass has run since the last change, or the root depends on no variable.</exception>
    /// <exception cref="ArgumentException">The upstream gradient has another shape, or the root is of another graph.</exception>
    public void Backward(Node<T> root, Matrix<T> upstream)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        StartBackward([root]);
        SeedMatrix(root, upstream);
        FinishBackward();
    }

    /// <summary>Computes the gradients for several roots, each with its own gradient.</summary>
    /// <param name="roots">Roots, and the gradient of the loss by each, of its shape; one or more.</param>
    /// <exception cref="InvalidOperationException">No forward pass has run since the last change, or a root depends on no variable.</exception>
    /// <exception cref="ArgumentException">There is no root, an upstream gradient has another shape, or a root is of another graph.</exception>
    public void Backward(ReadOnlySpan<(Node<T> Root, Matrix<T> Upstream)> roots)
    {
        var nodes = new Node<T>[roots.Length];
        for (int i = 0; i < roots.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(roots[i].Upstream, nameof(roots));
            nodes[i] = roots[i].Root;
        }

        StartBackward(nodes);
        foreach ((Node<T> root, Matrix<T> upstream) in roots)
        {
            SeedMatrix(root, upstream);
        }

        FinishBackward();
    }

    /// <summary>To be called when the value of a leaf was changed.</summary>
    internal void Invalidate() => IsEvaluated = false;

    private void StartBackward(ReadOnlySpan<Node<T>> roots)
    {
        if (roots.IsEmpty)
        {
            throw new ArgumentException("Backward needs a root to begin at.");
        }

        foreach (Node<T> root in roots)
        {
            int node = IndexOf(root);
            if (!IsEvaluated)
            {
                throw new InvalidOperationException($"Backward from {root} came before Forward, or something was changed since. Call Forward first.");
            }

            if (!_pass.NeedsGradient[node])
            {
                throw new InvalidOperationException($"{root} depends on no variable and no parameter, so there is no gradient to compute.");
            }
        }

        IsDifferentiated = false;
        _pass.ClearGradients();
    }

    private void SeedNumber(Node<T> root, T upstream)
    {
        int node = IndexOf(root);
        if (!_store.Records[node].IsNumber && _pass.MatrixOf(node) is not { RowCount: 1, ColumnCount: 1 })
        {
            throw new ArgumentException(
                $"{root} is {_pass.MatrixOf(node).Shape()}, not one number. Make it one (sum, mean, sum of squares), or give the upstream gradient.");
        }

        _pass.Seed(node, upstream);
    }

    private void SeedMatrix(Node<T> root, Matrix<T> upstream)
    {
        Matrix<T> value = _pass.MatrixOf(IndexOf(root));
        if (!upstream.HasShapeOf(value))
        {
            throw new ArgumentException($"{root} is {value.Shape()} and expects upstream of its shape, got {upstream.Shape()}.", nameof(upstream));
        }

        _pass.Seed(IndexOf(root), upstream);
    }

    private void FinishBackward()
    {
        _pass.Backward();
        IsDifferentiated = true;
    }
}
