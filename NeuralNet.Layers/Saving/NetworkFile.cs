using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Files;

namespace NeuralNet.Layers.Saving;

/// <summary>Keeps networks in safetensors files: their parameters and states as tensors, and beside them, as texts, what they are made of.</summary>
/// <remarks>
/// <para><b>Names</b> are those of <see cref="Gate{T}.Parameters"/> and <see cref="Gate{T}.States"/>, and dimensions those that PyTorch has: <c>0.weight</c> of a <c>Linear</c> is
/// [out, in]. So a file goes to and from PyTorch's <c>Sequential</c> of the same layers.</para>
/// <para><b>Texts.</b> <c>neuralnet.version</c>, <c>neuralnet.network</c> (kinds, settings and generators as JSON) and <c>neuralnet.labels</c>; somebody's own under names of their own.</para>
/// <para><b>Writing</b> is done beside the file and then renamed, so whatever happens, there is the whole old file or the whole new one.</para>
/// </remarks>
/// <example>
/// <code>
/// network.Save("digits.safetensors", labels: ["zero", "one", …]);
/// SavedNetwork&lt;float&gt; saved = NetworkFile.Open&lt;float&gt;("digits.safetensors");       // without the program that made it
/// other.Load("digits.safetensors");                                              // into a network that is there
/// </code>
/// </example>
public static class NetworkFile
{
    internal const string Own = "neuralnet.";
    private const string VersionName = Own + "version", NetworkName = Own + "network", LabelsName = Own + "labels";
    private const string Version = "1";

    /// <summary>Saves a network.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>: the type of the numbers in the file.</typeparam>
    /// <param name="network">The network, or a gate of any kind.</param>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="labels">What the outputs stand for, in their order; none by default.</param>
    /// <param name="texts">What else belongs to the network, by names that do not begin with <c>neuralnet.</c>; none by default.</param>
    /// <exception cref="ArgumentException">A text has a name of ours, or two matrices of the network have one name.</exception>
    /// <exception cref="IOException">The file could not be written; what was there before is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public static void Save<T>(this Gate<T> network, string path, IEnumerable<string>? labels = null, IReadOnlyDictionary<string, string>? texts = null)
        where T : unmanaged, IFloatingPointIeee754<T> => WriterOf(network, labels, texts).Write(path);

    /// <summary>Saves a network to a stream.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="stream">The stream; not closed.</param>
    /// <param name="labels">What the outputs stand for; none by default.</param>
    /// <param name="texts">What else belongs to the network; none by default.</param>
    /// <exception cref="ArgumentException">A text has a name of ours, or two matrices of the network have one name.</exception>
    public static void Save<T>(this Gate<T> network, Stream stream, IEnumerable<string>? labels = null, IReadOnlyDictionary<string, string>? texts = null)
        where T : unmanaged, IFloatingPointIeee754<T> => WriterOf(network, labels, texts).Write(stream);

    /// <summary>Loads parameters and states into a network that is there. All of them, or nothing changes.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>; numbers of another type are rounded to it.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">A safetensors file, of this library or another's.</param>
    /// <param name="rename">The network's name of a tensor of the file: <c>name => name.Replace("model.fc", "")</c>. By default the same.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or tensors are missing, unexpected or of other dimensions: the message lists them.</exception>
    public static void Load<T>(this Gate<T> network, string path, Func<string, string>? rename = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        var match = new TensorMatch<T>(file, network, "", rename);
        match.ThrowIfDiffers($"'{path}' does not fit {network}");
        match.Read(isNew: false);
    }

    /// <summary>Loads those parameters and states that the file has in the same dimensions; the others stay as they are.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>; numbers of another type are rounded to it.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">A safetensors file.</param>
    /// <param name="rename">The network's name of a tensor of the file; by default the same.</param>
    /// <returns>What was loaded and what not.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static PartialLoad LoadPartial<T>(this Gate<T> network, string path, Func<string, string>? rename = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        var match = new TensorMatch<T>(file, network, "", rename);
        match.Read(isNew: false);
        return new PartialLoad(match.Loaded, match.Missing, match.Unexpected, match.Different);
    }

    /// <summary>Opens a network that <see cref="Save{T}(Gate{T}, string, IEnumerable{string}, IReadOnlyDictionary{string, string})"/> kept, without the program that built it.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>; numbers of another type are rounded to it.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="kinds">How gates are built, where there are some of one's own; by default those of the libraries.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged, holds no description, or one of a gate that cannot be built here.</exception>
    public static SavedNetwork<T> Open<T>(string path, GateKinds<T>? kinds = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        return NetworkOf(file, $"'{path}'", kinds);
    }

    /// <summary>Opens a network of a file that is in memory.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>; numbers of another type are rounded to it.</typeparam>
    /// <param name="content">The content of the file.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="kinds">How gates are built, where there are some of one's own; by default those of the libraries.</param>
    /// <exception cref="InvalidDataException">It is damaged, holds no description, or one of a gate that cannot be built here.</exception>
    public static SavedNetwork<T> Open<T>(ReadOnlyMemory<byte> content, string name, GateKinds<T>? kinds = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using SafeTensorsFile file = SafeTensorsFile.Parse(content, name);
        return NetworkOf(file, $"'{name}'", kinds);
    }

    private static SafeTensorsWriter WriterOf<T>(Gate<T> network, IEnumerable<string>? labels, IReadOnlyDictionary<string, string>? texts)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        var writer = new SafeTensorsWriter();
        writer.AddMetadata(VersionName, Version);
        writer.AddMetadata(NetworkName, NetworkDescription.Of(network));
        if (labels is not null)
        {
            writer.AddMetadata(LabelsName, StringList.ToJson(labels));
        }

        foreach ((string name, string text) in texts ?? new Dictionary<string, string>())
        {
            writer.AddMetadata(
                name.StartsWith(Own, StringComparison.Ordinal) ? throw new ArgumentException($"Names that begin with '{Own}' are the library's own, got '{name}'.", nameof(texts)) : name, text);
        }

        writer.AddNetwork(network);
        return writer;
    }

    private static SavedNetwork<T> NetworkOf<T>(SafeTensorsFile file, string name, GateKinds<T>? kinds) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!file.Metadata.TryGetValue(NetworkName, out string? description))
        {
            throw new InvalidDataException($"{name} holds tensors but does not say of what network. Build the network and load them into it: network.{nameof(Load)}.");
        }

        if (file.Metadata.GetValueOrDefault(VersionName) is var version && version != Version)
        {
            throw new InvalidDataException($"{name} is of version {version ?? "none"} of the format; known is {Version}.");
        }

        long numberCount = file.Tensors.Sum(tensor => tensor.ElementCount);
        try
        {
            Gate<T> network = NetworkDescription.Build(description, kinds ?? new GateKinds<T>(), numberCount);
            var match = new TensorMatch<T>(file, network, "", null);
            match.ThrowIfDiffers("The tensors are not those of the network that is described");
            match.Read(isNew: true);
            return new SavedNetwork<T>(
                network,
                file.Metadata.TryGetValue(LabelsName, out string? labels) ? StringList.FromJson(labels) : [],
                file.Metadata.Where(text => !text.Key.StartsWith(Own, StringComparison.Ordinal)).ToDictionary());
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{name}: {exception.Message}", exception);
        }
    }
}
