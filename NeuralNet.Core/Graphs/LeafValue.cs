using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Graphs;

/// <summary>What a leaf of a graph is: a number, a matrix, or a parameter with its matrix.</summary>
internal struct LeafValue<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The number, where it is one.</summary>
    public T Number;

    /// <summary>The matrix; null for a number.</summary>
    public Matrix<T>? Matrix;

    /// <summary>The parameter that the leaf stands for; null for others.</summary>
    public Parameter<T>? Parameter;
}
