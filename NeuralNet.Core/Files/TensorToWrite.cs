using System.Text.Json;

namespace NeuralNet.Core.Files;

/// <summary>A tensor that is going to be written to a safetensors file.</summary>
internal sealed class TensorToWrite
{
    private readonly string _name;
    private readonly byte[] _nameInUtf8;
    private readonly int[] _dimensions;
    private readonly Action<Stream> _write;

    private TensorToWrite(string name, TensorType type, int[] dimensions, long byteLength, Action<Stream> write)
    {
        (_name, _nameInUtf8, Type) = (name, FileText.Utf8.GetBytes(name), type);
        (_dimensions, ByteLength, _write) = (dimensions, byteLength, write);
    }

    /// <summary>The order of names in UTF-8, which is that of their code points.</summary>
    public static IComparer<TensorToWrite> ByCodePoints { get; } =
        Comparer<TensorToWrite>.Create((x, y) => x._nameInUtf8.AsSpan().SequenceCompareTo(y._nameInUtf8));

    /// <summary>The type of its numbers.</summary>
    public TensorType Type { get; }

    /// <summary>How many bytes it has.</summary>
    public long ByteLength { get; }

    /// <summary>A tensor, checked.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="dimensions">Its dimensions.</param>
    /// <param name="count">How many numbers will be written.</param>
    /// <param name="write">Writes them.</param>
    public static TensorToWrite Of(string name, TensorType type, ReadOnlySpan<int> dimensions, long count, Action<Stream> write)
    {
        FileText.ThrowIfNone(name, nameof(name));
        if (name == SafeTensorsHeader.MetadataName)
        {
            throw new ArgumentException($"'{name}' is the name of the texts in a safetensors file; name the tensor otherwise.", nameof(name));
        }

        TensorShape.ThrowIfNot(dimensions, count, $"tensor '{FileText.Shown(name)}'");
        return new TensorToWrite(name, type, dimensions.ToArray(), count * TensorTypes.SizeOf(type), write);
    }

    /// <summary>Writes its entry of the header.</summary>
    /// <param name="json">The header.</param>
    /// <param name="offset">Where the numbers will begin.</param>
    public void WriteEntry(Utf8JsonWriter json, long offset)
    {
        json.WriteStartObject(_name);
        json.WriteString("dtype", SafeTensorsTypes.NameOf(Type));
        json.WriteStartArray("shape");
        foreach (int dimension in _dimensions)
        {
            json.WriteNumberValue(dimension);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + ByteLength);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes its numbers.</summary>
    /// <param name="stream">Where to.</param>
    public void Write(Stream stream) => _write(stream);
}
