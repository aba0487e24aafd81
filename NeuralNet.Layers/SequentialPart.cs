using System.Globalization;
using System.Numerics;
using NeuralNet.Core;

namespace NeuralNet.Layers;

/// <summary>A layer of a <see cref="Sequential{T}"/> or <see cref="Concatenate{T}"/>, with a name of its own or without. Made from a layer, or from a pair <c>("name", layer)</c>.</summary>
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

    /// <summary>The layers of a container with their names: those given, or their positions.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="container">What the container is called.</param>
    /// <exception cref="ArgumentException">There are none, one is null, or a name is taken, empty, has a dot, or is a number that is not the layer's position.</exception>
    internal static NamedGate<T>[] Named(SequentialPart<T>[] layers, string container)
    {
        if (layers.Length == 0 || layers.Any(part => part.Layer is null))
        {
            throw new ArgumentException($"A {container} needs at least one layer, and none may be null.", nameof(layers));
        }

        NamedGate<T>[] children = [.. layers.Select((part, i) => new NamedGate<T>(part.NameAt(i, container), part.Layer))];
        return children.GroupBy(child => child.Name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new ArgumentException($"Two layers of a {container} are named {twice.Key}; names are unique.", nameof(layers))
            : children;
    }

    private string NameAt(int position, string container)
    {
        string atPosition = position.ToString(CultureInfo.InvariantCulture);
        string name = Name ?? atPosition;
        bool isWrong = string.IsNullOrWhiteSpace(name) || name.Contains('.', StringComparison.Ordinal)
            || (name != atPosition && name.All(char.IsAsciiDigit));
        return isWrong
            ? throw new ArgumentException($"Layer {position} of a {container} cannot be named '{name}': a name has no dot, and is no position but its own.")
            : name;
    }
}
