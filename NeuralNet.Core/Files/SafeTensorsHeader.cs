using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace NeuralNet.Core.Files;

/// <summary>Reads and checks the header of a safetensors file.</summary>
internal sealed class SafeTensorsHeader
{
    /// <summary>The name under which the texts stand.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>The bytes before the header, which say its length.</summary>
    public const int LengthBytes = 8;

    /// <summary>The longest header that the format allows.</summary>
    public const long MostBytes = 100_000_000;

    private const int MostDimensions = 64;
    private const string Whole = "expected a whole number from 0 to 9223372036854775807.";

    private readonly FileBytes _bytes;
    private readonly long _dataOffset;
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private bool _hasMetadata;

    private SafeTensorsHeader(FileBytes bytes, long length) => (_bytes, _dataOffset) = (bytes, LengthBytes + length);

    /// <summary>The tensors, in the order of their places.</summary>
    public TensorInfo[] Tensors { get; private set; } = [];

    /// <summary>The tensors by name.</summary>
    public Dictionary<string, TensorInfo> ByName { get; } = new(StringComparer.Ordinal);

    /// <summary>The texts.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>Reads the header, and checks all that it says.</summary>
    /// <exception cref="InvalidDataException">It is not sound.</exception>
    public static SafeTensorsHeader Read(FileBytes bytes)
    {
        if (bytes.Length < LengthBytes)
        {
            throw bytes.Invalid(0, $"the file has {bytes.Length} bytes, but a safetensors file begins with 8 that say the length of its header.");
        }

        ulong length = bytes.ReadUInt64(0);
        if (length > MostBytes)
        {
            throw bytes.Invalid(0, $"the header is to be {length} bytes long, more than the {MostBytes} that the format allows. Is it a safetensors file?");
        }

        if ((long)length > bytes.Length - LengthBytes)
        {
            throw bytes.Invalid(0, $"the header is to be {length} bytes long, but {bytes.Length - LengthBytes} follow.");
        }

        byte[] text = new byte[length];
        bytes.Read(LengthBytes, text);
        if (text is not [(byte)'{', ..])
        {
            throw bytes.Invalid(LengthBytes, $"the header {(text.Length == 0 ? "is empty" : $"begins with the byte 0x{text[0]:X2}")}, expected '{{'.");
        }

        if (!Utf8.IsValid(text))
        {
            throw bytes.Invalid(LengthBytes, "the header is not UTF-8.");
        }

        var header = new SafeTensorsHeader(bytes, (long)length);
        header.ReadObject(text);
        header.ThrowIfNotContiguous();
        return header;
    }

    private void ReadObject(byte[] text)
    {
        var reader = new Utf8JsonReader(text);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = TextOf(ref reader);
                if (name == MetadataName)
                {
                    ReadMetadata(ref reader);
                    continue;
                }

                long place = Place(ref reader);
                if (!ByName.TryAdd(name, ReadTensor(ref reader, name)))
                {
                    throw _bytes.Invalid(place, $"tensor '{FileText.Shown(name)}' stands in the header twice.");
                }
            }

            // What follows the object, other than spaces, is not JSON.
            reader.Read();
        }
        catch (JsonException exception)
        {
            throw _bytes.Invalid(LengthBytes + reader.BytesConsumed, "the header is not JSON from here on.", exception);
        }
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        if (_hasMetadata)
        {
            throw _bytes.Invalid(Place(ref reader), $"'{MetadataName}' stands in the header twice.");
        }

        _hasMetadata = true;
        Expect(ref reader, JsonTokenType.StartObject, $"'{MetadataName}'", "an object of texts");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = TextOf(ref reader);
            Expect(ref reader, JsonTokenType.String, $"'{FileText.Shown(key)}' in '{MetadataName}'", "a text");
            if (!_metadata.TryAdd(key, TextOf(ref reader)))
            {
                throw _bytes.Invalid(Place(ref reader), $"'{FileText.Shown(key)}' stands in '{MetadataName}' twice.");
            }
        }
    }

    private TensorInfo ReadTensor(ref Utf8JsonReader reader, string name)
    {
        string label = $"tensor '{FileText.Shown(name)}'";
        Expect(ref reader, JsonTokenType.StartObject, label, "an object");
        long place = Place(ref reader);
        TensorType? type = null;
        long[]? dimensions = null, offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = TextOf(ref reader);
            bool isTwice = key switch { "dtype" => type is not null, "shape" => dimensions is not null, "data_offsets" => offsets is not null, _ => false };
            if (isTwice)
            {
                throw _bytes.Invalid(Place(ref reader), $"{label} has '{key}' twice.");
            }

            switch (key)
            {
                case "dtype":
                    Expect(ref reader, JsonTokenType.String, $"'dtype' of {label}", "a text");
                    string text = TextOf(ref reader);
                    type = SafeTensorsTypes.Find(text)
                        ?? throw _bytes.Invalid(Place(ref reader), $"{label} is of the type '{FileText.Shown(text)}', which is not known; known are {SafeTensorsTypes.Known}.");
                    break;
                case "shape":
                    dimensions = ReadNumbers(ref reader, $"'shape' of {label}", MostDimensions);
                    break;
                case "data_offsets":
                    offsets = ReadNumbers(ref reader, $"'data_offsets' of {label}", 2);
                    break;
                default:
                    throw _bytes.Invalid(Place(ref reader), $"{label} has '{FileText.Shown(key)}', which is not known; expected 'dtype', 'shape' and 'data_offsets'.");
            }
        }

        return type is null || dimensions is null || offsets is null
            ? throw _bytes.Invalid(place, $"{label} has no '{(type is null ? "dtype" : dimensions is null ? "shape" : "data_offsets")}'.")
            : Checked(name, label, place, type.Value, dimensions, offsets);
    }

    private TensorInfo Checked(string name, string label, long place, TensorType type, long[] dimensions, long[] offsets)
    {
        if (offsets.Length != 2)
        {
            throw _bytes.Invalid(place, $"'data_offsets' of {label} are {TensorShape.Text(offsets)}; expected two, begin and end.");
        }

        long begin = offsets[0], end = offsets[1], length = _bytes.Length - _dataOffset;
        if (begin > end || end > length)
        {
            throw _bytes.Invalid(
                place, $"{label} lies from {begin} to {end}, {(begin > end ? "which runs backwards" : $"past the end of the data, which is {length} bytes long")}.");
        }

        long? count = TensorShape.Count(dimensions);
        int size = TensorTypes.SizeOf(type);
        return count is null || (Int128)count.Value * size != end - begin
            ? throw _bytes.Invalid(
                place,
                $"{label} has the dimensions {TensorShape.Text(dimensions)} and the type {type}, {(count is null ? "more than 2⁶³ − 1 numbers" : $"{(Int128)count.Value * size} bytes")}, but lies from {begin} to {end}, {end - begin} bytes.")
            : new TensorInfo(name, type, dimensions, count.Value, _dataOffset + begin, end - begin);
    }

    private void ThrowIfNotContiguous()
    {
        Tensors = [.. ByName.Values.OrderBy(tensor => tensor.ByteOffset).ThenBy(tensor => tensor.ByteLength).ThenBy(tensor => tensor.Name, StringComparer.Ordinal)];
        long expected = _dataOffset;
        foreach (TensorInfo tensor in Tensors)
        {
            if (tensor.ByteOffset != expected)
            {
                long begin = tensor.ByteOffset - _dataOffset, before = expected - _dataOffset;
                throw _bytes.Invalid(
                    tensor.ByteOffset,
                    $"tensor '{FileText.Shown(tensor.Name)}' begins at {begin} of the data, but the one before it ends at {before}: {(begin < before ? "they overlap" : "there is a hole")}.");
            }

            expected += tensor.ByteLength;
        }

        if (expected != _bytes.Length)
        {
            throw _bytes.Invalid(expected, $"the last tensor ends here, but {_bytes.Length - expected} bytes follow.");
        }
    }

    private long[] ReadNumbers(ref Utf8JsonReader reader, string what, int most)
    {
        Expect(ref reader, JsonTokenType.StartArray, what, "a list of whole numbers");
        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (numbers.Count == most)
            {
                throw _bytes.Invalid(Place(ref reader), $"{what} has more than {most} numbers.");
            }

            if (reader.TokenType != JsonTokenType.Number || reader.ValueSpan[0] == (byte)'-' || !reader.TryGetInt64(out long number))
            {
                throw _bytes.Invalid(Place(ref reader), $"number {numbers.Count + 1} of {what} is {Shown(ref reader)}; {Whole}");
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    private void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what, string expected)
    {
        reader.Read();
        if (reader.TokenType != type)
        {
            throw _bytes.Invalid(Place(ref reader), $"{what} is {Shown(ref reader)}; expected {expected}.");
        }
    }

    private string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw _bytes.Invalid(Place(ref reader), "the text here has half of a surrogate pair, which is no letter.", exception);
        }
    }

    private static string Shown(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a text",
        _ => FileText.Shown(Encoding.UTF8.GetString(reader.ValueSpan)),
    };

    private static long Place(ref Utf8JsonReader reader) => LengthBytes + reader.TokenStartIndex;
}
