using NeuralNet.Core.Files;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Layers.Saving;
using NeuralNet.Tests.Training.Fitting;

namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The rest of docs/guide/pytorch.md. What PyTorch does with such files is tested by PyTorchTests, by the same Python.</summary>
internal sealed class PyTorchPage
{
    private const string Page = "docs/guide/pytorch.md";

    // What the page shows is what the tests run.
    [Test]
    public void Python_OfThePage_IsThatOfTheTests()
    {
        string script = File.ReadAllText(Path.Combine(Docs.Page.Root, "NeuralNet.Tests", "Reference", "safetensors_files.py")).ReplaceLineEndings("\n");

        Docs.Page.Read(Page).Text.ShouldContain($"```python\n{script}```");
    }

    [Test]
    public void Load_ModuleWithNamesOfItsOwn_RenamesOrNames()
    {
        using var folder = new GuideFolder();
        string path = Path.Combine(folder.Path, "model.safetensors");
        var file = new SafeTensorsWriter();
        var source = new Sequential<double>(("fc1", new Linear<double>(2, 8, new Random(7))), new Tanh<double>(), ("fc2", new Linear<double>(8, 3, new Random(7))));
        file.AddNetwork(source);
        file.Write(path);
        var random = new Random(1);
        Sequential<double> other = Blobs.Network();
        #region names
        // class Net(nn.Module): self.fc1 = nn.Linear(2, 8); self.fc2 = nn.Linear(8, 3)
        var net = new Sequential<double>(("fc1", new Linear<double>(2, 8, random)), new Tanh<double>(), ("fc2", new Linear<double>(8, 3, random)));
        net.Load(path);
        other.Load(path, rename: name => name.Replace("fc1.", "0.").Replace("fc2.", "2."));       // into one with other names
        #endregion

        Blobs.Weights(net).ShouldBe(Blobs.Weights(source));
        Blobs.Weights(other).ShouldBe(Blobs.Weights(source));
        var without = new Sequential<double>(("fc1", new Linear<double>(2, 8, random, bias: false)), new Tanh<double>(), ("fc2", new Linear<double>(8, 3, random)));
        Quoted.ShouldBe(Should.Throw<InvalidDataException>(() => without.Load(path)), Page, "unexpected", folder.Path);
        Quoted.ShouldBe(Should.Throw<InvalidDataException>(() => NetworkFile.Open<double>(path)), Page, "bare", folder.Path);
    }
}
