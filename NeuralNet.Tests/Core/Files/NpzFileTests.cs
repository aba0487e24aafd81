using System.IO.Compression;
using NeuralNet.Core;
using NeuralNet.Core.Files;
using NeuralNet.Tests.Training.Data;

namespace NeuralNet.Tests.Core.Files;

/// <summary>Archives of arrays.</summary>
internal sealed class NpzFileTests
{
    private static readonly byte[] SoundArray = NpyBytes.Of("|u1", false, "(3,)", 1, 2, 3);

    [TestCase(CompressionLevel.NoCompression)]
    [TestCase(CompressionLevel.Optimal)]
    public void Write_SomeArrays_AreReadBack(CompressionLevel compression)
    {
        using var folder = new IdxFolder();
        string path = Path.Combine(folder.Path, "file.npz");
        Matrix<double> x = Matrices.FromRows<double>([1, 2, 3], [4, 5, 6]);
        var writer = new NpzWriter();
        writer.Add("x", x);
        writer.Add<int>("labels", [2, 2], new[] { 1, -2, 3, 4 });
        writer.Add<float>("ä/b", [0, 7], Array.Empty<float>());
        writer.Write(path, compression);
        byte[] first = File.ReadAllBytes(path);
        writer.Write(path, compression);
        File.ReadAllBytes(path).ShouldBe(first);
        using NpzFile file = NpzFile.Open(path);
        file.Names.ShouldBe(["x", "labels", "ä/b"]);
        file.ReadMatrix<double>("x").ShouldBe(x);
        file.ReadMatrix<float>("labels").ShouldBe(Matrices.FromRows<float>([1, -2], [3, 4]));
        file.ReadMatrix<float>("ä/b").ColumnCount.ShouldBe(7);
        file.Contains("y").ShouldBeFalse();
        Should.Throw<ArgumentException>(() => file.Read("y")).Message.ShouldBe($"'{path}': there is no array 'y'. There are 'x', 'labels', 'ä/b'. (Parameter 'name')");
    }

    [Test]
    public void Add_WrongName_IsRefused()
    {
        var writer = new NpzWriter();
        writer.Add<byte>("x", [1], new byte[1]);
        Should.Throw<ArgumentException>(() => writer.Add<byte>("x", [1], new byte[1])).Message.ShouldBe("There is an array 'x' already. (Parameter 'name')");
        Should.Throw<ArgumentException>(() => writer.Add<byte>(" ", [1], new byte[1]));
        Should.Throw<ArgumentException>(() => writer.Add<byte>("y", [2], new byte[1])).Message.ShouldBe("The dimensions [2] of the array say 2 numbers, got 1. (Parameter 'dimensions')");
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void Open_LimitBelowOne_IsRefusedBeforeTheFileIsLookedFor(long maxBytes)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => NpzFile.Open("none.npz", maxBytes)).ParamName.ShouldBe("maxBytes");
        Should.Throw<ArgumentOutOfRangeException>(() => NpzFile.Parse(SoundArray, "file", maxBytes)).ParamName.ShouldBe("maxBytes");
    }

    [Test]
    public void Open_LimitOfOne_ReadsWhatIsNotPacked()
    {
        using NpzFile file = NpzFile.Parse(Zip(CompressionLevel.NoCompression, ("x.npy", SoundArray)), "file", maxBytes: 1);
        file.ReadMatrix<double>("x").ShouldBe(Matrices.FromRows<double>([1, 2, 3]));
    }

    // Memory is taken in pieces of 2²⁰ bytes and more: a file that ends just where one does is too short as well.
    [Test]
    public void Read_ArrayThatEndsWithAPiece_IsTooShort()
    {
        byte[] begin = NpyBytes.Of("|u1", false, "(2000000,)");
        using NpzFile file = NpzFile.Parse(Zip(("x.npy", [.. begin, .. new byte[(1 << 20) - begin.Length]])), "file");
        Should.Throw<InvalidDataException>(() => file.Read("x")).Message
            .ShouldBe($"'file/x.npy', offset 1048576: the array ends here, but its header promises 2000000 bytes from {begin.Length} on.");
    }

    [Test]
    public void Parse_NoArchive_SaysSo() =>
        Should.Throw<InvalidDataException>(() => NpzFile.Parse(SoundArray, "file")).Message
            .ShouldBe("'file': it is no ZIP archive, as an .npz file is, or a damaged one.");

    [Test]
    public void Parse_TwoOfOneName_SaysSo() =>
        Should.Throw<InvalidDataException>(() => NpzFile.Parse(Zip(("x.npy", SoundArray), ("x.npy", SoundArray)), "file")).Message
            .ShouldBe("'file': there are two arrays 'x'.");

    [Test]
    public void Parse_OtherFilesBesides_ArePassedOver()
    {
        using NpzFile file = NpzFile.Parse(Zip(("note.txt", [1]), ("x.npy", SoundArray)), "file");
        file.Names.ShouldBe(["x"]);
    }

    private static IEnumerable<TestCaseData> Unsound =>
    [
        Case("no array", [1, 2, 3], "'file/x.npy', offset 0: the file does not begin as a .npy file does, with the byte 0x93, 'NUMPY', its version and the length of a header."),
        Case("too short", SoundArray[..^1], $"'file/x.npy', offset {SoundArray.Length - 1}: the array ends here, but its header promises 3 bytes from {SoundArray.Length - 3} on."),
        Case("too long", [.. SoundArray, 1], $"'file/x.npy', offset {SoundArray.Length}: the array ends here, but its file goes on."),
        Case("much too long", [.. SoundArray, .. new byte[100_000]], $"'file/x.npy', offset {SoundArray.Length}: the array ends here, but its file goes on."),
        Case("more than the limit", NpyBytes.Of("|u1", false, "(1048577,)", 1), "'file/x.npy', offset 74: the header promises 1048577 bytes, more than the limit of 1048576; a larger maxBytes lets it pass."),
    ];

    [TestCaseSource(nameof(Unsound))]
    public void Read_UnsoundArray_SaysWhatAndWhere(byte[] array, string message)
    {
        using NpzFile file = NpzFile.Parse(Zip(("x.npy", array)), "file", maxBytes: 1 << 20);
        Should.Throw<InvalidDataException>(() => file.Read("x")).Message.ShouldBe(message);
    }

    [Test]
    public void Read_MoreThanAnArrayOfBytesHolds_SaysSo()
    {
        using NpzFile file = NpzFile.Parse(Zip(("x.npy", NpyBytes.Of("<f8", false, "(1000000000,)", 1))), "file", maxBytes: long.MaxValue);
        Should.Throw<InvalidDataException>(() => file.Read("x")).Message
            .ShouldBe("'file/x.npy', offset 77: the header promises 8000000000 bytes, more than memory takes in one piece; unpack the archive and read the .npy file.");
    }

    // The data of a stored file lie behind its name in the archive; the archive's checksum is of what they were.
    [Test]
    public void Read_ChangedByte_IsFoundByTheChecksum()
    {
        byte[] zip = Zip(CompressionLevel.NoCompression, ("x.npy", SoundArray));
        int place = zip.AsSpan().IndexOf(SoundArray) + SoundArray.Length - 1;
        zip[place] ^= 1;
        using NpzFile file = NpzFile.Parse(zip, "file");
        Should.Throw<InvalidDataException>(() => file.Read("x")).Message.ShouldStartWith("'file/x.npy': the checksum is 0x");
    }

    // A million zeros are packed into a thousand bytes; the header says that there is one.
    [Test]
    public void Read_Bomb_StopsAtTheLengthOfTheHeader()
    {
        byte[] zip = Zip(("x.npy", NpyBytes.Of("|u1", false, "(1,)", new byte[100 << 20])));
        zip.Length.ShouldBeLessThan(1 << 20);
        using NpzFile file = NpzFile.Parse(zip, "file");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<InvalidDataException>(() => file.Read("x")).Message.ShouldEndWith("the array ends here, but its file goes on.");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    // "123456789" is the checksum's own example, in the catalogue of such checksums.
    [Test]
    public void Crc32_ItsExample_GivesItsNumber()
    {
        Crc32.Of("123456789"u8).ShouldBe(0xCBF43926u);
        Crc32.Of([]).ShouldBe(0u);
        Crc32.Of("The quick brown fox jumps over the lazy dog"u8).ShouldBe(0x414FA339u);
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] files) => Zip(CompressionLevel.Optimal, files);

    private static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in files)
            {
                using Stream entry = archive.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    private static TestCaseData Case(string name, byte[] array, string message) => new TestCaseData(array, message).SetArgDisplayNames(name);
}
