using NeuralNet.Tests.Training.Data;
using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Images;

namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The rest of docs/guide/images.md.</summary>
internal sealed class ImagesPage
{
    private GuideFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new GuideFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Folder_WithTheClassesOfAnother_HasTheirNumbers()
    {
        string trainFolder = _folder.Pictures(), testFolder = trainFolder;
        #region test-folder
        var train = ImageFolder.Read<float>(trainFolder, colors: ImageColors.Grey);
        var test = ImageFolder.Read<float>(testFolder, train.ClassNames, ImageColors.Grey);
        #endregion

        test.ClassNames.ShouldBe(["column", "row"]);
        train.Shape.Channels.ShouldBe(1);
    }

    [Test]
    public void Bytes_AsADataSet_AreScaled()
    {
        #region bytes
        byte[] pixels = [0, 255, 255, 0, 255, 0, 0, 255];                         // two pictures of 2×2, one after another
        byte[] labels = [0, 1];
        var data = DataSet<float>.FromPixels(pixels, labels, features: 4, classes: 2);
        #endregion

        data.Sample(1).ToArray().ShouldBe([1, 0, 0, 1]);
    }

    [Test]
    public void IdxFiles_OfImagesAndLabels_AreADataSet()
    {
        using var idx = new IdxFolder();
        (string imagesPath, string labelsPath) = idx.WritePair("images.idx", "labels.idx.gz", 3, 0, 1, 0);
        #region idx
        var data = LabeledImages.Read<float>(imagesPath, labelsPath, classes: 2); // packed with gzip or not
        #endregion

        (data.Count, data.Shape.ToString()).ShouldBe((3, "1×1×2"));
    }

    [Test]
    public void PicturesOfTwoSizes_AreRefused()
    {
        string path = _folder.Pictures();
        PngImage.Write(Path.Combine(path, "row", "99.png"), 4, 4, new byte[16]);
        Quoted.ShouldBe(Should.Throw<InvalidDataException>(() => ImageFolder.Read<float>(path)), "docs/guide/images.md", "sizes", _folder.Path);
    }

    [Test]
    public void PicturesWithoutFoldersOfClasses_AreRefused() =>
        Quoted.ShouldBe(
            Should.Throw<InvalidDataException>(() => ImageFolder.Read<float>(Path.Combine(_folder.Pictures(), "row"))),
            "docs/guide/images.md", "no-classes", _folder.Path);
}
