using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Training.Data;

/// <summary>A few samples of a data set and what they are to give, as a network and a loss take them.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <b>Shapes.</b> <see cref="Inputs"/> <c>[N×D]</c> (N samples, D features), <see cref="Labels"/> N numbers, or N·P where each of P positions has its
/// own, <see cref="Targets"/> <c>[N×O]</c>, <see cref="Weights"/> <c>[N×1]</c> or <c>[N×P]</c>.
/// <b>Lifetime.</b> A batch is valid until the next one is asked for: the loader fills the same matrices and labels again.
/// </remarks>
public sealed class Batch<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int[] _labels;
    private readonly Matrix<T>? _targets;

    internal Batch(int count, DataSet<T> data)
    {
        Count = count;
        Inputs = Matrices.Zeros<T>(count, data.Features);
        _labels = new int[checked(count * data.LabelsPerSample)];
        _targets = data.Outputs > 0 ? Matrices.Zeros<T>(count, data.Outputs) : null;
        Weights = data.WeightsPerSample > 0 ? Matrices.Zeros<T>(count, data.WeightsPerSample) : null;
    }

    /// <summary>Number of samples N, 1 or more.</summary>
    public int Count { get; }

    /// <summary>The samples as rows, <c>[N×D]</c>; dense, so one feature of all samples lies side by side in memory.</summary>
    public Matrix<T> Inputs { get; }

    /// <summary>The class of each sample, in the order of the rows; where each position has a class, those of all samples at position 0 come first:
    /// position p of sample i is number <c>i + p·N</c>, as the rows of <see cref="Core.Shapes.MatrixViews.AsPositions"/>. Empty where the data set has no labels.</summary>
    public ReadOnlyMemory<int> Labels => _labels;

    /// <summary>The vectors that the samples are to give, as rows, <c>[N×O]</c>.</summary>
    /// <exception cref="InvalidOperationException">The data set has no targets.</exception>
    public Matrix<T> Targets => _targets ?? throw new InvalidOperationException(
        $"The data set has no targets; {nameof(DataSet<T>)}.{nameof(DataSet<T>.WithTargets)} adds them. Classes are in {nameof(Labels)}.");

    /// <summary>What each sample <c>[N×1]</c> or position <c>[N×P]</c> counts; null where the data set has no weights and all count the same.</summary>
    public Matrix<T>? Weights { get; }

    /// <summary>Fills the batch with the samples of <paramref name="data"/> that <paramref name="indices"/> names, one a row.</summary>
    internal void Gather(DataSet<T> data, ReadOnlySpan<int> indices)
    {
        RowOperations.GatherSamples(data.Samples, indices, Inputs);
        if (_targets is not null)
        {
            RowOperations.GatherSamples(data.Targets, indices, _targets);
        }

        if (Weights is not null)
        {
            RowOperations.GatherSamples(data.Weights, indices, Weights);
        }

        GatherLabels(data.Labels, data.LabelsPerSample, indices);
    }

    private void GatherLabels(ReadOnlySpan<int> labels, int perSample, ReadOnlySpan<int> indices)
    {
        for (int row = 0; row < indices.Length; row++)
        {
            ReadOnlySpan<int> ofSample = labels.Slice(indices[row] * perSample, perSample);
            for (int position = 0; position < ofSample.Length; position++)
            {
                _labels[row + (position * indices.Length)] = ofSample[position];
            }
        }
    }
}
