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

    internal Batch(int count, DataSet<T> data)
    {
        Count = count;
        Inputs = Matrices.Zeros<T>(count, data.Features);
        _ownLabels = new int[checked(count * data.LabelsPerSample)];
        Labels = _ownLabels;
        _targets = data.Outputs > 0 ? Matrices.Zeros<T>(count, data.Outputs) : null;
        Weights = data.WeightsPerSample > 0 ? Matrices.Zeros<T>(count, data.WeightsPerSample) : null;
    }

    /// <summary>Number of samples N, 1 or more.</summary>
    public int Count { get; }

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
                _ownLabels[row + (position * indices.Length)] = ofSample[position];
            }
        }
    }
}
