using System.Numerics;
using NeuralNet.Core.Shapes;
using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Images;

namespace NeuralNet.Tests.Training.Data.Images;

[TestFixture(TypeArgs = [typeof(float)])]
[TestFixture(TypeArgs = [typeof(double)])]
internal sealed class ImageFolderTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private IdxFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new IdxFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Read_SubFolders_AreClassesInOrder()
    {
        Write("cat/b.png", PngImage.ToBytes(2, 1, [20, 21]));
        Write("cat/a.png", PngImage.ToBytes(2, 1, [10, 11]));
        Write("bird/x.pgm", "P2 2 1 255 0 255"u8.ToArray());
        Write("cat/.hidden", [1]);
        Write("list.txt", [1]);

        DataSet<T> data = ImageFolder.Read<T>(_folder.Path);

        data.ClassNames.ShouldBe(["bird", "cat"]);
        data.Labels.ToArray().ShouldBe([0, 1, 1]);
        data.Shape.ShouldBe(SampleShape.Image(1, 1, 2));
        data.Samples.ToArray().ShouldBe(new[] { 0, 255, 10, 11, 20, 21 }.Select(value => T.CreateChecked(value) / T.CreateChecked(255)));
    }

    // A sample has one channel after the other.
    [Test]
    public void Read_Color_IsChannelByChannel()
    {
        Write("a/a.png", PngImage.ToBytes(1, 2, [1, 2, 3, 4, 5, 6]));
        DataSet<T> data = ImageFolder.Read<T>(_folder.Path);
        data.Shape.ShouldBe(SampleShape.Image(3, 2, 1));
        data.Samples.ToArray().ShouldBe(new[] { 1, 4, 2, 5, 3, 6 }.Select(value => T.CreateChecked(value) / T.CreateChecked(255)));
    }

    [Test]
    public void Read_Classes_OfTheTrainingPartKeepTheirNumbers()
    {
        Write("dog/a.png", PngImage.ToBytes(1, 1, [1]));
        DataSet<T> data = ImageFolder.Read<T>(_folder.Path, ["cat", "dog", "emu"]);
        (data.Labels[0], data.Classes).ShouldBe((1, 3));
        data.ClassNames.ShouldBe(["cat", "dog", "emu"]);
        Should.Throw<InvalidDataException>(() => ImageFolder.Read<T>(_folder.Path, ["cat", "emu"])).Message.ShouldEndWith("is none of the classes cat, emu.");
        Should.Throw<ArgumentException>(() => ImageFolder.Read<T>(_folder.Path, ["dog", "dog"])).Message.ShouldStartWith("Names 0 and 1 of the classes are both 'dog'.");
    }

    // 0.299·200 + 0.587·100 + 0.114·50 = 124.2.
    [Test]
    public void Read_Colors_CanBeMadeTheSame()
    {
        Write("a/a.png", PngImage.ToBytes(1, 1, [200, 100, 50]));
        Write("a/b.png", PngImage.ToBytes(1, 1, [7]));
        Write("a/c.png", PngImage.ToBytes(1, 1, [9, 255]));
        ImageFolder.Read<T>(_folder.Path, colors: ImageColors.Grey).Samples.ToArray().ShouldBe(new[] { 124, 7, 9 }.Select(value => T.CreateChecked(value) / T.CreateChecked(255)));
        ImageFolder.Read<T>(_folder.Path, colors: ImageColors.Color).Samples.ToArray()
            .ShouldBe(new[] { 200, 100, 50, 7, 7, 7, 9, 9, 9 }.Select(value => T.CreateChecked(value) / T.CreateChecked(255)));
        Should.Throw<InvalidDataException>(() => ImageFolder.Read<T>(_folder.Path)).Message.ShouldContain("a.png' has 1×1 pixels of 3 channels, but");
    }

    [Test]
    public void Read_PixelThatIsNotOpaque_HasNoColour()
    {
        Write("a/a.png", PngImage.ToBytes(2, 1, [1, 255, 2, 254]));
        Should.Throw<InvalidDataException>(() => ImageFolder.Read<T>(_folder.Path, colors: ImageColors.Grey)).Message.ShouldContain("row 0, column 1 is not opaque");
        ImageFolder.Read<T>(_folder.Path).Shape.ShouldBe(SampleShape.Image(2, 1, 2));
    }

    [Test]
    public void Read_TwoSizes_NamesBothFiles()
    {
        Write("a/a.png", PngImage.ToBytes(2, 1, [1, 2]));
        Write("b/b.png", PngImage.ToBytes(1, 2, [1, 2]));
        Should.Throw<InvalidDataException>(() => ImageFolder.Read<T>(_folder.Path)).Message.ShouldSatisfyAllConditions(
            message => message.ShouldContain("a.png' has 2×1 pixels"), message => message.ShouldContain("b.png' 1×2"));
    }

    [Test]
    public void Read_WhatIsNoFolderOfPictures_IsRefused()
    {
        Should.Throw<DirectoryNotFoundException>(() => ImageFolder.Read<T>(Path.Combine(_folder.Path, "none")));
        Should.Throw<InvalidDataException>(() => ImageFolder.Read<T>(_folder.Path)).Message.ShouldContain("has no sub-folders");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "a"));
        Should.Throw<InvalidDataException>(() => ImageFolder.Read<T>(_folder.Path)).Message.ShouldContain("has no files");
        Write("a/a.jpg", [0xFF, 0xD8, 0xFF, 0xE0]);
        Should.Throw<InvalidDataException>(() => ImageFolder.Read<T>(_folder.Path)).Message.ShouldContain("a.jpg' begins with FFD8FFE0; expected a PNG, PGM or PPM file.");
    }

    [Test]
    public void Read_Limit_CountsAllPictures()
    {
        Write("a/a.png", PngImage.ToBytes(100, 50, new byte[5000]));
        Write("a/b.png", PngImage.ToBytes(100, 50, new byte[5000]));
        ImageFolder.Read<T>(_folder.Path, maxBytes: 10_000).Count.ShouldBe(2);
        Should.Throw<InvalidDataException>(() => ImageFolder.Read<T>(_folder.Path, maxBytes: 9_999)).Message.ShouldContain("b.png' the pictures are more than the limit of 9999");
    }

    private void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.Path, name))!);
        _folder.Write(name, content);
    }
}
