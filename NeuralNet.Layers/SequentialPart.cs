using System.Numerics;
using NeuralNet.Core;

namespace NeuralNet.Layers;

/// <summary>A layer of a <see cref="Sequential{T}"/>, with a name of its own or without. Made from a layer, or from a pair <c>("name", layer)</c>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Name">The name; null for the position.</param>
/// <param name="Layer">The layer.</param>
public readonly record struct SequentialPart<T>(string? Name, Layer<T> Layer) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A layer that is named by its position.</summary>
    /// <param name="layer">The layer.</param>
    public static implicit operator SequentialPart<T>(Layer<T> layer) => new(null, layer);

    /// <summary>A layer with a name of its own.</summary>
    /// <param name="pair">Name and layer.</param>
    public static implicit operator SequentialPart<T>((string Name, Layer<T> Layer) pair) => new(pair.Name, pair.Layer);
}
