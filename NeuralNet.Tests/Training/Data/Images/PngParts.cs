using System.Buffers.Binary;
using System.IO.Compression;

namespace NeuralNet.Tests.Training.Data.Images;

/// <summary>PNG files put together from chunks that may say anything, with checksums that are right.</summary>
internal static class PngParts
{
    public static byte[] File(params byte[][] chunks) => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. chunks.SelectMany(chunk => chunk)];

    public static byte[] Header(uint width, uint height, byte bits = 8, byte kind = 0, byte compression = 0, byte filter = 0, byte interlacing = 0)
    {
        var sizes = new byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(sizes, width);
        BinaryPrimitives.WriteUInt32BigEndian(sizes.AsSpan(4), height);
        return Chunk("IHDR", [.. sizes, bits, kind, compression, filter, interlacing]);
    }

    public static byte[] Rows(params byte[] rows) => Chunk("IDAT", Packed(rows));

    public static byte[] End() => Chunk("IEND", []);

    public static byte[] Packed(byte[] rows)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            zlib.Write(rows);
        }

        return packed.ToArray();
    }

    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] checkedPart = [.. System.Text.Encoding.Latin1.GetBytes(type), .. data];
        return [.. BigEndian((uint)data.Length), .. checkedPart, .. BigEndian(Checksum(checkedPart))];
    }

    // Bit by bit, by the polynomial; the library has a table.
    private static uint Checksum(byte[] bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte value in bytes)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                uint low = (sum ^ (uint)(value >> bit)) & 1;
                sum = (sum >> 1) ^ (low * 0xEDB88320u);
            }
        }

        return ~sum;
    }

    private static byte[] BigEndian(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }
}
