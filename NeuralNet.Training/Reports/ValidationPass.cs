using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;

namespace NeuralNet.Training.Reports;

/// <summary>Runs a trained network over data, in evaluation mode, and gathers where it is wrong.</summary>
internal sealed class ValidationPass<T, TTarget> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Trainer<T, TTarget> _trainer;
    private readonly DataSet<T> _data;
    private readonly TrainingReportOptions _options;
    private readonly Cache<T> _cache = new(training: false);
    private readonly Cache<T> _lossCache = new(training: false);
    private readonly bool _isBinary;
    private readonly IEnumerator<Batch<T>> _single;
    private int _singleAt = -1;
    private Matrix<T>? _row;

    /// <summary>Runs the network over all samples.</summary>
    /// <exception cref="ArgumentException">The data does not fit the network or the loss.</exception>
    public ValidationPass(Trainer<T, TTarget> trainer, DataSet<T> data, TrainingReportOptions options)
    {
        (_trainer, _data, _options) = (trainer, data, options);
        if (trainer.Network.InputShape is SampleShape shape && shape.Size != data.Features)
        {
            throw new ArgumentException(
                $"The samples of the report's data have {data.Features} values each; {trainer.Network} expects [N×{shape}].", nameof(data));
        }

        _isBinary = options.IsBinary || trainer.Metrics.Any(metric => metric is BinaryMetric<T>)
            || ((object)trainer.Loss is BinaryCrossEntropy<T> && data.Outputs == 1 && !data.Targets.ContainsAnyExcept(T.Zero, T.One));
        // The loss of one sample is that of a batch of one, whatever the target is made of.
        _single = ((IEnumerable<Batch<T>>)new BatchLoader<T>(data, 1)).GetEnumerator();
        int first = 0;
        foreach (Batch<T> batch in new BatchLoader<T>(data, Evaluator<T, TTarget>.BatchSize))
        {
            Add(batch, first);
            first += batch.Count;
        }
    }

    /// <summary>What was found where the loss compares with classes; otherwise null.</summary>
    public LabelErrors<T>? Labels { get; private set; }

    /// <summary>What was found where the loss compares with numbers; otherwise null.</summary>
    public ValueErrors<T>? Values { get; private set; }

    private void Add(Batch<T> batch, int first)
    {
        Matrix<T> prediction = _trainer.Network.Forward(batch.Inputs, _cache);
        switch (_trainer.Target(batch))
        {
            case ReadOnlyMemory<int> labels:
                AddLabels(prediction, labels, batch, first);
                break;
            case Matrix<T> targets when _isBinary:
                AddLabels(BinaryOutput.Scores(prediction), BinaryOutput.Labels(targets, prediction), batch, first, prediction);
                break;
            case Matrix<T> targets:
                Values ??= new ValueErrors<T>(_options.Mistakes, _data.Count);
                Values.Add(prediction, targets, row => first + (row % batch.Count), row => LossOf(row, prediction, batch, first));
                break;
        }
    }

    private void AddLabels(Matrix<T> scores, ReadOnlyMemory<int> labels, Batch<T> batch, int first, Matrix<T>? prediction = null)
    {
        if (labels.Length != scores.RowCount)
        {
            throw new ArgumentException(
                $"The network gives {scores.Shape()} for {batch.Count} samples of the report's data, which have {labels.Length} labels; it takes one for each row.",
                nameof(labels));
        }

        if (_data.Classes > scores.ColumnCount)
        {
            throw new ArgumentException(
                $"The report's data has {_data.Classes} classes; the network gives {scores.Shape()}, a score for each of {scores.ColumnCount}.", nameof(labels));
        }

        Matrix<T>? weights = batch.Weights is { } given ? MatrixViews.Reshape(given, scores.RowCount, 1) : null;
        Labels ??= new LabelErrors<T>(_options.Mistakes);
        Labels.Add(scores, labels, weights, row => first + (row % batch.Count), row => LossOf(row, prediction ?? scores, batch, first));
    }

    // Nothing where a row is not a sample, but a position of one.
    private double? LossOf(int row, Matrix<T> prediction, Batch<T> batch, int first)
    {
        if (prediction.RowCount != batch.Count)
        {
            return null;
        }

        // Rows are asked for in order, so the batches of one go along.
        for (; _singleAt < first + row; _singleAt++)
        {
            _single.MoveNext();
        }

        _row ??= Matrices.Zeros<T>(1, prediction.ColumnCount);
        for (int j = 0; j < prediction.ColumnCount; j++)
        {
            _row[0, j] = prediction[row, j];
        }

        return double.CreateTruncating(_trainer.Loss.Forward(_row, _trainer.Target(_single.Current), _lossCache));
    }
}
