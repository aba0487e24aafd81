using NeuralNet.Training.Data;
using static NeuralNet.Tests.Training.Data.IdxFolder;

namespace NeuralNet.Tests.Training.Data;

[TestFixture("images")]
[TestFixture("images.gz")]
internal sealed class IdxFileTests(string name)
{
    private readonly bool _packed = name.EndsWith(".gz", StringComparison.Ordinal);
    private IdxFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new IdxFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void ReadImages_ValidFile_GivesDimensionsAndPixels()
    {
        var images = IdxFile.ReadImages(_folder.Write(name, Idx(ImagesMagic, [2, 1, 3], 0, 1, 2, 253, 254, 255)));

        (images.Count, images.Rows, images.Columns).ShouldBe((2, 1, 3));
        images.Pixels.ShouldBe([0, 1, 2, 253, 254, 255]);
    }

    [Test]
    public void ReadImages_LargerThanOnePieceOfPackedData_IsComplete()
    {
        var pixels = new byte[5 * 1000 * 1000];
        new Random(1).NextBytes(pixels);

        var images = IdxFile.ReadImages(_folder.Write(name, Idx(ImagesMagic, [5, 1000, 1000], pixels)));

        images.Pixels.AsSpan().SequenceEqual(pixels).ShouldBeTrue();
    }

    [Test]
    public void ReadLabels_ValidFile_GivesLabels() =>
        IdxFile.ReadLabels(_folder.Write(name, Idx(LabelsMagic, [4], 5, 0, 9, 255))).ShouldBe([5, 0, 9, 255]);

    [Test]
    public void ReadImages_OtherwiseNamed_IsReadByItsContent()
    {
        var content = Idx(ImagesMagic, [1, 1, 1], 7);
        var path = _folder.Write(_packed ? "images" : "images.gz", _packed ? Gzip(content) : content, asIs: true);

        IdxFile.ReadImages(path).Pixels.ShouldBe([7]);
    }

    [Test]
    public void ReadImages_MissingFile_NamesItAndWhatWasExpected()
    {
        var path = Path.Combine(_folder.Path, name);

        var error = Should.Throw<FileNotFoundException>(() => IdxFile.ReadImages(path));

        error.Message.ShouldBe($"'{path}' does not exist; expected an IDX file of images, plain or gzip.");
        error.FileName.ShouldBe(path);
    }

    [Test]
    public void ReadImages_FileOfLabels_SaysSo() => ImagesError(Idx(LabelsMagic, [1], 5)).ShouldBe(
        At(0, "the magic number is 0x00000801, expected 0x00000803 (IDX, images). This is a file of labels."));

    [Test]
    public void ReadLabels_FileOfImages_SaysSo()
    {
        var path = _folder.Write(name, Idx(ImagesMagic, [1, 1, 1], 5));

        Should.Throw<InvalidDataException>(() => IdxFile.ReadLabels(path)).Message.ShouldBe(
            At(0, "the magic number is 0x00000803, expected 0x00000801 (IDX, labels). This is a file of images."));
    }

    [Test]
    public void ReadImages_OtherMagicNumber_NamesBoth() => ImagesError(Idx(0x00000D03, [1, 1, 1], 5)).ShouldStartWith(
        At(0, "the magic number is 0x00000D03, expected 0x00000803 (IDX, images)."));

    [TestCase(1, 0, "the magic number")]
    [TestCase(3, 0, "the magic number")]
    [TestCase(4, 4, "dimension 1 of 3")]
    [TestCase(9, 8, "dimension 2 of 3")]
    [TestCase(15, 12, "dimension 3 of 3")]
    public void ReadImages_TruncatedHeader_NamesWhatIsMissing(int length, int offset, string what) =>
        ImagesError(Idx(ImagesMagic, [1, 1, 1], 5)[..length]).ShouldBe(
            At(offset, $"the file ends within {what}; expected an IDX file of images, plain or gzip."));

    [Test]
    public void ReadImages_EmptyFile_IsRefused()
    {
        var path = _folder.Write(name, [], asIs: true);

        Should.Throw<InvalidDataException>(() => IdxFile.ReadImages(path)).Message.ShouldBe(
            $"'{path}' is empty, or no regular file but a pipe or a device; expected an IDX file of images, plain or gzip.");
    }

    [Test]
    public void ReadImages_TruncatedData_SaysHowMuchIsThere() => ImagesError(Idx(ImagesMagic, [2, 2, 2], 1, 2, 3)).ShouldBe(
        _packed
            ? At(19, "the data ends after 3 bytes, but the header promises 2×2×2 = 8 bytes.")
            : At(4, "the header promises 2×2×2 = 8 bytes, but 3 follow it."));

    [Test]
    public void ReadImages_MoreDataThanPromised_IsRefused() => ImagesError(Idx(ImagesMagic, [1, 2, 2], 1, 2, 3, 4, 5)).ShouldBe(
        At(20, "the images end here (1×2×2 = 4 bytes), but the file goes on."));

    [TestCase(0u, 28u, 28u)]
    [TestCase(1u, 0u, 28u)]
    [TestCase(uint.MaxValue, uint.MaxValue, 0u)]
    public void ReadImages_ZeroDimension_IsRefused(uint count, uint rows, uint columns) =>
        ImagesError(Idx(ImagesMagic, [count, rows, columns])).ShouldBe(
            At(4, $"the header says {count}×{rows}×{columns}; every dimension must be 1 or more."));

    // 2^16 · 2^17 · 2^31 is 0 in 64 bits.
    [TestCase(0x10000u, 0x20000u, 0x80000000u)]
    [TestCase(uint.MaxValue, uint.MaxValue, uint.MaxValue)]
    public void ReadImages_ProductOverflows_IsRefused(uint count, uint rows, uint columns) =>
        ImagesError(Idx(ImagesMagic, [count, rows, columns], 1)).ShouldBe(
            At(4, $"the header promises {count}×{rows}×{columns} = {(UInt128)count * rows * columns} bytes, "
                + (_packed ? $"more than an array holds ({Array.MaxLength})." : "but 1 follow it.")));

    [Test]
    public void ReadImages_HeaderPromisesTwoGigabytes_IsRefusedBeforeAllocatingThem()
    {
        var path = _folder.Write(name, Idx(ImagesMagic, [2_000_000, 28, 28 + 8], 1, 2, 3));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Should.Throw<InvalidDataException>(() => IdxFile.ReadImages(path)).Message.ShouldContain("2016000000");

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4_000_000);
    }

    private string ImagesError(byte[] content)
    {
        var path = _folder.Write(name, content);
        return Should.Throw<InvalidDataException>(() => IdxFile.ReadImages(path)).Message;
    }

    private string At(int offset, string problem) =>
        $"'{Path.Combine(_folder.Path, name)}', offset {offset}{(_packed ? " of the unpacked data" : "")}: {problem}";
}
