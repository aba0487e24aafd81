using NeuralNet.Training.Data;
using static NeuralNet.Tests.Training.Data.IdxFolder;

namespace NeuralNet.Tests.Training.Data;

/// <summary>What can be wrong only with a file that is, or should be, packed.</summary>
internal sealed class IdxFileGzipTests
{
    private readonly byte[] _packed = Gzip(Idx(LabelsMagic, [200], [.. Enumerable.Range(0, 200).Select(i => (byte)(i * i))]));
    private IdxFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new IdxFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void ReadLabels_NeitherGzipNorIdx_SaysSo() => Error("<html>not found</html>"u8.ToArray()).ShouldEndWith(
        "labels.gz', offset 0: the magic number is 0x3C68746D, expected 0x00000801 (IDX, labels). "
        + "It is not gzip either (1F 8B); is it a page of a web site saved under this name?");

    // The first byte of gzip alone makes none.
    [Test]
    public void ReadLabels_HalfTheMarkOfGzip_IsReadAsItIs() => Error([0x1F, 0, 0, 1, 0, 0, 0, 1, 5]).ShouldContain(
        "labels.gz', offset 0: the magic number is 0x1F000001, expected 0x00000801 (IDX, labels). It is not gzip either (1F 8B)");

    [Test]
    public void ReadLabels_GzipOfSomethingElse_NamesTheMagicNumber() => Error(Gzip("<html>"u8.ToArray())).ShouldEndWith(
        "labels.gz', offset 0 of the unpacked data: the magic number is 0x3C68746D, expected 0x00000801 (IDX, labels).");

    [Test]
    public void ReadLabels_GzipCutBeforeItsEnd_IsRefused()
    {
        // gzip ends with the CRC-32 and the length, four bytes each; without them the values are all there still.
        for (var length = 2; length < _packed.Length - 8; length++)
        {
            var message = Error(_packed[..length]);

            message.ShouldContain("labels.gz', offset ", customMessage: $"cut to {length} of {_packed.Length} bytes");
            message.ShouldContain(" of the unpacked data: ");
        }
    }

    [Test]
    public void ReadLabels_DamagedGzip_NamesFileAndOffset()
    {
        var damaged = _packed.ToArray();
        damaged[10] = 0xFF; // the first block of deflate now has the reserved type 3

        Error(damaged).ShouldContain("labels.gz', offset 0 of the unpacked data: the gzip data is damaged or cut off (");
    }

    [Test]
    public void ReadLabels_WrongChecksum_IsRefused()
    {
        var damaged = _packed.ToArray();
        damaged[^5] ^= 1; // of the CRC-32

        Error(damaged).ShouldContain("the gzip data is damaged or cut off (");
    }

    private string Error(byte[] content)
    {
        var path = _folder.Write("labels.gz", content, asIs: true);
        return Should.Throw<InvalidDataException>(() => IdxFile.ReadLabels(path)).Message;
    }
}
