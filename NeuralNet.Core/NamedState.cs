using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core;

/// <summary>A matrix that belongs to a gate and is not trained, such as a running mean, with its name in the network.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Name">The names of the containers from the outermost inwards and the gate's own name for it, joined by dots.</param>
/// <param name="Value">The matrix.</param>
public readonly record struct NamedState<T>(string Name, Matrix<T> Value) where T : unmanaged, IFloatingPointIeee754<T>;
