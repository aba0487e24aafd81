using System.IO.Compression;
using NeuralNet.Core.Files;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Data;

namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The rest of docs/guide/numpy.md.</summary>
internal sealed class NumPyPage
{
    private const string Page = "docs/guide/numpy.md";

    private GuideFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new GuideFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Npz_WrittenAndRead_HasItsArrays()
    {
        string path = Path.Combine(_folder.Path, "data.npz");
        Matrix<double> x = Some.Matrix<double>(6, 2);
        int[] labels = [0, 1, 2, 0, 1, 2];
        #region write-npz
        var writer = new NpzWriter();
        writer.Add("x", x);
        writer.Add<int>("labels", [labels.Length], labels);                       // whole numbers, and any number of dimensions
        writer.Write(path, CompressionLevel.Optimal);
        #endregion
        #region read-npz
        using var file = NpzFile.Open(path);                                      // np.savez("data.npz", x=x, labels=labels), packed or not
        var samples = file.ReadMatrix<double>("x");
        using var array = file.Read("labels");
        var classes = new long[array.ElementCount];
        array.ReadInt64(classes);
        var data = DataSet<double>.FromRows(samples.ToRowArrays(), [.. classes.Select(label => (int)label)]);
        #endregion

        samples.ShouldBe(x);
        data.Labels.ToArray().ShouldBe(labels);
        Quoted.ShouldBe(Should.Throw<ArgumentException>(() => file.Read("label")), Page, "name", _folder.Path);
    }

    [Test]
    public void Images_OfFourDimensions_AreRowsOfChannelsAndPositions()
    {
        string path = Path.Combine(_folder.Path, "images.npy");
        float[] numbers = [.. Enumerable.Range(0, 3 * 2 * 4 * 4).Select(i => (float)i)];
        NpyFile.Write<float>(path, numbers, 3, 2, 4, 4);
        #region images
        using var images = NpyFile.Open(path);                                    // [N, channels, height, width]
        var pixels = new float[images.ElementCount];
        images.Read(pixels);                                                      // row-major: image after image, channel after channel, row after row
        var data = new DataSet<float>(pixels, features: (int)(images.ElementCount / images.Dimensions[0]));
        #endregion

        data.Count.ShouldBe(3);
        data.Sample(1).ToArray().ShouldBe(numbers[32..64]);
        Quoted.ShouldBe(Should.Throw<ArgumentException>(() => NpyFile.ReadMatrix<float>(path)), Page, "dimensions", _folder.Path);
    }

    [Test]
    public void Number_WithoutAValueInFloat_IsRefused()
    {
        string path = Path.Combine(_folder.Path, "x.npy");
        NpyFile.Write<double>(path, new[] { 1, 1e300 }, 2);

        Quoted.ShouldBe(Should.Throw<InvalidDataException>(() => NpyFile.ReadMatrix<float>(path)), Page, "range", _folder.Path);
    }
}
