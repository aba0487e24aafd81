using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.SanityChecking;

/// <summary>A layer of a network that has no parts of its own, and what it received and gave in the last pass.</summary>
/// <param name="Gate">The layer.</param>
/// <param name="Position">Its position, from the outermost container inwards.</param>
/// <param name="Inputs">What it received.</param>
/// <param name="Output">What it gave.</param>
internal sealed record NetworkPart<T>(Gate<T> Gate, string Position, Matrix<T>[] Inputs, Matrix<T> Output) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The parts of a network in order, after a forward pass.</summary>
    /// <param name="network">The network.</param>
    /// <param name="cache">The cache of that pass.</param>
    public static NetworkPart<T>[] Of(Gate<T> network, Cache<T> cache) => Of(network, cache, "");

    private static NetworkPart<T>[] Of(Gate<T> gate, Cache<T> cache, string position)
    {
        if (Inside(gate, cache, position) is { Length: > 0 } inside)
        {
            return inside;
        }

        ReadOnlySpan<Matrix<T>> kept = cache.Recall(gate);
        return [new NetworkPart<T>(gate, position.TrimEnd('.'), kept[..^1].ToArray(), kept[^1])];
    }

    // Those that ran on matrices: a node of a graph on numbers has no cache, and a gate may leave out a part of its own.
    private static NetworkPart<T>[] Inside(Gate<T> gate, Cache<T> cache, string position) =>
    [
        .. gate.Children.SelectMany((child, i) => ReferenceEquals(cache[i].Owner, child.Gate) && !cache[i].Recall(child.Gate).IsEmpty
            ? Of(child.Gate, cache[i], $"{position}{child.Name}.")
            : []),
    ];
}
