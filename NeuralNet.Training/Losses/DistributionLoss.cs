using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Training.Losses;

/// <summary>A loss whose target is a distribution over the classes for each sample: probabilities, which add up to 1.</summary>
/// <remarks><b>Shapes.</b> Prediction and target <c>[N×C]</c>, weights <c>[N×1]</c>. A mean goes over the samples. <b>Threads.</b> See <see cref="Loss{T, TTarget}"/>.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class DistributionLoss<T> : MatrixTargetLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // Roundings of many small probabilities in float are far below, any mistake is far above.
    private const double Tolerance = 1e-3;

    private const int SumsBuffer = FirstFreeBuffer;

    /// <summary>A loss that is a mean or a sum.</summary>
    /// <param name="reduction">Which.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is neither.</exception>
    protected DistributionLoss(Reduction reduction)
        : base(reduction)
    {
    }

    /// <inheritdoc/>
    protected override void CheckTarget(Matrix<T> prediction, Matrix<T> target)
    {
        base.CheckTarget(prediction, target);
        CheckFractions(target);
    }

    /// <summary>Refuses a target with a row that does not add up to 1.</summary>
    /// <param name="target">The target.</param>
    /// <param name="cache">Lends the buffer of the sums.</param>
    /// <exception cref="ArgumentException">A row adds up to another number.</exception>
    protected void CheckSums(Matrix<T> target, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(cache);
        Matrix<T> sums = cache.Buffer(SumsBuffer, target.RowCount, 1);
        ColumnOperations.Sum(target, sums);
        ReadOnlySpan<T> ofRow = sums.AsSpan();
        T tolerance = T.CreateTruncating(Tolerance);
        for (int i = 0; i < ofRow.Length; i++)
        {
            if (!(T.Abs(ofRow[i] - T.One) <= tolerance))
            {
                throw new ArgumentException(
                    $"{this} expects probabilities that add up to 1 for each sample; those of sample {i} add up to {ofRow[i]}. A weight of 0 leaves a sample out.", nameof(target));
            }
        }
    }
}
