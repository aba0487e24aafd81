using System.Numerics;

namespace NeuralNet.Core;

/// <summary>A part of a gate, with the name that its parameters and states have in the whole.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Name">A name of its own, or its position: <c>0</c>, <c>1</c>, ….</param>
/// <param name="Gate">The part.</param>
public readonly record struct NamedGate<T>(string Name, Gate<T> Gate) where T : unmanaged, IFloatingPointIeee754<T>;
