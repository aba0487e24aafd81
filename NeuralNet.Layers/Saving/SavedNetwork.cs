using System.Numerics;
using NeuralNet.Core;

namespace NeuralNet.Layers.Saving;

/// <summary>A network as a file held it, with what was saved beside it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Gate">The network, with its parameters, states and generators as they were, or a gate of several inputs.</param>
/// <param name="Labels">What its outputs stand for, in their order; empty where nobody said.</param>
/// <param name="Texts">What else was saved, by its names: a vocabulary, how a table is encoded, where the data came from.</param>
public sealed record SavedNetwork<T>(Gate<T> Gate, IReadOnlyList<string> Labels, IReadOnlyDictionary<string, string> Texts)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The network, as a layer.</summary>
    /// <exception cref="InvalidOperationException">The file holds a gate that has not one input: see <see cref="Gate"/>.</exception>
    public Layer<T> Network => Gate as Layer<T> ?? throw new InvalidOperationException($"{Gate} is no layer, since it has not one input: use {nameof(Gate)}.");

    /// <summary>A text that must be there.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="InvalidDataException">It is not there; the message lists those that are.</exception>
    public string Text(string name) => Texts.TryGetValue(name, out string? text)
        ? text
        : throw new InvalidDataException($"Beside the network there is no text '{name}'; there {(Texts.Count == 0 ? "is none" : $"are: {string.Join(", ", Texts.Keys)}")}.");
}
