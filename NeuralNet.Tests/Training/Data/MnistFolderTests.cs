using NeuralNet.Training.Data;

namespace NeuralNet.Tests.Training.Data;

internal sealed class MnistFolderTests
{
    private IdxFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new IdxFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("")]
    [TestCase(".gz")]
    public void Load_FourFiles_GivesBothSets(string extension)
    {
        WriteTrain(extension);
        WriteTest(extension);

        var (train, test) = MnistFolder.Load<float>(_folder.Path);

        (train.Count, train.Features, train.Classes).ShouldBe((3, 2, 10));
        train.Labels.ToArray().ShouldBe([5, 0, 4]);
        (test.Count, test.Features, test.Classes).ShouldBe((2, 2, 10));
        test.Labels.ToArray().ShouldBe([7, 2]);
        test.Sample(1).ToArray().ShouldBe([1 / 255f, 1f]);
    }

    [Test]
    public void Load_PlainAndPackedSideBySide_ReadsThePlain()
    {
        WriteTrain("");
        WriteTest("");
        File.WriteAllText(Path.Combine(_folder.Path, "train-images-idx3-ubyte.gz"), "half a download");

        MnistFolder.Load<float>(_folder.Path).Train.Count.ShouldBe(3);
    }

    [Test]
    public void Load_MissingFolder_NamesItAndWhatWasExpected()
    {
        var missing = Path.Combine(_folder.Path, "mnist");

        var message = Should.Throw<DirectoryNotFoundException>(() => MnistFolder.Load<float>(missing)).Message;

        message.ShouldContain($"'{missing}' does not exist");
        message.ShouldContain("train-images-idx3-ubyte");
        message.ShouldContain("t10k-labels-idx1-ubyte");
    }

    [TestCase("")]
    [TestCase(" ")]
    public void Load_NoFolder_IsRefusedByName(string folder) =>
        Should.Throw<ArgumentException>(() => MnistFolder.Load<float>(folder)).ParamName.ShouldBe("folder");

    [Test]
    public void Load_MissingFile_NamesFolderAndNamesLookedFor()
    {
        WriteTrain(".gz");

        Should.Throw<FileNotFoundException>(() => MnistFolder.Load<float>(_folder.Path)).Message.ShouldBe(
            $"The folder '{_folder.Path}' has no file 't10k-images-idx3-ubyte' and no 't10k-images-idx3-ubyte.gz'.");
    }

    [Test]
    public void Load_ImagesOfTwoSizes_NamesBothFiles()
    {
        WriteTrain("");
        WriteTest("");
        _folder.Write("t10k-images-idx3-ubyte", IdxFolder.Idx(IdxFolder.ImagesMagic, [2, 1, 1], 1, 2));

        var message = Should.Throw<InvalidDataException>(() => MnistFolder.Load<float>(_folder.Path)).Message;

        message.ShouldContain("train-images-idx3-ubyte' has images of 2 pixels");
        message.ShouldContain("t10k-images-idx3-ubyte' of 1");
        message.ShouldEndWith("Are they from the same set?");
    }

    private void WriteTrain(string extension) =>
        _folder.WritePair("train-images-idx3-ubyte" + extension, "train-labels-idx1-ubyte" + extension, 3, 5, 0, 4);

    private void WriteTest(string extension) =>
        _folder.WritePair("t10k-images-idx3-ubyte" + extension, "t10k-labels-idx1-ubyte" + extension, 2, 7, 2);
}
