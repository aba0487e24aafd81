using System.Buffers.Binary;
using System.IO.Compression;

namespace NeuralNet.Training.Reports;

/// <summary>Writes pixels as a PNG of 8 bits a channel, without filters, and that as a <c>data:</c> address that a page can hold.</summary>
/// <remarks><b>Source.</b> W3C, Portable Network Graphics (PNG) specification, third edition, sections 5 and 11.2; annex D for the CRC.</remarks>
internal static class PngWriter
{
    private static readonly uint[] CrcOfByte = [.. Enumerable.Range(0, 256).Select(value => Enumerable.Range(0, 8)
        .Aggregate((uint)value, (crc, _) => (crc >> 1) ^ ((crc & 1) == 0 ? 0u : 0xEDB88320u)))];

    /// <summary>The image.</summary>
    /// <param name="pixels">Row by row, the channels of a pixel side by side: <c>height · width · channels</c> bytes.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="channels">1 for grey, 3 for colours, 4 for colours and opacity.</param>
    public static string DataUri(ReadOnlySpan<byte> pixels, int height, int width, int channels) =>
        $"data:image/png;base64,{Convert.ToBase64String(Write(pixels, height, width, channels))}";

    /// <summary>The file's bytes.</summary>
    public static byte[] Write(ReadOnlySpan<byte> pixels, int height, int width, int channels)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        const byte Bits = 8, Grey = 0, Colors = 2, ColorsAndOpacity = 6;
        header[8] = Bits;
        header[9] = channels switch { 1 => Grey, 3 => Colors, _ => ColorsAndOpacity };
        header[10..].Clear();
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compressed(pixels, width * channels));
        WriteChunk(file, "IEND"u8, default);
        return file.ToArray();
    }

    private static byte[] Compressed(ReadOnlySpan<byte> pixels, int stride)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal))
        {
            for (int start = 0; start < pixels.Length; start += stride)
            {
                zlib.WriteByte(0);
                zlib.Write(pixels.Slice(start, stride));
            }
        }

        return data.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        uint crc = Crc(Crc(uint.MaxValue, type), data) ^ uint.MaxValue;
        BinaryPrimitives.WriteUInt32BigEndian(number, crc);
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            crc = (crc >> 8) ^ CrcOfByte[(byte)(crc ^ value)];
        }

        return crc;
    }
}
