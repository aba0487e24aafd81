using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Training.Data;

/// <summary>A few samples and what they are to give, as a network and a loss take them: from a <see cref="BatchLoader{T}"/>, or one's own.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <b>Shapes.</b> <see cref="Inputs"/> <c>[N×D]</c> (N samples, D features), <see cref="Labels"/> N numbers, or N·P where each of P positions has its
/// own, <see cref="Targets"/> <c>[N×O]</c>, <see cref="Weights"/> <c>[N×1]</c> or <c>[N×P]</c>.
/// <b>Lifetime.</b> A batch of a loader is valid until the next one is asked for: the loader fills the same matrices and labels again. One's own is what
/// its matrices and labels are: they are kept, not copied.
/// </remarks>
/// <example>
/// <code>
/// var batch = new Batch&lt;float&gt;(Matrices.FromRows&lt;float&gt;([0, 1], [1, 1]), labels: new[] { 1, 0 });
/// </code>
/// </example>
public sealed partial class Batch<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // What a loader fills; none in a batch of somebody's own.
    private readonly int[] _ownLabels = [];
    private readonly Matrix<T>? _targets;

    internal Batch(int count, DataSet<T> data) : this(0, count, count, data)
    {
    }

    /// <summary>A part of a batch: the samples from one number on and before another. Where there are none, it is one sample that counts nothing.</summary>
    internal Batch(int begin, int end, int whole, DataSet<T> data)
    {
        int count = Math.Max(1, end - begin);
        (Count, WholeCount, PartBegin, IsIdle) = (count, whole, Math.Min(begin, whole - 1), end == begin);
        Share = (double)(end - begin) / whole;
        Inputs = Matrices.Zeros<T>(count, data.Features);
        _ownLabels = new int[checked(count * data.LabelsPerSample)];
        Labels = _ownLabels;
        _targets = data.Outputs > 0 ? Matrices.Zeros<T>(count, data.Outputs) : null;
        Weights = data.WeightsPerSample > 0 || IsIdle ? Matrices.Zeros<T>(count, Math.Max(1, data.WeightsPerSample)) : null;
    }

    /// <summary>Number of samples N, 1 or more.</summary>
    public int Count { get; }

    /// <summary>What this batch counts in the whole one that several ranks share: the part of its samples, or of their weights, that is here. 1 where it is the whole one.</summary>
    /// <remarks>The mean loss of the whole batch is the sum over the ranks of share times loss. A rank that has no sample of a small batch has one that counts nothing: its
    /// weight and its share are 0.</remarks>
    public double Share { get; private set; } = 1;

    /// <summary>Samples of the whole batch, of all ranks.</summary>
    public int WholeCount { get; private set; }

    /// <summary>The first of its samples in the whole batch.</summary>
    internal int PartBegin { get; }

    /// <summary>Whether there is no sample for this rank.</summary>
    internal bool IsIdle { get; }

    /// <summary>The samples as rows, <c>[N×D]</c>; dense, so one feature of all samples lies side by side in memory.</summary>
    public Matrix<T> Inputs { get; }

    /// <summary>The class of each sample, in the order of the rows; where each position has a class, those of all samples at position 0 come first:
    /// position p of sample i is number <c>i + p·N</c>, as the rows of <see cref="Core.Shapes.MatrixViews.AsPositions"/>. Empty where there are no labels.</summary>
    public ReadOnlyMemory<int> Labels { get; }

    /// <summary>The vectors that the samples are to give, as rows, <c>[N×O]</c>.</summary>
    /// <exception cref="InvalidOperationException">There are no targets.</exception>
    public Matrix<T> Targets => _targets ?? throw new InvalidOperationException(
        $"The samples have no targets; {nameof(DataSet<T>)}.{nameof(DataSet<T>.WithTargets)} adds them to a data set. Classes are in {nameof(Labels)}.");

    /// <summary>Whether there are <see cref="Targets"/>.</summary>
    public bool HasTargets => _targets is not null;

    /// <summary>What each sample <c>[N×1]</c> or position <c>[N×P]</c> counts; null where there are no weights and all count the same.</summary>
    public Matrix<T>? Weights { get; }

    /// <summary>Fills the batch with the samples of <paramref name="data"/> that <paramref name="indices"/> names, one a row.</summary>
    internal void Gather(DataSet<T> data, ReadOnlySpan<int> indices)
    {
        RowOperations.GatherSamples(data.Samples, indices, Inputs);
        if (_targets is not null)
        {
            RowOperations.GatherSamples(data.Targets, indices, _targets);
        }

        if (Weights is not null && !IsIdle)
        {
            RowOperations.GatherSamples(data.Weights, indices, Weights);
        }

        GatherLabels(data.Labels, data.LabelsPerSample, indices);
    }

    /// <summary>Fills the part of a whole batch that this one is.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="whole">The samples of the whole batch.</param>
    internal void GatherPart(DataSet<T> data, ReadOnlySpan<int> whole)
    {
        ReadOnlySpan<int> own = whole.Slice(PartBegin, Count);
        Gather(data, own);
        if (data.WeightsPerSample > 0)
        {
            double weight = IsIdle ? 0 : WeightOf(data, own), total = WeightOf(data, whole);
            Share = total > 0 ? weight / total : 0;
        }
    }

    private static double WeightOf(DataSet<T> data, ReadOnlySpan<int> samples)
    {
        double sum = 0;
        foreach (int sample in samples)
        {
            foreach (T weight in data.Weights.Slice(sample * data.WeightsPerSample, data.WeightsPerSample))
            {
                sum += double.CreateTruncating(weight);
            }
        }

        return sum;
    }

    private void GatherLabels(ReadOnlySpan<int> labels, int perSample, ReadOnlySpan<int> indices)
    {
        for (int row = 0; row < indices.Length; row++)
        {
            ReadOnlySpan<int> ofSample = labels.Slice(indices[row] * perSample, perSample);
            for (int position = 0; position < ofSample.Length; position++)
            {
                _ownLabels[row + (position * indices.Length)] = ofSample[position];
            }
        }
    }
}
