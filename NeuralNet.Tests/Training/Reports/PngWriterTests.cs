using System.Buffers.Binary;
using System.IO.Compression;
using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>Images as files.</summary>
internal sealed class PngWriterTests
{
    [TestCase(1, 0)]
    [TestCase(3, 2)]
    [TestCase(4, 6)]
    public void Write_Pixels_ReadBack(int channels, int colorType)
    {
        byte[] pixels = [.. Enumerable.Range(0, 2 * 5 * channels).Select(i => (byte)(11 * i))];

        byte[] file = PngWriter.Write(pixels, height: 2, width: 5, channels);

        Convert.ToHexString(file[..8]).ShouldBe("89504E470D0A1A0A");
        BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)).ShouldBe(5);
        BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20)).ShouldBe(2);
        file[24..29].ShouldBe([8, (byte)colorType, 0, 0, 0]);
        int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(33));
        using var zlib = new ZLibStream(new MemoryStream(file, 41, length), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zlib.CopyTo(rows);
        int stride = 5 * channels;
        rows.ToArray().ShouldBe([0, .. pixels[..stride], 0, .. pixels[stride..]]);
        // The last chunk is the same in every PNG: no data, IEND, and its CRC.
        Convert.ToHexString(file[^12..]).ShouldBe("0000000049454E44AE426082");
    }
}
