using System.Buffers.Binary;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Files;

/// <summary>Writes safetensors files: named tensors, and texts about them.</summary>
/// <remarks>
/// <para>What is added is read when the file is written, and not copied before. Tensors are sorted as the format's own writer sorts them: types of more bytes first
/// (in the order of <see cref="TensorType"/>, backwards), then names by their code points; so numbers lie at multiples of their size. The same tensors give the same bytes in whatever order they
/// are added; texts keep theirs.</para>
/// <para><b>Threads.</b> Used by one at a time.</para>
/// </remarks>
/// <example>
/// <code>
/// var writer = new SafeTensorsWriter();
/// writer.Add("encoder.weight", weight);                        // a matrix [R×C] is a tensor [R, C]
/// writer.Add&lt;long&gt;("steps", [], new long[] { 1200 });
/// writer.AddMetadata("format", "pt");
/// writer.Write("model.safetensors");
/// </code>
/// </example>
public sealed class SafeTensorsWriter
{
    // The header is JSON by itself and not a part of a page; names stay readable.
    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, TensorToWrite> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly List<string> _metadataOrder = [];

    /// <summary>Adds a text about the tensors.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">There is one of that name already, or either has half of a surrogate pair.</exception>
    public void AddMetadata(string name, string text)
    {
        FileText.ThrowIfNone(name, nameof(name));
        FileText.ThrowIfNone(text, nameof(text));
        if (!_metadata.TryAdd(name, text))
        {
            throw new ArgumentException($"There is a text '{FileText.Shown(name)}' already.", nameof(name));
        }

        _metadataOrder.Add(name);
    }

    /// <summary>Adds a tensor of numbers that lie row-major.</summary>
    /// <typeparam name="T">double, float, <see cref="Half"/>, bool, or an integer of 8 to 64 bits.</typeparam>
    /// <param name="name">Its name; not <c>__metadata__</c>.</param>
    /// <param name="dimensions">Its dimensions, none for a single number.</param>
    /// <param name="values">The numbers, as many as the dimensions say; kept, and read when the file is written.</param>
    /// <exception cref="ArgumentException">The name is taken or no name, or there are more or fewer numbers.</exception>
    /// <exception cref="NotSupportedException">T is another type.</exception>
    public void Add<T>(string name, ReadOnlySpan<int> dimensions, ReadOnlyMemory<T> values) where T : unmanaged =>
        Add(name, TensorToWrite.Of(name, TensorTypes.Of<T>(), dimensions, values.Length, stream => TensorStream.Write(stream, values.Span)));

    /// <summary>Adds a matrix <c>[R×C]</c> as a tensor [R, C], and <c>[1×C]</c> as a tensor [C].</summary>
    /// <remarks>It lies column after column and the tensor row after row, so it is transposed in blocks as it is written.</remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="name">Its name; not <c>__metadata__</c>.</param>
    /// <param name="matrix">A dense matrix; kept, and read when the file is written.</param>
    /// <exception cref="ArgumentException">The name is taken or no name, or the matrix is not dense.</exception>
    public void Add<T>(string name, Matrix<T> matrix) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(matrix);
        int length = matrix.AsSpan().Length;
        ReadOnlySpan<int> dimensions = matrix.RowCount == 1 ? [matrix.ColumnCount] : [matrix.RowCount, matrix.ColumnCount];
        Add(name, TensorToWrite.Of(name, TensorTypes.Of<T>(), dimensions, length, stream => TensorStream.WriteRows(stream, matrix)));
    }

    /// <summary>Adds the memory of a matrix, column after column, as a row-major tensor of given dimensions.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="name">Its name; not <c>__metadata__</c>.</param>
    /// <param name="dimensions">Its dimensions: [out, in] for a matrix <c>[in×out]</c>.</param>
    /// <param name="matrix">A dense matrix; kept, and read when the file is written.</param>
    /// <exception cref="ArgumentException">The name is taken or no name, the matrix is not dense, or has more or fewer numbers.</exception>
    public void Add<T>(string name, ReadOnlySpan<int> dimensions, Matrix<T> matrix) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(matrix);
        int length = matrix.AsSpan().Length;
        Add(name, TensorToWrite.Of(name, TensorTypes.Of<T>(), dimensions, length, stream => TensorStream.Write<T>(stream, matrix.AsSpan())));
    }

    /// <summary>Adds a tensor of any type by its bytes, each number's lowest byte first, row-major.</summary>
    /// <param name="name">Its name; not <c>__metadata__</c>.</param>
    /// <param name="type">The type.</param>
    /// <param name="dimensions">Its dimensions, none for a single number.</param>
    /// <param name="bytes">As many bytes as dimensions and type say; kept, and read when the file is written.</param>
    /// <exception cref="ArgumentException">The name is taken or no name, or there are more or fewer bytes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such type.</exception>
    public void AddBytes(string name, TensorType type, ReadOnlySpan<int> dimensions, ReadOnlyMemory<byte> bytes)
    {
        if (!Enum.IsDefined(type))
        {
            throw new ArgumentOutOfRangeException(nameof(type), $"There is no type of tensors {(int)type}.");
        }

        int size = TensorTypes.SizeOf(type);
        if (bytes.Length % size != 0)
        {
            throw new ArgumentException($"Numbers of {type} have {size} bytes each, got {bytes.Length} bytes.", nameof(bytes));
        }

        Add(name, TensorToWrite.Of(name, type, dimensions, bytes.Length / size, stream => stream.Write(bytes.Span)));
    }

    /// <summary>Writes a file, whole or not at all (<see cref="FileReplacement"/>).</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <exception cref="IOException">It could not be written; what was there before is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    /// <exception cref="InvalidOperationException">The header would be longer than the format allows, 100,000,000 bytes.</exception>
    public void Write(string path) => FileReplacement.Write(path, Write);

    /// <summary>Writes to a stream what a file would hold.</summary>
    /// <param name="stream">The stream; not closed.</param>
    /// <exception cref="InvalidOperationException">The header would be longer than the format allows, 100,000,000 bytes.</exception>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        TensorToWrite[] sorted = [.. _tensors.Values.OrderByDescending(tensor => tensor.Type).ThenBy(tensor => tensor, TensorToWrite.ByCodePoints)];
        byte[] header = Header(sorted);
        if (header.Length > SafeTensorsHeader.MostBytes)
        {
            throw new InvalidOperationException(
                $"The header of {sorted.Length} tensors and {_metadata.Count} texts has {header.Length} bytes; the format allows {SafeTensorsHeader.MostBytes}.");
        }

        Span<byte> length = stackalloc byte[SafeTensorsHeader.LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (TensorToWrite tensor in sorted)
        {
            tensor.Write(stream);
        }
    }

    private void Add(string name, TensorToWrite tensor)
    {
        if (!_tensors.TryAdd(name, tensor))
        {
            throw new ArgumentException($"There is a tensor '{FileText.Shown(name)}' already.", nameof(name));
        }
    }

    private byte[] Header(TensorToWrite[] tensors)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, s_json))
        {
            json.WriteStartObject();
            if (_metadata.Count > 0)
            {
                json.WriteStartObject(SafeTensorsHeader.MetadataName);
                foreach (string name in _metadataOrder)
                {
                    json.WriteString(name, _metadata[name]);
                }

                json.WriteEndObject();
            }

            long offset = 0;
            foreach (TensorToWrite tensor in tensors)
            {
                tensor.WriteEntry(json, offset);
                offset += tensor.ByteLength;
            }

            json.WriteEndObject();
        }

        // The numbers begin at a multiple of 8.
        while (text.Length % 8 != 0)
        {
            text.WriteByte((byte)' ');
        }

        return text.ToArray();
    }
}
