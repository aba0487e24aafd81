using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Randomness;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Examples.Spirals;

/// <summary>A classifier of points of the plane, trained on all points at once.</summary>
internal sealed class Classifier
{
    private const int Hidden = 100;
    private const double Rate = 0.02;

    private readonly Layer<double> _network;

    private Classifier(string name, Layer<double> network, (double Low, double High) expected) =>
        (Name, _network, Expected) = (name, network, expected);

    /// <summary>What it is.</summary>
    public string Name { get; }

    /// <summary>The accuracies on the training points that it must reach: from the first to the second.</summary>
    public (double Low, double High) Expected { get; }

    /// <summary>A linear score function: its regions are bounded by straight lines, which cut the arms.</summary>
    /// <param name="seed">What its first weights are drawn from.</param>
    public static Classifier Linear(long seed) => new(
        "linear", new Linear<double>(2, SpiralArms.Arms, new Philox(seed).Fork(1)), expected: (0.4, 0.6));

    /// <summary>Two layers with a ReLU between them, whose regions bend along the arms.</summary>
    /// <param name="seed">What its first weights are drawn from.</param>
    public static Classifier TwoLayers(long seed)
    {
        Philox random = new Philox(seed).Fork(2);
        return new Classifier(
            "two layers",
            new Sequential<double>(
                new Linear<double>(2, Hidden, random), new ReLU<double>(),
                new Linear<double>(Hidden, SpiralArms.Arms, random)),
            expected: (0.98, 1));
    }

    /// <summary>Trains it, and measures it on what it was trained on.</summary>
    /// <param name="data">The points.</param>
    /// <param name="steps">Steps of Adam, 1 or more.</param>
    /// <returns>The loss before the last step, and the accuracy after it.</returns>
    public (double Loss, double Accuracy) Train(DataSet<double> data, int steps)
    {
        Batch<double> all = new BatchLoader<double>(data, data.Count).First();
        var loss = new SoftmaxCrossEntropy<double>();
        var adam = new Adam<double>(_network.Parameters, Rate);
        Cache<double> cache = new(), lossCache = new();
        double value = double.NaN;
        for (int step = 0; step < steps; step++)
        {
            value = loss.Forward(_network.Forward(all.Inputs, cache), all.Labels, lossCache);
            _network.ZeroGradients();
            loss.Backward(lossCache, _network, cache);
            adam.Step();
        }

        var accuracy = new Accuracy<double>();
        accuracy.Add(_network.Forward(all.Inputs), all.Labels);
        return (value, accuracy.Value);
    }

    /// <summary>The class of each point, the one with the highest score.</summary>
    /// <param name="points">The points <c>[N×2]</c>.</param>
    public int[] Classify(Matrix<double> points)
    {
        Matrix<double> scores = _network.Forward(points);
        return [.. Enumerable.Range(0, points.RowCount).Select(row => scores.Row(row).MaximumIndex())];
    }
}
