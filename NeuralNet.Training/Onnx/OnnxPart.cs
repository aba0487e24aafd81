using System.Globalization;
using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Layers;

namespace NeuralNet.Training.Onnx;

/// <summary>A layer of a chain that was read, with its place in the network that was written.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Place">The names from the outermost container inwards; none where nothing says it.</param>
/// <param name="Layer">The layer.</param>
internal sealed record OnnxPart<T>(string[] Place, Layer<T> Layer) where T : unmanaged, IFloatingPointIeee754<T>
{
    // A name of a foreign model may have any number of dots.
    private const int DeepestPlace = 16;

    /// <summary>The network of a chain: a single layer, or a Sequential, with Sequentials in it where the places say so.</summary>
    /// <param name="chain">The layers, first to last.</param>
    /// <exception cref="ArgumentException">Two neighbours do not fit.</exception>
    public static Layer<T> Network(IReadOnlyList<OnnxPart<T>> chain) =>
        chain.Count == 0 ? new Flatten<T>()
        : chain is [{ Place: [] } only] ? only.Layer
        : Nested(chain, 0) ?? new Sequential<T>(chain.Select(part => part.Layer));

    // Null where the places are not those of such a network.
    private static Sequential<T>? Nested(IReadOnlyList<OnnxPart<T>> chain, int depth)
    {
        var parts = new List<SequentialPart<T>>();
        var names = new HashSet<string>();
        for (int first = 0; first < chain.Count;)
        {
            string? name = chain[first].NameAt(depth);
            if (name is null && depth == 0)
            {
                // Nothing says where it stood: it is called by its position.
                parts.Add(chain[first++].Layer);
                continue;
            }

            OnnxPart<T>[] together = [.. chain.Skip(first).TakeWhile(part => part.NameAt(depth) == name)];
            Layer<T>? layer = name is null ? null : together is [var only] && only.Place.Length == depth + 1 ? only.Layer : Nested(together, depth + 1);
            if (layer is null || name is null || !IsName(name, parts.Count) || !names.Add(name))
            {
                return null;
            }

            parts.Add(new SequentialPart<T>(name, layer));
            first += together.Length;
        }

        return new Sequential<T>(parts);
    }

    /// <summary>The place that a name of names and dots tells; none where it has too many.</summary>
    /// <param name="name">The name.</param>
    public static string[] PlaceOf(string name) => name.AsSpan().Count('.') < DeepestPlace ? name.Split('.') : [];

    private string? NameAt(int depth) => Place.Length > depth ? Place[depth] : null;

    // A number is a name at its own position only.
    private static bool IsName(string name, int position) =>
        !string.IsNullOrWhiteSpace(name) && (name == position.ToString(CultureInfo.InvariantCulture) || !name.All(char.IsAsciiDigit));
}
