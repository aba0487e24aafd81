using System.Buffers.Binary;
using System.Numerics;

namespace NeuralNet.Training.TensorBoard;

/// <summary>A file of records, each framed as TensorFlow does: <c>length (8 bytes), checksum of it (4), data, checksum of the data (4)</c>, all
/// little-endian.</summary>
/// <remarks>The checksum is CRC-32C (Castagnoli), rotated right by 15 bits, plus a constant, so that checksums of data that holds checksums stay useful.
/// <b>Source.</b> TensorFlow's documentation of the TFRecord format.</remarks>
/// <param name="stream">Where records go. It is the file's from here on.</param>
internal sealed class EventFile(Stream stream) : IDisposable
{
    private const int LengthBytes = sizeof(ulong);
    private const int ChecksumBytes = sizeof(uint);

    /// <summary>Appends a record.</summary>
    /// <param name="data">Its data, of any length.</param>
    public void Write(ReadOnlySpan<byte> data)
    {
        Span<byte> header = stackalloc byte[LengthBytes + ChecksumBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[LengthBytes..], MaskedChecksum(header[..LengthBytes]));
        stream.Write(header);
        stream.Write(data);
        Span<byte> footer = header[..ChecksumBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(footer, MaskedChecksum(data));
        stream.Write(footer);
    }

    /// <summary>Hands what was written to the operating system.</summary>
    public void Flush() => stream.Flush();

    public void Dispose() => stream.Dispose();

    private static uint MaskedChecksum(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        while (data.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[sizeof(ulong)..];
        }

        foreach (byte value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return unchecked(BitOperations.RotateRight(~crc, 15) + 0xA282EAD8);
    }
}
