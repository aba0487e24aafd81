using System.Buffers.Binary;
using System.IO.Compression;
using NeuralNet.Core.Files;

namespace NeuralNet.Training.Data.Images;

/// <summary>Writes PNG files of 8 bits, without interlacing, rows unfiltered.</summary>
internal static class PngEncoder
{
    /// <summary>The bytes of a file. What is asked for is checked already.</summary>
    public static byte[] Encode(int width, int height, int channels, ReadOnlySpan<byte> pixels)
    {
        using var file = new MemoryStream();
        file.Write(PngFormat.Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = channels switch { 1 => PngFormat.Grey, 2 => PngFormat.GreyAndOpacity, 3 => PngFormat.Color, _ => PngFormat.ColorAndOpacity };
        header[10..].Clear();
        Write(file, "IHDR"u8, header);
        Write(file, "IDAT"u8, Packed(width * channels, height, pixels));
        Write(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Packed(int rowLength, int height, ReadOnlySpan<byte> pixels)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            for (int row = 0; row < height; row++)
            {
                // The filter of the row: none.
                zlib.WriteByte(0);
                zlib.Write(pixels.Slice(row * rowLength, rowLength));
            }
        }

        return packed.ToArray();
    }

    private static void Write(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] checkedPart = [.. type, .. data];
        file.Write(checkedPart);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(checkedPart));
        file.Write(number);
    }
}
