using System.Numerics;
using NeuralNet.Core;

namespace NeuralNet.Layers.Saving;

/// <summary>How gates are built again from their descriptions in a file: a function for each kind. All gates of the libraries are there; layers of one's own are added.</summary>
/// <example>
/// <code>
/// var kinds = new GateKinds&lt;float&gt;();
/// kinds.Add("Affine", saved => new Affine&lt;float&gt;(saved.Size("inputs"), saved.Size("outputs"), new Random(0)));
/// SavedNetwork&lt;float&gt; saved = NetworkFile.Open("model.safetensors", kinds);
/// </code>
/// </example>
/// <remarks><b>Threads.</b> One at a time while kinds are added.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class GateKinds<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<string, Func<SavedGate<T>, Gate<T>>> _builders = new(StringComparer.Ordinal);

    /// <summary>The kinds of the libraries.</summary>
    public GateKinds()
    {
        CoreKinds.AddTo(this);
        LayerKinds.AddTo(this);
        ConvolutionKinds.AddTo(this);
    }

    /// <summary>The kinds that can be built.</summary>
    public IReadOnlyCollection<string> Names => _builders.Keys;

    /// <summary>Says how a kind is built.</summary>
    /// <param name="kind">The kind, as the gate's <see cref="Gate{T}.Description"/> says it: the name of its type.</param>
    /// <param name="build">Makes the gate of its description; its parameters and states are read into it afterwards.</param>
    /// <exception cref="ArgumentException">The kind is there already.</exception>
    public void Add(string kind, Func<SavedGate<T>, Gate<T>> build)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentNullException.ThrowIfNull(build);
        if (!_builders.TryAdd(kind, build))
        {
            throw new ArgumentException($"The kind '{kind}' is there already.", nameof(kind));
        }
    }

    /// <summary>Builds a gate.</summary>
    /// <param name="saved">Its description.</param>
    /// <exception cref="InvalidDataException">The kind is not known, or the settings are none that the gate takes.</exception>
    internal Gate<T> Build(SavedGate<T> saved)
    {
        if (!_builders.TryGetValue(saved.Kind, out Func<SavedGate<T>, Gate<T>>? build))
        {
            throw new InvalidDataException(
                $"{saved.Title} is of a kind that is not known here. A gate of one's own is made known by {nameof(GateKinds<>)}.{nameof(Add)}; one that is a formula in the " +
                "program that made it cannot be read back.");
        }

        try
        {
            return build(saved);
        }
        // What a constructor says of its settings is the file's fault here.
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or OverflowException or FormatException)
        {
            throw new InvalidDataException($"{saved.Title} cannot be built: {exception.Message}", exception);
        }
    }
}
