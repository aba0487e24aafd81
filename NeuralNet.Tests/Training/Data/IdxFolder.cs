using System.Buffers.Binary;
using System.IO.Compression;

namespace NeuralNet.Tests.Training.Data;

/// <summary>A temporary folder of IDX files, made byte by byte from the format's definition; deleted when disposed.</summary>
internal sealed class IdxFolder : IDisposable
{
    public const uint ImagesMagic = 0x00000803;
    public const uint LabelsMagic = 0x00000801;

    public string Path { get; } = Directory.CreateTempSubdirectory("neuralnet-").FullName;

    /// <summary>The bytes of a file: the magic number, the dimensions, the values.</summary>
    public static byte[] Idx(uint magic, uint[] dimensions, params byte[] values)
    {
        var bytes = new byte[sizeof(uint) * (1 + dimensions.Length)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, magic);
        for (var i = 0; i < dimensions.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(sizeof(uint) * (1 + i)), dimensions[i]);
        }

        return [.. bytes, .. values];
    }

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>Writes a file, packed where its name ends in .gz and <paramref name="asIs"/> does not say otherwise.</summary>
    public string Write(string name, byte[] content, bool asIs = false)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, name.EndsWith(".gz", StringComparison.Ordinal) && !asIs ? Gzip(content) : content);
        return path;
    }

    /// <summary>Writes images of 1×2 pixels, image i being (i, 255), and their labels.</summary>
    public (string Images, string Labels) WritePair(string images, string labels, int count, params byte[] classOf)
    {
        var pixels = Enumerable.Range(0, count).SelectMany(i => new byte[] { (byte)i, 255 }).ToArray();
        return (
            Write(images, Idx(ImagesMagic, [(uint)count, 1, 2], pixels)),
            Write(labels, Idx(LabelsMagic, [(uint)classOf.Length], classOf)));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
