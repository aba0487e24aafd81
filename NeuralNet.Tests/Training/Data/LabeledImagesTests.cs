using NeuralNet.Training.Data;

namespace NeuralNet.Tests.Training.Data;

internal sealed class LabeledImagesTests
{
    private IdxFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new IdxFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Read_ValidPair_GivesScaledSamplesAndLabels()
    {
        var (images, labels) = _folder.WritePair("images", "labels.gz", 3, 0, 2, 1);

        var data = LabeledImages.Read<double>(images, labels, classes: 3);

        (data.Count, data.Features, data.Classes).ShouldBe((3, 2, 3));
        data.Samples.ToArray().ShouldBe([0, 1, 1 / 255.0, 1, 2 / 255.0, 1]);
        data.Labels.ToArray().ShouldBe([0, 2, 1]);
    }

    [Test]
    public void Read_CountsDiffer_NamesBothFilesAndCounts()
    {
        var (images, labels) = _folder.WritePair("images", "labels", 3, 0, 1);

        Should.Throw<InvalidDataException>(() => LabeledImages.Read<float>(images, labels, 10)).Message.ShouldBe(
            $"'{images}' has 3 images (offset 4), but '{labels}' has 2 labels (offset 4). Are they from the same set?");
    }

    [Test]
    public void Read_LabelOutOfRange_NamesFileIndexValueAndOffset()
    {
        var (images, labels) = _folder.WritePair("images", "labels.gz", 4, 0, 9, 10, 11);

        Should.Throw<InvalidDataException>(() => LabeledImages.Read<float>(images, labels, 10)).Message.ShouldBe(
            $"'{labels}', offset 10: label 2 is 10; with 10 classes it must be 0 to 9.");
    }

    [Test]
    public void Read_FirstLabelOutOfRange_NamesTheFileToo()
    {
        var (images, labels) = _folder.WritePair("images", "labels", 2, 10, 0);

        Should.Throw<InvalidDataException>(() => LabeledImages.Read<float>(images, labels, 10)).Message.ShouldBe(
            $"'{labels}', offset 8: label 0 is 10; with 10 classes it must be 0 to 9.");
    }

    [TestCase(0)]
    [TestCase(257)]
    public void Read_ClassesOutOfRange_AreRefused(int classes) =>
        Should.Throw<ArgumentOutOfRangeException>(() => LabeledImages.Read<float>("images", "labels", classes))
            .Message.ShouldContain($"{classes}");
}
