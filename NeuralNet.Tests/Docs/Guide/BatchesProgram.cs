#region batches
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Tables;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

#endregion
namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The program of docs/guide/batches.md.</summary>
internal sealed class BatchesProgram
{
    [Test]
    public void Program_WithNoise_Learns()
    {
        using var folder = new GuideFolder();
        string[] args = [folder.Flowers()];
        #region batches
        var data = CsvTable.Read(args[0]).ToDataSet<float>(label: "kind");
        var (random, noise) = (new Random(1), new Random(2));
        var net = new Sequential<float>(
            Scaling.Standardize(data),
            new Linear<float>(data.Features, 16, random), new ReLU<float>(),
            new Linear<float>(16, data.Classes, random));
        var trainer = Trainer.For(net, new SoftmaxCrossEntropy<float>(), new Adam<float>(net.Parameters, 0.01f));

        var batches = new BatchLoader<float>(data, 32, seed: 1).Select(batch => new Batch<float>(
            batch.Inputs.Map(x => x + (0.2f * (noise.NextSingle() - 0.5f))), batch.Labels));
        Console.WriteLine(trainer.Fit(batches.Prefetch(), epochs: 30));           // Prefetch: prepared by another thread
        #endregion

        trainer.Evaluate(data).Loss.ShouldBeLessThan(0.2);
    }
}
