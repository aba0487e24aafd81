using System.Buffers.Binary;
using System.IO.Compression;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>A PNG as a report holds it: 8 bits a channel, one chunk of data, no filters.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Header">The header's last five bytes: bits, kind of colours, compression, filters, interlacing.</param>
/// <param name="HeaderCrc">The header's check sum.</param>
/// <param name="Rows">The bytes of each row.</param>
internal sealed record Png(int Width, int Height, byte[] Header, string HeaderCrc, byte[][] Rows)
{
    /// <summary>The image of a <c>data:</c> address.</summary>
    public static Png Of(string address)
    {
        address.ShouldStartWith("data:image/png;base64,");
        byte[] file = Convert.FromBase64String(address["data:image/png;base64,".Length..]);
        Convert.ToHexString(file[..16]).ShouldBe("89504E470D0A1A0A0000000D49484452");
        (int width, int height) = (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20)));
        Convert.ToHexString(file[37..41]).ShouldBe("49444154");
        using var zlib = new ZLibStream(new MemoryStream(file, 41, BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(33))), CompressionMode.Decompress);
        using var data = new MemoryStream();
        zlib.CopyTo(data);
        byte[][] rows = [.. data.ToArray().Chunk((int)(data.Length / height))];
        rows.ShouldAllBe(row => row[0] == 0);
        // The last chunk is the same in every PNG: no data, IEND and its check sum.
        Convert.ToHexString(file[^12..]).ShouldBe("0000000049454E44AE426082");
        return new Png(width, height, file[24..29], Convert.ToHexString(file[29..33]), [.. rows.Select(row => row[1..])]);
    }
}
