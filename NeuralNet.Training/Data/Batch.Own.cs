using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.Data;

/// <content>Batches of somebody's own.</content>
public sealed partial class Batch<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A batch of samples alone.</summary>
    /// <param name="inputs">The samples as rows <c>[N×D]</c>, dense, N and D 1 or more. Kept.</param>
    /// <exception cref="ArgumentException">The matrix is not dense, or has no rows or no columns.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public Batch(Matrix<T> inputs)
    {
        ElementType<T>.ThrowIfNotSupported();
        ArgumentNullException.ThrowIfNull(inputs);
        ThrowIfEmpty(inputs, nameof(inputs));
        (Count, WholeCount, Inputs) = (inputs.RowCount, inputs.RowCount, inputs);
    }

    /// <summary>A batch for classification.</summary>
    /// <param name="inputs">The samples as rows <c>[N×D]</c>, dense, N and D 1 or more. Kept.</param>
    /// <param name="labels">The class of each row, N numbers from 0 on; or N·P, where each of P positions has its own, in the order of <see cref="Labels"/>. Kept.</param>
    /// <param name="weights">What each sample <c>[N×1]</c> or position <c>[N×P]</c> counts, finite and 0 or more; null (the default) for all the same. Kept.</param>
    /// <exception cref="ArgumentException">The labels are no whole number for each row, a label is negative, a weight is negative or not finite, or a matrix
    /// is not dense or not of its shape.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public Batch(Matrix<T> inputs, ReadOnlyMemory<int> labels, Matrix<T>? weights = null)
        : this(inputs)
    {
        if (labels.IsEmpty || labels.Length % Count != 0)
        {
            throw new ArgumentException($"{Count} rows need a label each, or the same number of labels each; got {labels.Length} labels.", nameof(labels));
        }

        int wrong = labels.Span.IndexOfAnyExceptInRange(0, int.MaxValue);
        if (wrong >= 0)
        {
            throw new ArgumentException($"Label {wrong} is {labels.Span[wrong]}; it must be 0 or more.", nameof(labels));
        }

        Labels = labels;
        Weights = Weighed(weights, labels.Length / Count);
    }

    /// <summary>A batch for regression.</summary>
    /// <param name="inputs">The samples as rows <c>[N×D]</c>, dense, N and D 1 or more. Kept.</param>
    /// <param name="targets">What each sample is to give, as rows <c>[N×O]</c>, dense, O 1 or more. Kept.</param>
    /// <param name="weights">What each sample counts <c>[N×1]</c>, finite and 0 or more; null (the default) for all the same. Kept.</param>
    /// <exception cref="ArgumentException">The targets are not as many as the samples, a weight is negative or not finite, or a matrix is not dense or not
    /// of its shape.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public Batch(Matrix<T> inputs, Matrix<T> targets, Matrix<T>? weights = null)
        : this(inputs)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ThrowIfEmpty(targets, nameof(targets));
        if (targets.RowCount != Count)
        {
            throw new ArgumentException($"{Count} samples need as many targets, got {targets.Shape()}. Rows are samples.", nameof(targets));
        }

        _targets = targets;
        Weights = Weighed(weights, 1);
    }

    /// <summary>The part of a batch that one of several ranks has: rows, side by side. A rank for which there is none gets one row that counts nothing.</summary>
    /// <param name="rank">The rank, from 0.</param>
    /// <param name="ranks">How many there are, 1 or more.</param>
    /// <returns>A batch of its own memory, with its <see cref="Share"/>; this one where there is one rank.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rank.</exception>
    public Batch<T> Part(int rank, int ranks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ranks, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, ranks);
        if (ranks == 1)
        {
            return this;
        }

        int begin = (int)((long)Count * rank / ranks), end = (int)((long)Count * (rank + 1) / ranks), count = Math.Max(1, end - begin), first = Math.Min(begin, Count - 1);
        bool isIdle = begin == end;
        int positions = Labels.Length / Count;
        int[] labels = new int[count * positions];
        for (int position = 0; position < positions; position++)
        {
            Labels.Span.Slice((position * Count) + first, count).CopyTo(labels.AsSpan(position * count));
        }

        Matrix<T>? weights = isIdle ? Matrices.Zeros<T>(count, Weights?.ColumnCount ?? 1) : Rows(Weights, first, count);
        Batch<T> part = positions > 0 ? new(Rows(Inputs, first, count)!, labels, weights)
            : HasTargets ? new(Rows(Inputs, first, count)!, Rows(Targets, first, count)!, weights)
            : new(Rows(Inputs, first, count)!);
        double total = Weights is null ? Count : Sum(Weights);
        (part.WholeCount, part.Share) = (Count, isIdle || total == 0 ? 0 : (weights is null ? count : Sum(weights)) / total);
        return part;
    }

    private static Matrix<T>? Rows(Matrix<T>? matrix, int first, int count) => matrix?.SubMatrix(first, count, 0, matrix.ColumnCount);

    private static double Sum(Matrix<T> matrix)
    {
        double sum = 0;
        foreach (T number in matrix.AsSpan())
        {
            sum += double.CreateTruncating(number);
        }

        return sum;
    }

    private Matrix<T>? Weighed(Matrix<T>? weights, int positions)
    {
        if (weights is null)
        {
            return null;
        }

        if (weights.RowCount != Count || (weights.ColumnCount != 1 && weights.ColumnCount != positions))
        {
            throw new ArgumentException(
                $"The weights of {Count} samples are [{Count}×1]{(positions > 1 ? $" or [{Count}×{positions}]" : "")}, got {weights.Shape()}.", nameof(weights));
        }

        foreach (T weight in weights.AsSpan())
        {
            if (!(weight >= T.Zero && T.IsFinite(weight)))
            {
                throw new ArgumentException($"A weight is {weight}; it must be a finite number, 0 or more.", nameof(weights));
            }
        }

        return weights;
    }

    private static void ThrowIfEmpty(Matrix<T> matrix, string name)
    {
        if (matrix.AsSpan().IsEmpty)
        {
            throw new ArgumentException($"A batch has one row and one column or more, got {matrix.Shape()}.", name);
        }
    }
}
