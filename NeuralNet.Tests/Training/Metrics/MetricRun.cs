using System.Numerics;
using NeuralNet.Training.Metrics;

namespace NeuralNet.Tests.Training.Metrics;

/// <summary>A metric under test, whatever its targets are.</summary>
internal sealed class MetricRun<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Action<MetricSamples<T>, Matrix<T>?> _add;
    private readonly Func<double> _value;
    private readonly Action _reset;
    private readonly Func<double> _totalWeight;
    private readonly Func<double[]> _save;
    private readonly Action<double[]> _restore;
    private readonly Action<double[]> _merge;

    private MetricRun(
        object metric, string name, Action<MetricSamples<T>, Matrix<T>?> add, Func<double> value, Action reset, Func<double> totalWeight,
        (Func<double[]> Save, Action<double[]> Restore, Action<double[]> Merge) state)
    {
        (Metric, Name, _add, _value, _reset, _totalWeight) = (metric, name, add, value, reset, totalWeight);
        (_save, _restore, _merge) = state;
    }

    public object Metric { get; }

    public string Name { get; }

    public double Value => _value();

    public double TotalWeight => _totalWeight();

    public static MetricRun<T> OfLabels(Metric<T, ReadOnlyMemory<int>> metric) => new(
        metric, metric.Name, (samples, weights) => metric.Add(samples.Prediction, samples.Labels, weights), () => metric.Value, metric.Reset,
        () => metric.TotalWeight, (metric.Save, numbers => metric.Restore(numbers), numbers => metric.Merge(numbers)));

    public static MetricRun<T> OfMatrices(Metric<T, Matrix<T>> metric) => new(
        metric, metric.Name, (samples, weights) => metric.Add(samples.Prediction, samples.Targets, weights), () => metric.Value, metric.Reset,
        () => metric.TotalWeight, (metric.Save, numbers => metric.Restore(numbers), numbers => metric.Merge(numbers)));

    public MetricRun<T> Add(MetricSamples<T> samples, bool weigh = false)
    {
        _add(samples, weigh ? samples.Weights : null);
        return this;
    }

    public void Add(MetricSamples<T> samples, Matrix<T> weights) => _add(samples, weights);

    public void Reset() => _reset();

    public double[] Save() => _save();

    public void Restore(params double[] numbers) => _restore(numbers);

    public void Merge(params double[] numbers) => _merge(numbers);
}
