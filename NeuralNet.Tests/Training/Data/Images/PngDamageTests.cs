using NeuralNet.Training.Data.Images;
using static NeuralNet.Tests.Training.Data.Images.PngParts;

namespace NeuralNet.Tests.Training.Data.Images;

/// <summary>PNG files that are damaged, lie, or are not read.</summary>
internal sealed class PngDamageTests
{
    private IdxFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new IdxFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    private static IEnumerable<TestCaseData> Files =>
    [
        Case("NoSignature", "offset 0: the signature of PNG is missing", "GIF89a not a png"u8.ToArray()),
        Case("SignatureAlone", "offset 8: the file ends before the picture does", File()),
        Case("NoEnd", "the file ends before the picture does", File(Header(1, 1), Rows(0, 1))),
        Case("Interlaced", "the picture is interlaced (Adam7), which is not read", File(Header(1, 1, interlacing: 1), Rows(0, 1), End())),
        Case("NoHeader", "the first chunk is IDAT, expected IHDR", File(Rows(0, 1), End())),
        Case("TwoHeaders", "a second header", File(Header(1, 1), Header(1, 1), Rows(0, 1), End())),
        Case("ShortHeader", "the header has 4 bytes, expected 13", File(Chunk("IHDR", new byte[4]), Rows(0, 1), End())),
        Case("NoWidth", "the header says 0×1 pixels", File(Header(0, 1), Rows(0, 1), End())),
        Case("NegativeHeight", "the header says 1×4294967295 pixels", File(Header(1, uint.MaxValue), Rows(0, 1), End())),
        Case("KindNotKnown", "pixels of kind 5 with 8 bits", File(Header(1, 1, kind: 5), Rows(0, 1), End())),
        Case("BitsOfKind", "pixels of kind 2 with 4 bits", File(Header(1, 1, bits: 4, kind: 2), Rows(0, 1), End())),
        Case("Compression", "compression 1 and filter 0", File(Header(1, 1, compression: 1), Rows(0, 1), End())),
        Case("Interlacing", "interlacing 7", File(Header(1, 1, interlacing: 7), Rows(0, 1), End())),
        Case("NoRows", "no chunk IDAT", File(Header(1, 1), End())),
        Case("FewRows", "the rows unpack to 2 bytes, but the header promises 4", File(Header(1, 2), Rows(0, 1), End())),
        Case("ManyRows", "the rows unpack to more than the 2 bytes", File(Header(1, 1), Rows(0, 1, 0, 1), End())),
        Case("Filter", "row 1 has filter 5", File(Header(1, 2), Rows(0, 1, 5, 1), End())),
        Case("NotPacked", "the packed rows are damaged", File(Header(1, 1), Chunk("IDAT", [1, 2, 3, 4, 5, 6]), End())),
        Case("Dictionary", "the packed rows are damaged", File(Header(1, 1), Chunk("IDAT", [0x78, 0x3F, 0, 0, 0, 1, 0, 0]), End())),
        Case("CutOff", "", File(Header(40, 40), Chunk("IDAT", Packed([.. Enumerable.Range(0, 1640).Select(i => (byte)(i % 41 == 0 ? 0 : i * i))])[..^9]), End())),
        Case("NoPalette", "the palette is missing", File(Header(1, 1, kind: 3), Rows(0, 0), End())),
        Case("BeyondPalette", "row 0, column 1 is beyond the 1 colours of the palette", File(Header(2, 1, kind: 3), Chunk("PLTE", [1, 2, 3]), Rows(0, 0, 1), End())),
        Case("PalettePart", "a palette has 1 to 256 colours of three bytes, once; got 4 bytes", File(Header(1, 1, kind: 3), Chunk("PLTE", new byte[4]), Rows(0, 0), End())),
        Case("Transparency", "5 bytes of transparency do not fit pixels of kind 0", File(Header(1, 1), Chunk("tRNS", new byte[5]), Rows(0, 0), End())),
        Case("TransparencyTwice", "2 bytes of transparency do not fit pixels of kind 4", File(Header(1, 1, kind: 4), Chunk("tRNS", new byte[2]), Rows(0, 0, 0), End())),
        Case("CriticalChunk", "the chunk 'NEWS' is needed", File(Header(1, 1), Chunk("NEWS", []), Rows(0, 0), End())),
        Case("Checksum", "but the file says", Changed(File(Header(1, 1), Rows(0, 0), End()), 20)),
        Case("LongChunk", "a chunk promises 2147483648 bytes", [.. File(Header(1, 1)), 0x80, 0, 0, 0, .. "IDAT"u8, 0, 0, 0, 0]),
        Case("Promises", "more than the limit of 1073741824", File(Header(60_000, 60_000), Rows(0, 1), End())),
        Case("PromisesColor", "more than the limit", File(Header(int.MaxValue, int.MaxValue, bits: 16, kind: 6), Rows(0, 1), End())),
    ];

    [TestCaseSource(nameof(Files))]
    public void Read_DamagedFile_SaysWhatIsWrong(string message, byte[] file)
    {
        string path = _folder.Write("a.png", file);
        Should.Throw<InvalidDataException>(() => PngImage.Read(path)).Message.ShouldSatisfyAllConditions(
            text => text.ShouldStartWith($"'{path}'"), text => text.ShouldContain(message));
    }

    // 30,000×30,000 pixels are below the limit: the memory must come of what unpacks, a few bytes.
    [Test]
    public void Read_HeaderThatPromisesMuch_TakesLittleMemory()
    {
        string path = _folder.Write("a.png", File(Header(30_000, 30_000), Rows(0, 1, 2), End()));
        Should.Throw<InvalidDataException>(() => PngImage.Read(path));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<InvalidDataException>(() => PngImage.Read(path)).Message.ShouldContain("the rows unpack to 3 bytes, but the header promises 900030000");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4 << 20);
    }

    [Test]
    public void Read_Limit_IsTheMostThatIsAccepted()
    {
        var pixels = new byte[100 * 100];
        string path = _folder.Write("a.png", PngImage.ToBytes(100, 100, pixels));
        PngImage.Read(path, maxBytes: 10_000).Pixels.Length.ShouldBe(10_000);
        Should.Throw<InvalidDataException>(() => PngImage.Read(path, maxBytes: 9_999)).Message
            .ShouldContain("the header promises 100×100 pixels of 1 channels, 10000 bytes, more than the limit of 9999; a larger maxBytes lets it pass");
        Should.Throw<InvalidDataException>(() => PngImage.Read(path, maxBytes: 10)).Message.ShouldContain("bytes, more than the limit of 10");
        Should.Throw<ArgumentOutOfRangeException>(() => PngImage.Read(path, maxBytes: 0)).ParamName.ShouldBe("maxBytes");
    }

    [Test]
    public void Read_SomethingAfterTheEnd_IsNotLookedAt() =>
        PngImage.Read(_folder.Write("a.png", [.. File(Header(1, 1), Rows(0, 77), End()), 1, 2, 3])).Pixels.ShouldBe([77]);

    private static TestCaseData Case(string name, string message, byte[] file) => new TestCaseData(message, file).SetArgDisplayNames(name);

    private static byte[] Changed(byte[] file, int place)
    {
        file[place] ^= 1;
        return file;
    }
}
