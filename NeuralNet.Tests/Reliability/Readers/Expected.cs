using System.Buffers.Binary;
using System.IO.Compression;
using NeuralNet.Tests.Training.Data;

namespace NeuralNet.Tests.Reliability.Readers;

/// <summary>What a file holds, by the definition of the format and nothing else.</summary>
internal static class Expected
{
    /// <summary>The dimensions and values of an IDX file, packed or not; null where it is not one.</summary>
    public static (uint[] Dimensions, byte[] Values)? Of(byte[] file, bool isImages)
    {
        byte[]? content = file is [0x1F, 0x8B, ..] ? Unpacked(file) : file;
        int count = isImages ? 3 : 1, header = 4 * (1 + count);
        if (content is null || content.Length < header
            || BinaryPrimitives.ReadUInt32BigEndian(content) != (isImages ? IdxFolder.ImagesMagic : IdxFolder.LabelsMagic))
        {
            return null;
        }

        uint[] dimensions = [.. Enumerable.Range(1, count).Select(i => BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(4 * i)))];
        UInt128 product = dimensions.Aggregate(UInt128.One, (sofar, size) => sofar * size);
        return product > 0 && product == (UInt128)(content.Length - header) ? (dimensions, content[header..]) : null;
    }

    private static byte[]? Unpacked(byte[] file)
    {
        using var gzip = new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
        using var content = new MemoryStream();
        try
        {
            gzip.CopyTo(content);
            return content.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
