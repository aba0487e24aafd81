using NeuralNet.Training.Data.Images;
using static NeuralNet.Tests.Training.Data.Images.PngParts;

namespace NeuralNet.Tests.Training.Data.Images;

/// <summary>Pictures just beyond what is one, by the whole message.</summary>
internal sealed class ImageLimitTests
{
    private static readonly byte[] Rgb = [9, 9, 9];
    private IdxFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new IdxFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    // A chunk is 12 bytes at least, of which 11 are here; and one promises a byte more than there is.
    private static IEnumerable<TestCaseData> Files =>
    [
        Case("eleven bytes of a chunk", ", offset 8: the file ends before the picture does.", [.. File(), .. new byte[11]]),
        Case("five bytes of a chunk", ", offset 8: the file ends before the picture does.", [.. File(), .. new byte[5]]),
        Case("a byte too few", ", offset 33: a chunk promises 3 bytes, but 2 follow.", [.. File(Header(1, 1)), 0, 0, 0, 3, .. "IDAT"u8, 1, 2, 0, 0, 0, 0]),
        Case("colour beyond the palette", ": the pixel in row 0, column 0 is beyond the 1 colours of the palette.", File(Header(1, 1, kind: 3), Chunk("PLTE", Rgb), Rows(0, 1), End())),
        Case("no colours", ", offset 33: a palette has 1 to 256 colours of three bytes, once; got 0 bytes.", File(Header(1, 1, kind: 3), Chunk("PLTE", []), Rows(0, 0), End())),
        Case("257 colours", ", offset 33: a palette has 1 to 256 colours of three bytes, once; got 771 bytes.", File(Header(1, 1, kind: 3), Chunk("PLTE", new byte[771]), Rows(0, 0), End())),
        Case("more opacities than colours", ", offset 48: 2 bytes of transparency do not fit pixels of kind 3.", File(Header(1, 1, kind: 3), Chunk("PLTE", Rgb), Chunk("tRNS", new byte[2]), Rows(0, 0), End())),
        Case("no opacities", ", offset 48: 0 bytes of transparency do not fit pixels of kind 3.", File(Header(1, 1, kind: 3), Chunk("PLTE", Rgb), Chunk("tRNS", []), Rows(0, 0), End())),
    ];

    [TestCaseSource(nameof(Files))]
    public void ReadPng_JustBeyond_SaysWhatAndWhere(string message, byte[] file)
    {
        string path = _folder.Write("a.png", file);
        Should.Throw<InvalidDataException>(() => PngImage.Read(path)).Message.ShouldBe($"'{path}'{message}");
    }

    // Of 16 bits a picture is half as large as its rows: 1.6·10⁹ bytes of 3.2·10⁹.
    [Test]
    public void ReadPng_RowsBeyondAnArray_AreRefused()
    {
        string path = _folder.Write("a.png", File(Header(40_000, 40_000, bits: 16), Rows(0, 1), End()));
        Should.Throw<InvalidDataException>(() => PngImage.Read(path, maxBytes: long.MaxValue)).Message
            .ShouldBe($"'{path}', offset 8: the rows of 40000×40000 pixels are 3200040000 bytes, more than an array holds.");
    }

    [Test]
    public void ReadPng_AllColoursOfAPalette_AreTaken()
    {
        byte[] palette = [.. Enumerable.Range(0, 768).Select(i => (byte)(i / 3))];
        PngImage.Read(_folder.Write("a.png", File(Header(2, 1, kind: 3), Chunk("PLTE", palette), Rows(0, 0, 255), End()))).Pixels.ShouldBe([0, 0, 0, 255, 255, 255]);
    }

    [TestCase("P2 1 1", ", offset 6: the file ends within the largest value.")]
    [TestCase("P2 1", ", offset 4: the file ends within the height.")]
    public void ReadNetpbm_EndInTheHeader_SaysWhere(string text, string message)
    {
        string path = _folder.Write("a.pgm", System.Text.Encoding.ASCII.GetBytes(text));
        Should.Throw<InvalidDataException>(() => NetpbmImage.Read(path)).Message.ShouldBe($"'{path}'{message}");
    }

    // P1 to P7 are of the family, of which four are read.
    [TestCase("P0 1 1", "begins with 5030203120")]
    [TestCase("P8 1 1", "begins with 5038203120")]
    [TestCase("P1 1 1", ", offset 0: P1 is not read; P2, P3, P5 and P6 are.")]
    [TestCase("P7 1 1", ", offset 0: P7 is not read; P2, P3, P5 and P6 are.")]
    public void Read_NetpbmOfAnotherNumber_IsRefused(string text, string message)
    {
        string path = _folder.Write("a", System.Text.Encoding.ASCII.GetBytes(text));
        Should.Throw<InvalidDataException>(() => RasterImage.Read(path)).Message.ShouldContain(message);
        Should.Throw<InvalidDataException>(() => NetpbmImage.Read(path)).Message.ShouldStartWith($"'{path}', offset 0: {(text[1] is '0' or '8' ? "expected P2, P3, P5 or P6" : text[..2])}");
    }

    [Test]
    public void Bytes_FileLongerThanTheLimit_IsRefusedBeforeItIsRead()
    {
        string path = _folder.Write("a", new byte[11]);
        ImageFile.Bytes(path, 11).Length.ShouldBe(11);
        Should.Throw<InvalidDataException>(() => ImageFile.Bytes(path, 10)).Message.ShouldBe($"'{path}' has 11 bytes, more than the limit of 10.");
    }

    [Test]
    public void ReadFolder_BlankName_IsRefused() => Should.Throw<ArgumentException>(() => ImageFolder.Read<float>(" ")).ParamName.ShouldBe("folder");

    [TestCase(0, 0)]
    [TestCase(5, 5)]
    public void RasterImage_ChannelsThatAreNone_AreRefused(int channels, int bytes) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new RasterImage(1, 1, channels, new byte[bytes])).ParamName.ShouldBe("channels");

    [Test]
    public void RasterImage_OtherBytes_AreRefusedWithWhatIsNeeded() => Should.Throw<ArgumentException>(() => new RasterImage(2, 3, 2, new byte[11])).Message
        .ShouldBe("A picture of 2×3 pixels with 2 channels has 12 bytes, got 11. (Parameter 'pixels')");

    // 0.299·100 + 0.587·200 + 0.114·50 = 153.
    [Test]
    public void As_GreyOfAllPixels_IsTheirLuma()
    {
        byte[] pixels = [.. Enumerable.Range(0, 6).SelectMany(i => new[] { (byte)100, (byte)200, (byte)50 })];
        RasterImage grey = new RasterImage(2, 3, 3, pixels).As(ImageColors.Grey);
        (grey.Width, grey.Height, grey.Channels).ShouldBe((2, 3, 1));
        grey.Pixels.ShouldBe([153, 153, 153, 153, 153, 153]);
    }

    private static TestCaseData Case(string name, string message, byte[] file) => new TestCaseData(message, file).SetArgDisplayNames(name);
}
