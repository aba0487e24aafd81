using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Training.Losses;

/// <summary>A loss that each sample, or each position of it, has for itself; that of the batch is their mean or their sum, with or without weights.</summary>
/// <remarks>
/// <para>A loss says what the losses of the rows are, and their derivatives. With weights w, a mean is <c>Σ wᵢlᵢ / Σ wᵢ</c> and a sum <c>Σ wᵢlᵢ</c>; a
/// row with weight 0 adds nothing to loss and gradient, and where nothing counts both are 0.</para>
/// <para><b>Cached.</b> The derivatives, and with weights what each row counts. <b>Threads.</b> See <see cref="Loss{T, TTarget}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TTarget">What the prediction is compared with.</typeparam>
public abstract class SampleLoss<T, TTarget> : Loss<T, TTarget> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The first buffer of the cache that a loss may use for itself.</summary>
    protected const int FirstFreeBuffer = 6;

    private const int SlopesBuffer = 0;
    private const int GradientBuffer = 1;
    private const int LossesBuffer = 2;
    private const int FactorsBuffer = 3;
    private const int CountsBuffer = 4;
    private const int DivisorBuffer = 5;

    /// <summary>A loss that is a mean or a sum.</summary>
    /// <param name="reduction">Which.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is neither.</exception>
    protected SampleLoss(Reduction reduction) => Reduction = reduction is Reduction.Mean or Reduction.Sum
        ? reduction
        : throw new ArgumentOutOfRangeException(nameof(reduction), reduction, $"{nameof(reduction)} must be {Reduction.Mean} or {Reduction.Sum}, got {reduction}.");

    /// <summary>Whether the loss of a batch is the mean or the sum of its samples' losses.</summary>
    public Reduction Reduction { get; }

    /// <summary>Whether a mean goes over all elements of the prediction, and not over its rows; by default over rows.</summary>
    protected virtual bool IsMeanOfElements => false;

    /// <summary>Whether rows count differently in a mean of their own accord, as <see cref="Counts"/> says; by default they do not.</summary>
    protected virtual bool HasCounts => false;

    /// <summary>How many rows a sample makes: 1, or its positions P. The prediction <c>[N×(C·P)]</c> is then seen as <c>[(N·P)×C]</c>, row
    /// <c>i + p·N</c> being position p of sample i. By default 1.</summary>
    /// <param name="prediction"><c>[N×(C·P)]</c>.</param>
    /// <param name="weights">The weights, if there are any.</param>
    protected virtual int RowsPerSample(Matrix<T> prediction, Matrix<T>? weights) => 1;

    /// <summary>The losses of the rows and their derivatives.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="target">The target, already checked.</param>
    /// <param name="slopes">Receives the derivative of each row's loss by its elements, in the prediction's shape.</param>
    /// <param name="losses">Receives the losses, as many as there are rows.</param>
    /// <param name="cache">Lends buffers, from <see cref="FirstFreeBuffer"/> on.</param>
    protected abstract void Losses(Matrix<T> prediction, TTarget target, Matrix<T> slopes, Span<T> losses, Cache<T> cache);

    /// <summary>What each row counts in a mean, where <see cref="HasCounts"/>: its loss has that factor already, and the mean's divisor is the sum of these.</summary>
    /// <param name="target">The target.</param>
    /// <param name="counts">Receives a number for each row.</param>
    protected virtual void Counts(TTarget target, Span<T> counts) => counts.Fill(T.One);

    /// <inheritdoc/>
    protected override T ForwardCore(Matrix<T> prediction, TTarget target, Cache<T> cache)
    {
        if (HasCounts)
        {
            return Weighted(prediction, target, null, cache);
        }

        Matrix<T> slopes = cache.Buffer(SlopesBuffer, prediction.RowCount, prediction.ColumnCount);
        int rows = prediction.RowCount * RowsPerSample(prediction, null);
        Span<T> losses = cache.Buffer(LossesBuffer, rows, 1).AsSpan();
        Losses(prediction, target, slopes, losses, cache);
        cache.Keep(this, slopes);
        return LossOperations.Sum<T>(losses) / Divisor(prediction);
    }

    /// <inheritdoc/>
    protected override T ForwardCore(Matrix<T> prediction, TTarget target, Matrix<T> weights, Cache<T> cache) =>
        Weighted(prediction, target, weights, cache);

    /// <inheritdoc/>
    internal override bool IsSum => Reduction == Reduction.Sum;

    /// <inheritdoc/>
    internal override double? OwnDivisor(Cache<T> cache) =>
        HasCounts && !IsSum ? double.CreateTruncating(cache.Buffer(DivisorBuffer, 1, 1).AsSpan()[0]) : null;

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(T upstream, ReadOnlySpan<Matrix<T>> kept, Cache<T> cache)
    {
        Matrix<T> slopes = kept[0];
        Matrix<T> gradient = cache.Buffer(GradientBuffer, slopes.RowCount, slopes.ColumnCount);
        if (kept.Length == 1)
        {
            ElementwiseOperations.Scale(slopes.AsSpan(), upstream / Divisor(slopes), gradient.AsSpan());
        }
        else
        {
            LossOperations.ScaleRows(slopes.AsSpan(), kept[1].AsSpan(), upstream, gradient.AsSpan());
        }

        return gradient;
    }

    // Where all rows count the same.
    private T Divisor(Matrix<T> prediction) => Reduction == Reduction.Sum
        ? T.One
        : T.CreateTruncating(prediction.RowCount * (IsMeanOfElements ? prediction.ColumnCount : RowsPerSample(prediction, null)));

    private T Weighted(Matrix<T> prediction, TTarget target, Matrix<T>? weights, Cache<T> cache)
    {
        int perSample = RowsPerSample(prediction, weights);
        if (weights is not null && ((weights.ColumnCount != 1 && weights.ColumnCount != perSample) || prediction.ColumnCount % perSample != 0))
        {
            throw new ArgumentException(
                $"{this} expects weights [{prediction.RowCount}×1] for the samples of {prediction.Shape()}" +
                $"{(IsMeanOfElements ? ", or a column for each of their positions" : perSample > 1 ? $", or [{prediction.RowCount}×{perSample}] for their positions" : "")}, got {weights.Shape()}.",
                nameof(weights));
        }

        Matrix<T> slopes = cache.Buffer(SlopesBuffer, prediction.RowCount, prediction.ColumnCount);
        int rows = prediction.RowCount * perSample;
        Span<T> losses = cache.Buffer(LossesBuffer, rows, 1).AsSpan();
        Losses(prediction, target, slopes, losses, cache);

        Matrix<T> factors = cache.Buffer(FactorsBuffer, rows, 1);
        Span<T> factor = factors.AsSpan();
        Fill(factor, weights);
        T loss = LossOperations.Sum<T>(losses, factor);
        if (Reduction == Reduction.Mean)
        {
            T divisor = Total(target, factor, cache) * T.CreateTruncating(IsMeanOfElements ? prediction.ColumnCount / perSample : 1);
            if (!T.IsFinite(divisor))
            {
                throw new ArgumentException($"{this} expects weights with a finite sum, got {divisor} as the divisor of their mean.", nameof(weights));
            }

            cache.Buffer(DivisorBuffer, 1, 1).AsSpan()[0] = divisor;
            loss = Divide(loss, factor, divisor);
        }

        cache.Keep(this, slopes, factors);
        return loss;
    }

    // The weights of samples hold for each of their positions, which lie one after another.
    private static void Fill(Span<T> factors, Matrix<T>? weights)
    {
        if (weights is null)
        {
            factors.Fill(T.One);
            return;
        }

        ReadOnlySpan<T> values = weights.AsSpan();
        for (int done = 0; done < factors.Length; done += values.Length)
        {
            values.CopyTo(factors[done..]);
        }
    }

    // What all rows count together.
    private T Total(TTarget target, ReadOnlySpan<T> weights, Cache<T> cache)
    {
        if (!HasCounts)
        {
            return LossOperations.Sum(weights);
        }

        Span<T> counts = cache.Buffer(CountsBuffer, weights.Length, 1).AsSpan();
        Counts(target, counts);
        return LossOperations.Sum<T>(counts, weights);
    }

    private static T Divide(T loss, Span<T> factors, T divisor)
    {
        if (divisor == T.Zero)
        {
            // Nothing counts.
            factors.Clear();
            return T.Zero;
        }

        foreach (ref T factor in factors)
        {
            factor /= divisor;
        }

        return loss / divisor;
    }
}
