using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.Losses;

/// <summary>A loss whose target is a class for each sample, or for each position of each sample.</summary>
/// <remarks>
/// <para><b>Shapes.</b> Prediction <c>[N×C]</c>, labels y: N integers from 0 to C−1. With P positions the prediction is <c>[N×(C·P)]</c>, the number of class c at position p
/// being column <c>c·P + p</c>, and there are N·P labels, that of position p of sample i being number <c>i + p·N</c>, as
/// <see cref="Data.Batch{T}.Labels"/> has them: the same as <see cref="Core.Shapes.MatrixViews.AsPositions"/> and its rows, without a view. Weights are <c>[N×1]</c>, or <c>[N×P]</c>. A
/// mean goes over samples and positions.</para>
/// <para><b>Weights of classes.</b> The loss of a row gets the factor c_y; a mean is <c>Σ c_y(i)·lᵢ / Σ c_y(i)</c>, with the weights of samples
/// <c>Σ wᵢ·c_y(i)·lᵢ / Σ wᵢ·c_y(i)</c>. Where only classes occur whose weight is 0, nothing counts, and loss and gradient of a mean are 0.</para>
/// <para><b>Threads.</b> See <see cref="Loss{T, TTarget}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class LabelLoss<T> : SampleLoss<T, ReadOnlyMemory<int>> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[]? _classWeights;

    /// <summary>A loss by labels.</summary>
    /// <param name="positions">P, 1 or more.</param>
    /// <param name="reduction">Mean or sum.</param>
    /// <param name="classWeights">What each class counts: finite numbers, 0 or more and not all 0. Copied. Null (the default) where all count the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">The positions are fewer than 1, a weight is negative or not finite, or there is no such reduction.</exception>
    /// <exception cref="ArgumentException">No class has a weight above 0.</exception>
    protected LabelLoss(int positions, Reduction reduction, IReadOnlyList<T>? classWeights = null)
        : base(reduction)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(positions, 1);
        Positions = positions;
        _classWeights = classWeights is null ? null : Checked([.. classWeights]);
    }

    /// <summary>P, the positions of a sample that have a label each.</summary>
    public int Positions { get; }

    /// <summary>What each class counts; empty where all count the same.</summary>
    public ReadOnlySpan<T> ClassWeights => _classWeights;

    /// <inheritdoc/>
    protected override bool HasCounts => _classWeights is not null;

    /// <inheritdoc/>
    protected sealed override int RowsPerSample(Matrix<T> prediction, Matrix<T>? weights) => Positions;

    /// <inheritdoc/>
    protected override void Counts(ReadOnlyMemory<int> target, Span<T> counts)
    {
        ReadOnlySpan<int> labels = target.Span;
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = ClassWeights[labels[i]];
        }
    }

    /// <inheritdoc/>
    protected override void CheckTarget(Matrix<T> prediction, ReadOnlyMemory<int> target)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        if (prediction.ColumnCount % Positions != 0)
        {
            throw new ArgumentException(
                $"{this} of {Positions} positions expects a prediction [N×(C·{Positions})], a column for each class at each position, got {prediction.Shape()}.", nameof(prediction));
        }

        int classes = prediction.ColumnCount / Positions;
        if (_classWeights is not null && _classWeights.Length != classes)
        {
            throw new ArgumentException($"{this} has weights of {_classWeights.Length} classes, got a prediction {prediction.Shape()} of {classes}.", nameof(prediction));
        }

        if (target.Length != (long)prediction.RowCount * Positions)
        {
            throw new ArgumentException(
                Positions > 1
                    ? $"{this} expects {(long)prediction.RowCount * Positions} labels, one for each of the {Positions} positions of the {prediction.RowCount} samples of {prediction.Shape()}, got {target.Length}."
                    : $"{this} expects a label for each of the {prediction.RowCount} samples of {prediction.Shape()}, got {target.Length}." +
                        (target.Length > 0 && target.Length % prediction.RowCount == 0
                            ? $" Where each position has a label, tell the loss how many there are: positions: {target.Length / prediction.RowCount}."
                            : ""),
                nameof(target));
        }

        ReadOnlySpan<int> labels = target.Span;
        int wrong = labels.IndexOfAnyExceptInRange(0, classes - 1);
        if (wrong >= 0)
        {
            string position = Positions > 1 ? $" at position {wrong / prediction.RowCount}" : "";
            throw new ArgumentOutOfRangeException(
                nameof(target),
                labels[wrong],
                $"{this} expects labels from 0 to {classes - 1}; the label of sample {wrong % prediction.RowCount}{position} is {labels[wrong]}.");
        }
    }

    private static T[] Checked(T[] classWeights)
    {
        int wrong = Array.FindIndex(classWeights, weight => !(T.IsFinite(weight) && weight >= T.Zero));
        if (wrong >= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(classWeights), classWeights[wrong], $"The weight of class {wrong} must be a finite number, 0 or more, got {classWeights[wrong]}.");
        }

        return Array.Exists(classWeights, weight => weight > T.Zero)
            ? classWeights
            : throw new ArgumentException($"At least one of the {classWeights.Length} weights of classes must be above 0.", nameof(classWeights));
    }
}
