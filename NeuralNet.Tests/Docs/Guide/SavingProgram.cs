#region saving
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Layers.Saving;
using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Tables;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

#endregion
namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The program of docs/guide/saving.md.</summary>
internal sealed class SavingProgram
{
    [Test]
    public void Program_SavedNetwork_PredictsAsBefore()
    {
        using var folder = new GuideFolder();
        string[] args = [folder.Flowers(), Path.Combine(folder.Path, "flowers.safetensors")];
        #region saving
        var data = CsvTable.Read(args[0]).ToDataSet<float>(label: "kind", features: ["length", "width"]);
        var random = new Random(1);
        var net = new Sequential<float>(
            Scaling.Standardize(data),
            new Linear<float>(data.Features, 16, random), new ReLU<float>(),
            new Linear<float>(16, data.Classes, random));
        Trainer.For(net, new SoftmaxCrossEntropy<float>(), new Adam<float>(net.Parameters, 0.01f)).Fit(data, epochs: 40);
        net.Save(args[1], labels: data.ClassNames);

        // Another program, another day: nothing of the above is needed.
        var saved = NetworkFile.Open<float>(args[1]);
        var scores = saved.Network.Forward(Matrices.FromRows<float>([5.4f, 4.6f]));
        Console.WriteLine(saved.Labels[scores.Row(0).MaximumIndex()]);
        #endregion

        saved.Labels[scores.Row(0).MaximumIndex()].ShouldBe("iris");
        scores.ShouldBe(net.Forward(Matrices.FromRows<float>([5.4f, 4.6f])));
    }
}
