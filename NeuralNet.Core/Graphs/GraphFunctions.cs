using System.Numerics;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;

namespace NeuralNet.Core.Graphs;

/// <summary>
/// Gates as functions of nodes. With <c>using static NeuralNet.Core.Graphs.GraphFunctions;</c> a formula reads as on paper:
/// <c>var f = (x + y) * Max(y, z);</c>
/// </summary>
/// <remarks>A gate that is not here is applied with <see cref="Graph{T}.Apply(Gate{T}, ReadOnlySpan{Node{T}})"/>.</remarks>
public static class GraphFunctions
{
    /// <summary><c>e^x</c>, entry by entry.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The node.</param>
    public static Node<T> Exp<T>(Node<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        x.Graph.Apply<Exp<T>>(x);

    /// <summary><c>ln x</c>, entry by entry.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The node.</param>
    public static Node<T> Log<T>(Node<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        x.Graph.Apply<Log<T>>(x);

    /// <summary><c>x²</c>, entry by entry.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The node.</param>
    public static Node<T> Square<T>(Node<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        x.Graph.Apply<Square<T>>(x);

    /// <summary><c>√x</c>, entry by entry.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The node.</param>
    public static Node<T> SquareRoot<T>(Node<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        x.Graph.Apply<SquareRoot<T>>(x);

    /// <summary><c>|x|</c>, entry by entry.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The node.</param>
    public static Node<T> Absolute<T>(Node<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        x.Graph.Apply<Absolute<T>>(x);

    /// <summary><c>σ(x) = 1/(1 + e^−x)</c>, entry by entry.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The node.</param>
    public static Node<T> Sigmoid<T>(Node<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        x.Graph.Apply<Sigmoid<T>>(x);

    /// <summary><c>tanh x</c>, entry by entry.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The node.</param>
    public static Node<T> Tanh<T>(Node<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        x.Graph.Apply<Tanh<T>>(x);

    /// <summary><c>max(0, x)</c>, entry by entry.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The node.</param>
    public static Node<T> ReLU<T>(Node<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        x.Graph.Apply<ReLU<T>>(x);

    /// <summary>The transposed matrix.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The node.</param>
    public static Node<T> Transpose<T>(Node<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        x.Graph.Apply<TransposeGate<T>>(x);

    /// <summary>The sum of all entries, one number.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The node.</param>
    public static Node<T> Sum<T>(Node<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        x.Graph.Apply<SumGate<T>>(x);

    /// <summary>The mean of all entries, one number.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The node.</param>
    public static Node<T> Mean<T>(Node<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        x.Graph.Apply<MeanGate<T>>(x);

    /// <summary>The sum of the squares of all entries, <c>‖x‖²</c>, one number.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The node.</param>
    public static Node<T> SumOfSquares<T>(Node<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        x.Graph.Apply<SumOfSquaresGate<T>>(x);

    /// <summary><c>max(x, y)</c>, entry by entry; a tie gives each half of the gradient.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">One node.</param>
    /// <param name="y">The other, of the same shape.</param>
    public static Node<T> Max<T>(Node<T> x, Node<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        x.Graph.Apply<MaxGate<T>>(x, y);

    /// <summary><c>min(x, y)</c>, entry by entry; a tie gives each half of the gradient.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">One node.</param>
    /// <param name="y">The other, of the same shape.</param>
    public static Node<T> Min<T>(Node<T> x, Node<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        x.Graph.Apply<MinGate<T>>(x, y);

    /// <summary>The matrix product <c>X·Y</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">X <c>[n×k]</c>.</param>
    /// <param name="y">Y <c>[k×m]</c>.</param>
    public static Node<T> MatrixMultiply<T>(Node<T> x, Node<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        x.Graph.Apply<MatrixMultiplyGate<T>>(x, y);

    /// <summary>A row added to each row of a matrix, as a bias is.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The matrix <c>[N×M]</c>.</param>
    /// <param name="y">The row <c>[1×M]</c>.</param>
    public static Node<T> AddRow<T>(Node<T> x, Node<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        x.Graph.Apply<AddRowGate<T>>(x, y);

    /// <summary><c>x^p</c> for a constant p, entry by entry.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The node.</param>
    /// <param name="exponent">p, any number.</param>
    public static Node<T> Power<T>(Node<T> x, T exponent) where T : unmanaged, IFloatingPointIeee754<T> =>
        x.Graph.Apply(new Power<T>(exponent), x);
}
