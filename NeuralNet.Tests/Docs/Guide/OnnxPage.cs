using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Shapes;
using NeuralNet.Examples.OwnLayer;
using NeuralNet.Layers;
using NeuralNet.Tests.Training.Fitting;
using NeuralNet.Tests.Training.Onnx;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Onnx;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The rest of docs/guide/onnx.md.</summary>
internal sealed class OnnxPage
{
    [Test]
    public void Ends_OfAModel_CanBeNamed()
    {
        using var folder = new GuideFolder();
        string path = Path.Combine(folder.Path, "net.onnx");
        var net = new Sequential<float>(new Tanh<float>(), new BatchNorm<float>(3), new Flatten<float>());
        #region names
        OnnxFile.Save(net, path, new OnnxExportOptions { InputName = "image", OutputName = "scores", InputShape = SampleShape.Image(3, 8, 8) });
        #endregion

        OnnxModel model = OnnxModelReader.Read(File.ReadAllBytes(path), path);
        model.Inputs.Single().Name.ShouldBe("image");
        model.Inputs.Single().Dimensions.ShouldBe(["batch", 192L]);
        model.Outputs.Single().Name.ShouldBe("scores");
    }

    [Test]
    public void Training_OfWhatWasRead_GoesOn()
    {
        using var folder = new GuideFolder();
        string path = Path.Combine(folder.Path, "net.onnx");
        OnnxFile.Save(Blobs.Network(), path);
        var data = Blobs.Points(120, seed: 1);
        #region train
        Layer<double> net = OnnxFile.Load<double>(path);
        var trainer = Trainer.For(net, new SoftmaxCrossEntropy<double>(), new Adam<double>(net.Parameters, 0.001));
        trainer.Fit(data, epochs: 5);
        #endregion

        trainer.History.Epochs[^1].TrainingLoss.ShouldBeLessThan(trainer.History.Epochs[0].TrainingLoss);
        net.Parameters.Select(named => named.Name).ShouldBe(Blobs.Network().Parameters.Select(named => named.Name));
    }

    [Test]
    public void Errors_OfThePage_AreWhatIsSaid()
    {
        var own = new Sequential<float>(new Tanh<float>(), ("mine", new Affine<float>(4, 3, new Random(1))));
        using var stream = new MemoryStream();
        Should.Throw<NotSupportedException>(() => OnnxFile.Save(own, stream)).Message.ShouldBe(Page.Read("docs/guide/onnx.md").Printed("own"));

        OnnxModel model = OnnxRefusal.Of(new OnnxNode("Einsum", "features.0", ["x", "w"], ["y"], [])) with { Initializers = [OnnxRefusal.Tensor("w", 4, 4)] };
        OnnxModelWriter.Write(model, stream);
        Should.Throw<NotSupportedException>(() => OnnxFile.Load<float>(stream.ToArray(), "net.onnx")).Message.ShouldBe(Page.Read("docs/guide/onnx.md").Printed("operator"));
    }
}
