using System.Buffers.Binary;
using System.Text;

namespace NeuralNet.Core.Files;

/// <summary>The header of a .npy file: what it says of the array, and where the numbers begin.</summary>
internal sealed class NpyHeader
{
    // What 64 dimensions of 20 digits need is far less; version 1 cannot have more.
    private const int MostBytes = ushort.MaxValue;

    // NumPy lets the numbers begin at a multiple of it.
    private const int Alignment = 64;

    private NpyHeader(TensorType type, bool isBigEndian, bool isFortranOrder, long[] dimensions, long count, long dataOffset)
    {
        (Type, IsBigEndian, IsFortranOrder) = (type, isBigEndian, isFortranOrder);
        (Dimensions, Count, DataOffset) = (dimensions, count, dataOffset);
    }

    /// <summary>The type of the numbers.</summary>
    public TensorType Type { get; }

    /// <summary>Whether the highest byte of a number comes first.</summary>
    public bool IsBigEndian { get; }

    /// <summary>Whether the first index varies fastest.</summary>
    public bool IsFortranOrder { get; }

    /// <summary>The dimensions.</summary>
    public long[] Dimensions { get; }

    /// <summary>How many numbers there are.</summary>
    public long Count { get; }

    /// <summary>Where they begin.</summary>
    public long DataOffset { get; }

    /// <summary>How many bytes they have; at most 2⁶³ − 1.</summary>
    public long DataBytes => Count * TensorTypes.SizeOf(Type);

    private static ReadOnlySpan<byte> Signature => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a header.</summary>
    /// <param name="bytes">The file, or as much of its begin as there is.</param>
    /// <exception cref="InvalidDataException">It is not sound.</exception>
    public static NpyHeader Read(FileBytes bytes)
    {
        const int Fixed = 10;
        Span<byte> begin = stackalloc byte[Fixed + 2];
        int known = (int)Math.Min(begin.Length, bytes.Length);
        bytes.Read(0, begin[..known]);
        if (known < Fixed || !begin.StartsWith(Signature))
        {
            throw bytes.Invalid(0, "the file does not begin as a .npy file does, with the byte 0x93, 'NUMPY', its version and the length of a header.");
        }

        (int major, int minor) = (begin[6], begin[7]);
        if (major is < 1 or > 3 || minor != 0)
        {
            throw bytes.Invalid(6, $"the version is {major}.{minor}; expected 1.0, 2.0 or 3.0.");
        }

        int before = major == 1 ? Fixed : Fixed + 2;
        if (known < before)
        {
            throw bytes.Invalid(8, "the file ends within the length of its header.");
        }

        long length = major == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(begin[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(begin[8..]);
        if (length > MostBytes || length > bytes.Length - before)
        {
            throw bytes.Invalid(8, $"the header is to be {length} bytes long, {(length > MostBytes ? $"more than {MostBytes}, which no array needs" : $"but {bytes.Length - before} follow")}.");
        }

        byte[] text = new byte[length];
        bytes.Read(before, text);
        return Of(new NpyHeaderText(bytes, before, Encoding.Latin1.GetString(text)), bytes, before, before + length);
    }

    /// <summary>Refuses a file that is longer or shorter than its array.</summary>
    /// <param name="bytes">The whole file.</param>
    public void ThrowIfNotOfLength(FileBytes bytes)
    {
        long follow = bytes.Length - DataOffset;
        if (follow != DataBytes)
        {
            throw bytes.Invalid(DataOffset, $"an array {TensorShape.Text(Dimensions)} of {Type} has {DataBytes} bytes, but {follow} follow the header.");
        }
    }

    /// <summary>The header of an array, as NumPy writes it: version 1.0, lowest byte first.</summary>
    /// <param name="type">The type of its numbers.</param>
    /// <param name="isFortranOrder">Whether the first index varies fastest.</param>
    /// <param name="dimensions">The dimensions.</param>
    public static byte[] Bytes(TensorType type, bool isFortranOrder, ReadOnlySpan<int> dimensions)
    {
        var shape = new StringBuilder();
        foreach (int dimension in dimensions)
        {
            shape.Append(shape.Length == 0 ? "" : " ").Append(System.Globalization.CultureInfo.InvariantCulture, $"{dimension},");
        }

        // A tuple of one number ends with its comma, one of more does not.
        string tuple = dimensions.Length > 1 ? shape.ToString(0, shape.Length - 1) : shape.ToString();
        string text = $"{{'descr': '{NpyTypes.NameOf(type)}', 'fortran_order': {(isFortranOrder ? "True" : "False")}, 'shape': ({tuple}), }}";
        int unpadded = Signature.Length + 4 + text.Length + 1, length = text.Length + 1 + ((Alignment - (unpadded % Alignment)) % Alignment);
        if (length > MostBytes)
        {
            throw new ArgumentException($"An array in a .npy file has fewer than {dimensions.Length} dimensions.", nameof(dimensions));
        }

        byte[] number = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(number, (ushort)length);
        return [.. Signature, 1, 0, .. number, .. Encoding.ASCII.GetBytes(text.PadRight(length - 1)), (byte)'\n'];
    }

    private static NpyHeader Of(NpyHeaderText text, FileBytes bytes, int textOffset, long dataOffset)
    {
        text.ReadAll();
        TensorType type = NpyTypes.Find(text.Type!, out bool isBigEndian)
            ?? throw bytes.Invalid(textOffset, $"the array is of the type '{FileText.Shown(text.Type!)}', {NpyTypes.Remark(text.Type!)}; those that are read are {NpyTypes.Known}, with < or > before those of several bytes.");
        long? count = TensorShape.Count(text.Dimensions);
        return count is { } found && (Int128)found * TensorTypes.SizeOf(type) <= long.MaxValue
            ? new NpyHeader(type, isBigEndian, text.IsFortranOrder!.Value, text.Dimensions!, found, dataOffset)
            : throw bytes.Invalid(textOffset, $"an array {TensorShape.Text(text.Dimensions)} of {type} has more than 2⁶³ − 1 bytes.");
    }
}
