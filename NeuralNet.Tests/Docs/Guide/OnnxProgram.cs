#region onnx
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Tables;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Onnx;
using NeuralNet.Training.Optimizers;

#endregion
namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The program of docs/guide/onnx.md.</summary>
internal sealed class OnnxProgram
{
    [Test]
    public void Program_ANetworkOfATable_IsWrittenAndReadAgain()
    {
        using var folder = new GuideFolder();
        string[] args = [folder.Flowers(), Path.Combine(folder.Path, "flowers.onnx")];
        #region onnx
        var data = CsvTable.Read(args[0]).ToDataSet<float>(label: "kind", features: ["length", "width"]);
        var random = new Random(1);
        var net = new Sequential<float>(
            Scaling.Standardize(data),
            new Linear<float>(data.Features, 16, random), new ReLU<float>(),
            new Linear<float>(16, data.Classes, random));
        Trainer.For(net, new SoftmaxCrossEntropy<float>(), new Adam<float>(net.Parameters, 0.01f)).Fit(data, epochs: 40);

        OnnxFile.Save(new Sequential<float>(net, new Softmax<float>()), args[1]);  // args[1]: "flowers.onnx"

        var read = OnnxFile.Load<float>(args[1]);
        var chances = read.Forward(Matrices.FromRows<float>([5.4f, 4.6f]));
        Console.WriteLine(data.ClassNames[chances.Row(0).MaximumIndex()]);
        #endregion

        data.ClassNames[chances.Row(0).MaximumIndex()].ShouldBe("iris");
        chances.ShouldBe(new Softmax<float>().Forward(net.Forward(Matrices.FromRows<float>([5.4f, 4.6f]))));
        read.ToString().ShouldBe(new Sequential<float>(net, new Softmax<float>()).ToString());
    }
}
