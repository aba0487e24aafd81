using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core;

/// <summary>A matrix that belongs to a gate and is not trained, such as a running mean, with its name in the network.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Name">The names of the containers from the outermost inwards and the gate's own name for it, joined by dots.</param>
/// <param name="Value">The matrix.</param>
public readonly record struct NamedState<T>(string Name, Matrix<T> Value) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How the matrix is shaped in a file: the lengths of a tensor's axes, the last one varying fastest in the matrix's memory, as <c>[out, in]</c> of a
    /// <c>Linear</c>'s <c>[in×out]</c>. Null, the default, where it looks there as here: <c>[C]</c> of a row <c>[1×C]</c>, <c>[R, C]</c> of another matrix.</summary>
    public IReadOnlyList<int>? Dimensions { get; init; }
}
