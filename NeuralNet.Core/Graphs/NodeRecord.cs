using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Graphs;

/// <summary>One node as the store keeps it: light, since a graph may have a million.</summary>
internal struct NodeRecord<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public NodeKind Kind;

    /// <summary>The gate; null for leaves.</summary>
    public Gate<T>? Gate;

    /// <summary>Where the node's inputs begin in the store's list, and how many they are.</summary>
    public int FirstInput;

    public int InputCount;

    /// <summary>The node that stands for this one since it was defined; −1 for none.</summary>
    public int Definition;

    /// <summary>Whether the value is a number and not a matrix.</summary>
    public bool IsNumber;

    /// <summary>Whether a variable or a parameter stands behind the node.</summary>
    public bool NeedsGradient;

    /// <summary>The value of a leaf that is a number.</summary>
    public T Number;

    /// <summary>The value of a leaf that is a matrix.</summary>
    public Matrix<T>? Matrix;

    /// <summary>The parameter that a leaf stands for; null for others.</summary>
    public Parameter<T>? Parameter;
}
