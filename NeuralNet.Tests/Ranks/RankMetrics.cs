using System.Globalization;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Ranks;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Ranks;

namespace NeuralNet.Tests.Ranks;

/// <summary>Metrics of the samples of all ranks, beside one that is given all samples.</summary>
internal static class RankMetrics
{
    /// <summary>Compares the metrics; throws where one differs.</summary>
    public static void Run(ICommunicator ranks)
    {
        const int Samples = 24;
        var net = new Sequential<double>(new Linear<double>(2, 2, new Random(1)), new Tanh<double>());
        var parallel = new DataParallel<double>(ranks, net, new SGD<double>(net.Parameters, 0.1));
        Matrix<double> logits = Some.Matrix<double>(Samples, 3, 1), targets = Some.Matrix<double>(Samples, 3, 2);
        int[] labels = Some.Labels(Samples, 3, 3);
        (Metric<double, ReadOnlyMemory<int>> Whole, Metric<double, ReadOnlyMemory<int>> Part)[] ofLabels =
        [
            (new Accuracy<double>(), new Accuracy<double>()), (new F1<double>(), new F1<double>()), (new RocAuc<double>(), new RocAuc<double>()), (new LogLoss<double>(), new LogLoss<double>()),
            (new ExpectedCalibrationError<double>(), new ExpectedCalibrationError<double>()), (new TopKAccuracy<double>(2), new TopKAccuracy<double>(2)),
        ];
        (Metric<double, Matrix<double>> Whole, Metric<double, Matrix<double>> Part)[] ofMatrices = [(new RSquared<double>(), new RSquared<double>()), (new MeanSquaredErrorMetric<double>(), new MeanSquaredErrorMetric<double>())];
        // The last rank has nothing, unless it is alone.
        int parts = Math.Max(1, ranks.Size - 1), begin = Samples * Math.Min(ranks.Rank, parts) / parts, count = (Samples * Math.Min(ranks.Rank + 1, parts) / parts) - begin;
        foreach ((Metric<double, ReadOnlyMemory<int>> whole, Metric<double, ReadOnlyMemory<int>> part) in ofLabels)
        {
            whole.Add(logits, labels);
            if (count > 0)
            {
                part.Add(logits.SubMatrix(begin, count, 0, 3), labels.AsMemory(begin, count));
            }

            parallel.Reduce(part);
            Compare(whole.Name, whole.Value, part.Value);
        }

        foreach ((Metric<double, Matrix<double>> whole, Metric<double, Matrix<double>> part) in ofMatrices)
        {
            whole.Add(logits, targets);
            if (count > 0)
            {
                part.Add(logits.SubMatrix(begin, count, 0, 3), targets.SubMatrix(begin, count, 0, 3));
            }

            parallel.Reduce(part);
            Compare(whole.Name, whole.Value, part.Value);
        }

        Console.WriteLine("metrics agree");
    }

    private static void Compare(string name, double whole, double part)
    {
        if (!(Math.Abs(whole - part) <= 1e-12 * Math.Max(1, Math.Abs(whole))))
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{name} of the ranks is {part:R}, of all samples {whole:R}."));
        }
    }
}
