using System.IO.Compression;
using NeuralNet.Training.Data;
using static NeuralNet.Tests.Training.Data.IdxFolder;

namespace NeuralNet.Tests.Training.Data;

/// <summary>What must not take the memory or the time of whoever reads: large files, and what is no regular file.</summary>
internal sealed class IdxFileLimitTests
{
    private IdxFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new IdxFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("labels")]
    [TestCase("labels.gz")]
    public void ReadLabels_Limit_IsTheMostThatIsAccepted(string name)
    {
        string path = _folder.Write(name, Idx(LabelsMagic, [5], 1, 2, 3, 4, 5));
        IdxFile.ReadLabels(path, maxBytes: 5).ShouldBe([1, 2, 3, 4, 5]);
        Should.Throw<InvalidDataException>(() => IdxFile.ReadLabels(path, maxBytes: 4)).Message
            .ShouldEndWith("the header promises 5 bytes, more than the limit of 4; a larger maxBytes lets it pass.");
    }

    [Test]
    public void ReadImages_Limit_CountsPixels()
    {
        string path = _folder.Write("images", Idx(ImagesMagic, [1, 2, 3], 1, 2, 3, 4, 5, 6));
        IdxFile.ReadImages(path, maxBytes: 6).Pixels.Length.ShouldBe(6);
        Should.Throw<InvalidDataException>(() => IdxFile.ReadImages(path, maxBytes: 5)).Message.ShouldContain("1×2×3 = 6 bytes, more than the limit of 5");
    }

    [Test]
    public void ReadImages_PackedFileThatHoldsMoreThanTheDefaultLimit_IsRefusedBeforeItIsUnpacked()
    {
        // An honest header: 1.5 GB of zeros are to come, of which 20 MB are there, packed to a thousandth.
        string path = Path.Combine(_folder.Path, "bomb.gz");
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            gzip.Write(Idx(ImagesMagic, [1500, 1000, 1000]));
            gzip.Write(new byte[20_000_000]);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<InvalidDataException>(() => IdxFile.ReadImages(path)).Message.ShouldContain("= 1500000000 bytes, more than the limit of 1073741824");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void ReadImages_HeaderThatClaimsMoreThanThereIs_TakesTwiceWhatThereIsAtMost(bool packed)
    {
        // 3 MB are there, 900 MB promised: of a packed file 1 MB, 2 MB and 4 MB are made.
        string path = _folder.Write(packed ? "images.gz" : "images", Idx(ImagesMagic, [900, 1000, 1000], new byte[3_000_000]));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<InvalidDataException>(() => IdxFile.ReadImages(path));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(packed ? 8_000_000 : 1_000_000);
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(long.MinValue)]
    public void Read_LimitBelowOne_IsRefusedByName(long limit)
    {
        string path = _folder.Write("labels", Idx(LabelsMagic, [1], 1));
        Should.Throw<ArgumentOutOfRangeException>(() => IdxFile.ReadLabels(path, limit)).ParamName.ShouldBe("maxBytes");
        Should.Throw<ArgumentOutOfRangeException>(() => IdxFile.ReadImages(path, limit)).ParamName.ShouldBe("maxBytes");
    }

    [Test]
    public void Load_Limit_HoldsForEachFileOfTheFolder()
    {
        _folder.WritePair("train-images-idx3-ubyte", "train-labels-idx1-ubyte", 3, 0, 1, 2);
        _folder.WritePair("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", 2, 0, 1);
        MnistFolder.Load<float>(_folder.Path, maxBytes: 6).Train.Count.ShouldBe(3);
        Should.Throw<InvalidDataException>(() => MnistFolder.Load<float>(_folder.Path, maxBytes: 5)).Message.ShouldContain("more than the limit of 5");
    }

    [Test]
    public void Read_Folder_IsSaidToBeOne() =>
        Should.Throw<InvalidDataException>(() => IdxFile.ReadLabels(_folder.Path)).Message
            .ShouldBe($"'{_folder.Path}' is a folder; expected an IDX file of labels, plain or gzip.");

    [Test]
    [Platform("Linux, MacOsX")]
    [CancelAfter(20_000)]
    public void Read_Pipe_IsRefusedAndNotWaitedFor()
    {
        string pipe = Path.Combine(_folder.Path, "pipe");
        using (var make = System.Diagnostics.Process.Start("mkfifo", pipe))
        {
            make.WaitForExit();
        }

        Task<string> reading = Task.Run(() => Should.Throw<InvalidDataException>(() => IdxFile.ReadImages(pipe)).Message);
        reading.Wait(10_000).ShouldBeTrue("it waits for somebody who writes to the pipe");
        reading.Result.ShouldContain($"'{pipe}' is empty, or no regular file but a pipe or a device");
    }

    [TestCase("/dev/zero")]
    [TestCase("/dev/null")]
    [Platform("Linux, MacOsX")]
    public void Read_Device_IsRefused(string device) =>
        Should.Throw<InvalidDataException>(() => IdxFile.ReadImages(device)).Message.ShouldContain("no regular file");

    [Test]
    [Platform("Linux, MacOsX")]
    public void Read_LinkToAFile_IsReadAndLinkToADeviceRefused()
    {
        string file = _folder.Write("labels", Idx(LabelsMagic, [2], 7, 8));
        string link = Path.Combine(_folder.Path, "link"), toDevice = Path.Combine(_folder.Path, "device");
        File.CreateSymbolicLink(link, file);
        File.CreateSymbolicLink(toDevice, "/dev/zero");
        IdxFile.ReadLabels(link).ShouldBe([7, 8]);
        Should.Throw<InvalidDataException>(() => IdxFile.ReadLabels(toDevice)).Message.ShouldContain("no regular file");
        string toLink = Path.Combine(_folder.Path, "link to a link");
        File.CreateSymbolicLink(toLink, toDevice);
        Should.Throw<InvalidDataException>(() => IdxFile.ReadLabels(toLink)).Message.ShouldContain("no regular file");
    }

    [TestCase("")]
    [TestCase(" ")]
    public void Read_NoPath_IsRefusedByName(string path) =>
        Should.Throw<ArgumentException>(() => IdxFile.ReadLabels(path)).ParamName.ShouldBe("path");
}
