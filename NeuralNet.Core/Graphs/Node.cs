using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Graphs;

/// <summary>A value in a graph: a variable, a constant or the output of a gate. A light handle; copies are the same node.</summary>
/// <remarks>
/// <para>The operators <c>+ − * /</c> add gates to the graph; on matrices they work entry by entry. More are in <see cref="GraphFunctions"/>.</para>
/// <para><b>Threads.</b> As its graph: one at a time.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly partial struct Node<T> : IEquatable<Node<T>> where T : unmanaged, IFloatingPointIeee754<T>
{
    internal Node(Graph<T> owner, int index)
    {
        Owner = owner;
        Index = index;
    }

    /// <summary>The graph of the node.</summary>
    /// <exception cref="ArgumentException">The node is <c>default</c> and belongs to none.</exception>
    public Graph<T> Graph
    {
        get
        {
            Resolve();
            return Owner!;
        }
    }

    /// <summary>What the node is.</summary>
    public NodeKind Kind => Record.Kind;

    /// <summary>The gate whose output the node is, or null for a leaf.</summary>
    public Gate<T>? Gate => Record.Gate;

    /// <summary>The inputs of the gate; empty for a leaf.</summary>
    public IReadOnlyList<Node<T>> Inputs
    {
        get
        {
            Graph<T> owner = Graph;
            return [.. owner.Store.InputsOf(Resolve()).ToArray().Select(input => new Node<T>(owner, owner.Store.Resolve(input)))];
        }
    }

    /// <summary>The name, or <c>n</c> and a number where none was given.</summary>
    public string Name => Graph.Store.Label(Resolve());

    /// <summary>Whether the value is kept as a number and not as a matrix.</summary>
    internal bool IsNumber => Record.IsNumber;

    /// <summary>The value, for a node that is one number.</summary>
    /// <exception cref="InvalidOperationException">It is a matrix of another shape than 1×1, or no forward pass has run since the last change.</exception>
    public T Value => Record.IsNumber && IsReadable()
        ? Record.Gate is null ? Leaf.Number : Graph.Pass.Values[Resolve()]
        : Single(Matrix, nameof(Matrix));

    /// <summary>The value as a matrix, valid until the next forward pass.</summary>
    /// <exception cref="InvalidOperationException">No forward pass has run since the last change.</exception>
    public Matrix<T> Matrix
    {
        get
        {
            IsReadable();
            return Record.Gate is not null ? Graph.Pass.MatrixOf(Resolve())
                : Record.IsNumber ? Matrix<T>.Build.Dense(1, 1, Leaf.Number)
                : Leaf.Matrix!;
        }
    }

    /// <summary>The gradient of the root by this node, for a node that is one number.</summary>
    /// <exception cref="InvalidOperationException">It is a matrix of another shape than 1×1, no backward pass has run since the last
    /// forward pass, or the node needs no gradient.</exception>
    public T Gradient
    {
        get
        {
            ThrowIfHasNoGradient();
            return Record.IsNumber ? Graph.Pass.GradientOf(Resolve()) : Single(MatrixGradient, nameof(MatrixGradient));
        }
    }

    /// <summary>The gradient of the root by this node, of the shape of its value; zero where the root does not depend on it. Valid until
    /// the next backward pass.</summary>
    /// <exception cref="InvalidOperationException">No backward pass has run since the last forward pass, or the node needs no gradient.</exception>
    public Matrix<T> MatrixGradient
    {
        get
        {
            ThrowIfHasNoGradient();
            return Graph.Pass.GradientMatrixOf(Resolve());
        }
    }

    /// <summary>Names the node, for drawings, errors and <see cref="Graph{T}.this"/>.</summary>
    /// <param name="name">The name, unique in the graph.</param>
    /// <returns>The node.</returns>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public Node<T> Named(string name)
    {
        Graph.Store.SetName(Resolve(), name);
        return this;
    }

    /// <summary>Gives a variable or constant a new number.</summary>
    /// <param name="value">The number.</param>
    /// <exception cref="InvalidOperationException">The node is the output of a gate, or was made with a matrix.</exception>
    public void Set(T value)
    {
        ThrowIfNotLeaf(isNumber: true);
        Leaf.Number = value;
        Graph.Invalidate();
    }

    /// <summary>Gives a variable or constant a new matrix, which may have another shape.</summary>
    /// <param name="value">The matrix, dense; used, not copied.</param>
    /// <exception cref="InvalidOperationException">The node is the output of a gate, or was made with a number.</exception>
    /// <exception cref="ArgumentException">The matrix is not dense.</exception>
    public void Set(Matrix<T> value)
    {
        value.AsSpan();
        ThrowIfNotLeaf(isNumber: false);
        Leaf.Matrix = value;
        Graph.Invalidate();
    }

    /// <summary>The name, and for a gate what it computes: <c>q = add(x, y)</c>.</summary>
    public override string ToString() => Owner is null ? "(no node)" : Owner.Store.Describe(Owner.Store.Resolve(Index));

    /// <summary>Whether two handles are the same node.</summary>
    /// <param name="other">The other handle.</param>
    public bool Equals(Node<T> other) =>
        ReferenceEquals(Owner, other.Owner) && (Owner is null || Owner.Store.Resolve(Index) == Owner.Store.Resolve(other.Index));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Node<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Owner is null ? 0 : HashCode.Combine(Owner, Owner.Store.Resolve(Index));

    /// <summary>The graph, or null for <c>default</c>.</summary>
    internal Graph<T>? Owner { get; }

    /// <summary>The position the node was given when it was made.</summary>
    internal int Index { get; }

    private ref NodeRecord<T> Record => ref Graph.Store.Records[Resolve()];

    private ref LeafValue<T> Leaf => ref Graph.Store.LeafOf(Resolve());

    private int Resolve() => Owner is null
        ? throw new InvalidOperationException("This node belongs to no graph; make nodes with Variable, Constant or Apply.")
        : Owner.Store.Resolve(Index);

    private bool IsReadable() => Record.Gate is null && Kind != NodeKind.Declared || Graph.IsEvaluated
        ? true
        : throw new InvalidOperationException($"{this} has no value yet, or something was changed since. Call Forward first.");

    private T Single(Matrix<T> matrix, string instead) => matrix.RowCount == 1 && matrix.ColumnCount == 1
        ? matrix.AsSpan()[0]
        : throw new InvalidOperationException($"{this} is {matrix.Shape()}, not one number; ask for its {instead}.");

    private void ThrowIfHasNoGradient()
    {
        if (!Graph.IsEvaluated || !Graph.IsDifferentiated)
        {
            throw new InvalidOperationException($"The gradient of {this} was asked for before Backward. Call Forward, then Backward from a root.");
        }

        if (!Graph.Pass.NeedsGradient[Resolve()])
        {
            throw new InvalidOperationException(
                $"No gradient is computed for {this}: no variable and no parameter stands behind it. Make it a variable if you want one.");
        }
    }

    private void ThrowIfNotLeaf(bool isNumber)
    {
        if (Kind is not (NodeKind.Variable or NodeKind.Constant))
        {
            throw new InvalidOperationException($"{this} cannot be set; only variables and constants can.");
        }

        if (Record.IsNumber != isNumber)
        {
            throw new InvalidOperationException(isNumber
                ? $"{this} was made with a matrix and cannot be set to a number."
                : $"{this} was made with a number and cannot be set to a matrix.");
        }
    }
}
