using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Layers.Saving;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Examples.Serve;

/// <summary>Something to serve: a small network that tells three kinds of invented flowers by lengths and widths of their leaves.</summary>
internal static class FlowerModel
{
    private static readonly (string Name, float[] Measures)[] s_kinds = [("daisy", [1.5f, 0.4f, 5, 3.4f]), ("iris", [4.3f, 1.3f, 6, 2.8f]), ("rose", [5.6f, 2, 6.6f, 3])];

    /// <summary>Trains it and saves it with the names of the kinds.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    public static void Train(string path)
    {
        var random = new Random(1);
        int[] labels = [.. Enumerable.Range(0, 600).Select(i => i % s_kinds.Length)];
        float[][] samples = [.. labels.Select(label => s_kinds[label].Measures.Select(x => x + random.NextSingle() - random.NextSingle()).ToArray())];
        DataSet<float> data = DataSet<float>.FromRows(samples, labels);

        var network = new Sequential<float>(
            Scaling.Standardize(data),
            new Linear<float>(data.Features, 32, random), new ReLU<float>(),
            new Linear<float>(32, data.Classes, random));
        Trainer.For(network, new SoftmaxCrossEntropy<float>(), new Adam<float>(network.Parameters, 0.01f)).Fit(data, epochs: 20);
        network.Save(path, labels: s_kinds.Select(kind => kind.Name));
    }
}
