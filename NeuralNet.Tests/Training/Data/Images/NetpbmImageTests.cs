using NeuralNet.Training.Data.Images;

namespace NeuralNet.Tests.Training.Data.Images;

internal sealed class NetpbmImageTests
{
    private IdxFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new IdxFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("P2\n3 1\n255\n0 128 255\n")]
    [TestCase("P2 # grey\n# two lines\n3 #w\n1\n255 0\t128\r\n255")]
    [TestCase("P5 3 1 255\n\0\u0080\u00FF")]
    [TestCase("P5\n# made by hand\n3 1\n255\n\0\u0080\u00FF")]
    public void Read_Grey_GivesItsPixels(string text)
    {
        RasterImage image = Read(text);
        (image.Width, image.Height, image.Channels).ShouldBe((3, 1, 1));
        image.Pixels.ShouldBe([0, 128, 255]);
    }

    [TestCase("P3\n1 2\n255\n1 2 3\n4 5 6\n")]
    [TestCase("P6 1 2 255 \u0001\u0002\u0003\u0004\u0005\u0006")]
    public void Read_Color_GivesItsPixels(string text)
    {
        RasterImage image = Read(text);
        (image.Width, image.Height, image.Channels).ShouldBe((1, 2, 3));
        image.Pixels.ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    // 7·255/15 = 119 exactly; 500·255/1000 = 127.5 and 501·255/1000 = 127.755; 0x0102 of 65535 is 258·255/65535 = 1.004.
    [TestCase("P2 2 1 15 7 15", new byte[] { 119, 255 })]
    [TestCase("P2 2 1 1000 500 501", new byte[] { 128, 128 })]
    [TestCase("P2 2 1 1 0 1", new byte[] { 0, 255 })]
    [TestCase("P5 1 1 65535 \u0001\u0002", new byte[] { 1 })]
    public void Read_OtherLargestValue_IsScaledTo255(string text, byte[] pixels) => Read(text).Pixels.ShouldBe(pixels);

    [TestCase("P2", "the file ends within the width")]
    [TestCase("P2 3", "the file ends within the height")]
    [TestCase("P2 4 1 255 0 128", "4 numbers do not fit into the 6 bytes that follow")]
    [TestCase("P2 3 1 255 0 128", "the file ends within value 3 of 3")]
    [TestCase("P2 3 1 255 0 128  \n\n  ", "the file ends within value 3 of 3")]
    [TestCase("P2 1 1 255 0 9", "the picture ends here (1 values), but the file goes on")]
    [TestCase("P2 1 1 255 256", "the value 256 is above the largest one, 255")]
    [TestCase("P2 1 1 255 -1", "expected value 1 of 1, a number")]
    [TestCase("P2 1x 1 255 1", "expected the width, a number")]
    [TestCase("P2 0 1 255 1", "the header says 0×1 pixels")]
    [TestCase("P2 1 1 0 0", "the largest value is 0, expected 1 to 65535")]
    [TestCase("P2 1 1 65536 0", "the largest value is 65536")]
    [TestCase("P2 99999999999 1 255 1", "the width is above 2147483647")]
    [TestCase("P2 1000000000 1 255 1", "1000000000 numbers do not fit into the 2 bytes that follow")]
    [TestCase("P5 2147483647 2147483647 255 1", "more than the limit of 1073741824")]
    [TestCase("P5 3 1 255\n\0", "the picture has 3 values of 1 bytes, but 1 bytes follow")]
    [TestCase("P5 1 1 255", "but 0 bytes follow")]
    [TestCase("P5 1 1 255\n\0\0", "but 2 bytes follow")]
    [TestCase("P5 1 1 256\n\0", "the picture has 1 values of 2 bytes, but 1 bytes follow")]
    [TestCase("P5 1 1 100\ne", "the value 101 is above the largest one, 100")]
    [TestCase("P4 1 1\n\0", "P4 is not read; P2, P3, P5 and P6 are")]
    [TestCase("P2# 1 1 255 1", "the file ends within the width")]
    public void Read_DamagedFile_SaysWhatIsWrong(string text, string message) => Should.Throw<InvalidDataException>(() => Read(text)).Message.ShouldContain(message);

    [Test]
    public void Read_OtherFormat_IsRefusedWithItsFirstBytes()
    {
        Should.Throw<InvalidDataException>(() => Read("GIF89a")).Message.ShouldEndWith("begins with 474946383961; expected a PNG, PGM or PPM file.");
        Should.Throw<InvalidDataException>(() => NetpbmImage.Read(_folder.Write("x", "GIF89a"u8.ToArray()))).Message.ShouldContain("expected P2, P3, P5 or P6");
        Should.Throw<FileNotFoundException>(() => NetpbmImage.Read(Path.Combine(_folder.Path, "none")));
    }

    private RasterImage Read(string text) => RasterImage.Read(_folder.Write("image", System.Text.Encoding.Latin1.GetBytes(text)));
}
