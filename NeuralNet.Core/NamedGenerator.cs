using NeuralNet.Core.Randomness;

namespace NeuralNet.Core;

/// <summary>A generator that a gate draws from in its forward pass, as dropout does, with its name in the network.</summary>
/// <param name="Name">The names of the containers from the outermost inwards and the gate's own name for it, joined by dots.</param>
/// <param name="Generator">The generator, whose state can be saved and restored.</param>
public readonly record struct NamedGenerator(string Name, Philox Generator);
