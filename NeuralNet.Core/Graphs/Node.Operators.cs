using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;

namespace NeuralNet.Core.Graphs;

/// <content>The operators.</content>
public readonly partial struct Node<T>
{
    /// <summary>The sum, by an add gate.</summary>
    /// <param name="x">First term.</param>
    /// <param name="y">Second term, of the same shape.</param>
    public static Node<T> operator +(Node<T> x, Node<T> y) => x.Graph.Apply<AddGate<T>>(x, y);

    /// <summary>The difference, by a subtract gate.</summary>
    /// <param name="x">The node to subtract from.</param>
    /// <param name="y">The node to subtract, of the same shape.</param>
    public static Node<T> operator -(Node<T> x, Node<T> y) => x.Graph.Apply<SubtractGate<T>>(x, y);

    /// <summary>The product, entry by entry, by a multiply gate. For the matrix product see <see cref="GraphFunctions.MatrixMultiply"/>.</summary>
    /// <param name="x">First factor.</param>
    /// <param name="y">Second factor, of the same shape.</param>
    public static Node<T> operator *(Node<T> x, Node<T> y) => x.Graph.Apply<MultiplyGate<T>>(x, y);

    /// <summary>The quotient, entry by entry, by a divide gate.</summary>
    /// <param name="x">The numerator.</param>
    /// <param name="y">The denominator, of the same shape.</param>
    public static Node<T> operator /(Node<T> x, Node<T> y) => x.Graph.Apply<DivideGate<T>>(x, y);

    /// <summary>Minus the node, by a negate gate.</summary>
    /// <param name="x">The node.</param>
    public static Node<T> operator -(Node<T> x) => x.Graph.Apply<Negate<T>>(x);

    /// <summary>The node plus a constant, by an add-constant gate.</summary>
    /// <param name="x">The node.</param>
    /// <param name="constant">Any number.</param>
    public static Node<T> operator +(Node<T> x, T constant) => x.Graph.Apply(new AddConstant<T>(constant), x);

    /// <inheritdoc cref="op_Addition(Node{T}, T)"/>
    public static Node<T> operator +(T constant, Node<T> x) => x + constant;

    /// <summary>The node minus a constant, by an add-constant gate.</summary>
    /// <param name="x">The node.</param>
    /// <param name="constant">Any number.</param>
    public static Node<T> operator -(Node<T> x, T constant) => x + -constant;

    /// <summary>A constant minus the node, by a negate and an add-constant gate.</summary>
    /// <param name="constant">Any number.</param>
    /// <param name="x">The node.</param>
    public static Node<T> operator -(T constant, Node<T> x) => -x + constant;

    /// <summary>The node times a constant, by a scale gate.</summary>
    /// <param name="x">The node.</param>
    /// <param name="constant">Any number.</param>
    public static Node<T> operator *(Node<T> x, T constant) => x.Graph.Apply(new Scale<T>(constant), x);

    /// <inheritdoc cref="op_Multiply(Node{T}, T)"/>
    public static Node<T> operator *(T constant, Node<T> x) => x * constant;

    /// <summary>The node divided by a constant, by a scale gate with 1/constant.</summary>
    /// <param name="x">The node.</param>
    /// <param name="constant">Any number but 0.</param>
    public static Node<T> operator /(Node<T> x, T constant) => x * (T.One / constant);

    /// <summary>A constant divided by the node, by a reciprocal gate and, unless the constant is 1, a scale gate.</summary>
    /// <param name="constant">Any number.</param>
    /// <param name="x">The node.</param>
    public static Node<T> operator /(T constant, Node<T> x)
    {
        Node<T> reciprocal = x.Graph.Apply<Reciprocal<T>>(x);
        return constant == T.One ? reciprocal : reciprocal * constant;
    }

    /// <summary>Whether two handles are the same node.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Node<T> left, Node<T> right) => left.Equals(right);

    /// <summary>Whether two handles are different nodes.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Node<T> left, Node<T> right) => !left.Equals(right);
}
