using NeuralNet.Core;
using NeuralNet.Core.Files;
using NeuralNet.Core.Functions;
using NeuralNet.Examples.OwnLayer;
using NeuralNet.Layers;
using NeuralNet.Layers.Saving;
using NeuralNet.Tests.Support;
using NeuralNet.Tests.Training.Fitting;
using NeuralNet.Training.Data.Text;

namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The rest of docs/guide/saving.md.</summary>
internal sealed class SavingPage
{
    private const string Page = "docs/guide/saving.md";

    private GuideFolder _folder = null!;
    private string _path = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new GuideFolder();
        _path = Path.Combine(_folder.Path, "model.safetensors");
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Texts_SavedBeside_ComeBack()
    {
        Sequential<double> net = Blobs.Network();
        string path = _path;
        var vocabulary = new Vocabulary(["the", "a", "cat"]);
        #region texts
        net.Save(path, texts: new Dictionary<string, string> { ["vocabulary"] = vocabulary.ToJson(), ["trained on"] = "2026-11-21" });
        SavedNetwork<double> saved = NetworkFile.Open<double>(path);
        Vocabulary same = Vocabulary.FromJson(saved.Text("vocabulary"));
        #endregion

        same.Words.ShouldBe(["the", "a", "cat"]);
        Quoted.ShouldBe(Should.Throw<InvalidDataException>(() => saved.Text("tags")), Page, "text");
    }

    [Test]
    public void Load_IntoANetworkThatIsThere_TakesAllOrNothing()
    {
        Sequential<double> net = Blobs.Network(seed: 1), other = Blobs.Network(seed: 2);
        string path = _path;
        #region load
        net.Save(path);
        other.Load(path);
        #endregion

        Blobs.Weights(other).ShouldBe(Blobs.Weights(net));
        var wide = new Sequential<double>(new Linear<double>(2, 8, new Random(1)), new Tanh<double>(), ("last", new Linear<double>(8, 3, new Random(1))));
        Quoted.ShouldBe(Should.Throw<InvalidDataException>(() => wide.Load(path)), Page, "different", _folder.Path);
    }

    [Test]
    public void Load_PartOfAFile_SaysWhatItDid()
    {
        Blobs.Network().Save(_path);
        string path = _path;
        var random = new Random(2);
        #region partial
        var net = new Sequential<double>(new Linear<double>(2, 8, random), new Tanh<double>(), new Linear<double>(8, 5, random));    // five classes now
        PartialLoad load = net.LoadPartial(path);
        Console.WriteLine($"loaded {string.Join(", ", load.Loaded)}; not: {string.Join("; ", load.Different)}");
        #endregion

        load.Loaded.ShouldBe(["0.weight", "0.bias"], ignoreOrder: true);
        $"loaded {string.Join(", ", load.Loaded)}; not: {string.Join("; ", load.Different)}".ShouldBe(Docs.Page.Read(Page).Printed("partial").ReplaceLineEndings(" "));
    }

    [Test]
    public void Load_UnderOtherNames_Renames()
    {
        Sequential<double> net = Blobs.Network(seed: 1);
        var encoder = new Sequential<double>(("hidden", new Linear<double>(2, 8, new Random(5))), new Tanh<double>(), ("scores", new Linear<double>(8, 3, new Random(5))));
        encoder.Save(_path);
        string path = _path;
        #region rename
        net.Load(path, rename: name => name.Replace("hidden.", "0.").Replace("scores.", "2."));
        #endregion

        Blobs.Weights(net).ShouldBe(Blobs.Weights(encoder));
    }

    [Test]
    public void Open_LayerOfOnesOwn_IsMadeKnown()
    {
        var random = new Random(1);
        var net = new Sequential<float>(new Affine<float>(3, 4, random), new ReLU<float>(), new Affine<float>(4, 2, random));
        net.Save(_path);
        string path = _path;
        Quoted.ShouldBe(Should.Throw<InvalidDataException>(() => NetworkFile.Open<float>(path)), Page, "kind", _folder.Path);
        #region kinds
        var kinds = new GateKinds<float>();
        kinds.Add("Affine", saved => new Affine<float>(saved.Size("inputs"), saved.Size("outputs"), new Random(0)));
        Layer<float> opened = NetworkFile.Open(path, kinds).Network;
        #endregion

        Matrix<float> x = Some.Matrix<float>(4, 3);
        SameBits.Hold(opened.Forward(x), net.Forward(x));
    }

    [Test]
    public void File_OfANetwork_HoldsTensorsAndTexts()
    {
        new Sequential<float>(new Linear<float>(3, 2, new Random(1)), new ReLU<float>()).Save(_path, labels: ["no", "yes"]);
        string path = _path;
        var lines = new List<string>();
        #region content
        using var file = SafeTensorsFile.Open(path);
        lines.AddRange(file.Tensors.Select(tensor => $"{tensor}"));
        lines.AddRange(file.Metadata.Select(text => $"{text.Key} = {text.Value}"));
        #endregion

        string.Join('\n', lines).ShouldBe(Docs.Page.Read(Page).Printed("content"));
    }

    [Test]
    public void File_CutOff_IsRefused()
    {
        new Linear<float>(3, 2, new Random(1)).Save(_path);
        File.WriteAllBytes(_path, File.ReadAllBytes(_path)[..^5]);

        Quoted.ShouldBe(Should.Throw<InvalidDataException>(() => NetworkFile.Open<float>(_path)), Page, "cut", _folder.Path);
    }
}
