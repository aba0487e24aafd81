using System.Numerics;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;

namespace NeuralNet.Tests.Training.Metrics;

/// <summary>Every metric in the settings that matter, each a line that brings the tests which are common to all.</summary>
internal static class MetricCatalogue
{
    /// <summary>The entries, in either precision.</summary>
    public static IEnumerable<MetricEntry<T>> All<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        yield return Of("accuracy", 5, () => new Accuracy<T>());
        yield return Of("top-2 accuracy", 5, () => new TopKAccuracy<T>(2));
        yield return Of("confusion matrix", 5, () => new ConfusionMatrix<T>());
        yield return Of("macro precision", 5, () => new Precision<T>());
        yield return Of("weighted recall", 5, () => new Recall<T>(Average.Weighted));
        yield return Of("micro F1 of some classes", 5, () => new F1<T>(Average.Micro, [1, 4]));
        yield return Of("log loss", 5, () => new LogLoss<T>());
        yield return Of("expected calibration error", 5, () => new ExpectedCalibrationError<T>());
        yield return Of("ROC AUC of two classes", 2, () => new RocAuc<T>());
        yield return Of("ROC AUC", 4, () => new RocAuc<T>());
        yield return Of("average precision", 4, () => new AveragePrecision<T>());
        yield return OfMatrices("binary accuracy", 1, () => new BinaryAccuracy<T>());
        yield return OfMatrices("binary precision", 1, () => new BinaryPrecision<T>());
        yield return OfMatrices("binary recall", 1, () => new BinaryRecall<T>(0.5));
        yield return OfMatrices("binary F1", 1, () => new BinaryF1<T>());
        yield return OfMatrices("binary ROC AUC", 1, () => new BinaryRocAuc<T>());
        yield return OfMatrices("binary average precision", 1, () => new BinaryAveragePrecision<T>());
        yield return OfMatrices("mean squared error", 3, () => new MeanSquaredErrorMetric<T>());
        yield return OfMatrices("mean absolute error", 3, () => new MeanAbsoluteErrorMetric<T>());
        yield return OfMatrices("R²", 3, () => new RSquared<T>());
        yield return Of("loss of labels", 5, () => new LossMetric<T, ReadOnlyMemory<int>>(new SoftmaxCrossEntropy<T>())) with { IsOfBatches = true };
        yield return OfMatrices("loss of matrices", 3, () => new LossMetric<T, Matrix<T>>(new MeanSquaredError<T>())) with { IsOfBatches = true };
    }

    /// <summary>The entry of a name.</summary>
    public static MetricEntry<T> Get<T>(string name) where T : unmanaged, IFloatingPointIeee754<T> => All<T>().Single(entry => entry.Name == name);

    private static MetricEntry<T> Of<T>(string name, int columns, Func<Metric<T, ReadOnlyMemory<int>>> make) where T : unmanaged, IFloatingPointIeee754<T> =>
        new(name, columns, () => MetricRun<T>.OfLabels(make()));

    private static MetricEntry<T> OfMatrices<T>(string name, int columns, Func<Metric<T, Matrix<T>>> make) where T : unmanaged, IFloatingPointIeee754<T> =>
        new(name, columns, () => MetricRun<T>.OfMatrices(make()));
}
