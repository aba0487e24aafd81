using System.Numerics;
using NeuralNet.Core.Kernels.Samples;

namespace NeuralNet.Core.Operations;

/// <summary>Losses of the rows of a matrix, each with its gradient in the same pass; and sums of them.</summary>
/// <remarks>
/// <para>A matrix is memory, column after column, and has as many rows N as there are losses: so that of samples of several positions is one of positions
/// without a copy (see <see cref="Shapes.MatrixViews.AsPositions"/>). Cross-entropies are in <see cref="SoftmaxOperations"/>.</para>
/// <para>Large matrices are shared among the threads by rows, so the bits of a result do not depend on how many threads there are. Nothing is
/// allocated in steady state.</para>
/// <para><b>Threads.</b> Can be called from several at once, on different results.</para>
/// </remarks>
public static class LossOperations
{
    // Numbers that are summed before their sum is added to those of the others: the error grows with the number of additions in a row.
    private const int Block = 64;

    /// <summary><c>l_i ← Σ_j (ŷ_ij − y_ij)²</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="prediction">ŷ <c>[N×C]</c> in memory, column after column.</param>
    /// <param name="target">y, as long.</param>
    /// <param name="slopes">Receives the derivatives by the prediction, <c>2(ŷ_ij − y_ij)</c>; as long, and shares no memory with the others.</param>
    /// <param name="losses">Receives the N losses, N at least 1; shares no memory with the others.</param>
    /// <exception cref="ArgumentException">The lengths do not match, there is no row, or two share memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void SquaredError<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, Span<T> slopes, Span<T> losses)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Elements<T, SquaredErrorStep<T>>(default, prediction, target, slopes, losses);
    }

    /// <summary><c>l_i ← Σ_j |ŷ_ij − y_ij|</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="prediction">ŷ <c>[N×C]</c> in memory, column after column.</param>
    /// <param name="target">y, as long.</param>
    /// <param name="slopes">Receives the derivatives by the prediction, <c>sign(ŷ_ij − y_ij)</c>, 0 where both are equal; as long, and shares no memory with the others.</param>
    /// <param name="losses">Receives the N losses, N at least 1; shares no memory with the others.</param>
    /// <exception cref="ArgumentException">The lengths do not match, there is no row, or two share memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void AbsoluteError<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, Span<T> slopes, Span<T> losses)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Elements<T, AbsoluteErrorStep<T>>(default, prediction, target, slopes, losses);
    }

    /// <summary><c>l_i ← Σ_j h(ŷ_ij − y_ij)</c> with <c>h(d) = ½d²</c> where <c>|d| ≤ δ</c> and <c>δ(|d| − ½δ)</c> elsewhere.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="prediction">ŷ <c>[N×C]</c> in memory, column after column.</param>
    /// <param name="target">y, as long.</param>
    /// <param name="delta">δ, a finite number above 0.</param>
    /// <param name="slopes">Receives the derivatives by the prediction, <c>d</c>, held between −δ and δ; as long, and shares no memory with the others.</param>
    /// <param name="losses">Receives the N losses, N at least 1; shares no memory with the others.</param>
    /// <exception cref="ArgumentException">The lengths do not match, there is no row, or two share memory.</exception>
    /// <exception cref="ArgumentOutOfRangeException">delta is not a finite number above 0.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Huber<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T delta, Span<T> slopes, Span<T> losses)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfNotPositive(delta, nameof(delta));
        Elements<T, HuberStep<T>>(delta, prediction, target, slopes, losses);
    }

    /// <summary><c>l_i ← Σ_j a·t_ij·ln(1 + e^−x_ij) + (1 − t_ij)·ln(1 + e^x_ij)</c>: the cross-entropy of σ(x) by t, in nats.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="prediction">The logits x <c>[N×C]</c> in memory, column after column.</param>
    /// <param name="target">t, from 0 to 1, as long.</param>
    /// <param name="positiveWeight">a, a finite number above 0.</param>
    /// <param name="slopes">Receives the derivatives by the prediction, <c>(1 − t)·σ(x) − a·t·σ(−x)</c>; as long, and shares no memory with the others.</param>
    /// <param name="losses">Receives the N losses, N at least 1; shares no memory with the others.</param>
    /// <exception cref="ArgumentException">The lengths do not match, there is no row, or two share memory.</exception>
    /// <exception cref="ArgumentOutOfRangeException">positiveWeight is not a finite number above 0.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void BinaryCrossEntropy<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T positiveWeight, Span<T> slopes, Span<T> losses)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfNotPositive(positiveWeight, nameof(positiveWeight));
        Elements<T, BinaryCrossEntropyStep<T>>(positiveWeight, prediction, target, slopes, losses);
    }

    /// <summary><c>l_i ← Σ_j q_ij·(ln q_ij − x_ij)</c>, nothing where q is 0: the divergence of e^x from q, in nats.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="prediction">The logarithms x of probabilities <c>[N×C]</c> in memory, column after column.</param>
    /// <param name="target">q, 0 or more, as long.</param>
    /// <param name="slopes">Receives the derivatives by the prediction, <c>−q_ij</c>; as long, and shares no memory with the others.</param>
    /// <param name="losses">Receives the N losses, N at least 1; shares no memory with the others.</param>
    /// <exception cref="ArgumentException">The lengths do not match, there is no row, or two share memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void KullbackLeibler<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, Span<T> slopes, Span<T> losses)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Elements<T, DivergenceStep<T>>(default, prediction, target, slopes, losses);
    }

    /// <summary><c>l_i ← Σ_{j ≠ y(i)} max(0, s_ij − s_i,y(i) + Δ)</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="scores">s <c>[N×C]</c> in memory, column after column.</param>
    /// <param name="labels">y, N numbers from 0 to C − 1.</param>
    /// <param name="margin">Δ, a finite number above 0.</param>
    /// <param name="slopes">Receives the derivatives by s: 1 where the margin is violated, less their number at y(i); as long as s, and shares no memory with it.</param>
    /// <param name="losses">Receives the N losses, N at least 1; shares no memory with the others.</param>
    /// <exception cref="ArgumentException">The lengths do not match, there is no row, or two share memory.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not one of the columns, or the margin no such number.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void MulticlassHinge<T>(ReadOnlySpan<T> scores, ReadOnlySpan<int> labels, T margin, Span<T> slopes, Span<T> losses)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfNotPositive(margin, nameof(margin));
        OperandCheck.ThrowIfNotLosses<T>(nameof(scores), scores, nameof(slopes), slopes, losses);
        OperandCheck.ThrowIfNotLabels(labels, losses.Length, scores.Length / losses.Length, nameof(scores));
        LossPass<T>.MulticlassHinge(scores, labels, margin, slopes, losses);
    }

    /// <summary><c>g_ij ← factor·w_i·d_ij</c>, and 0 where w_i is 0, whatever d is: a gradient of rows that count differently, or not at all.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="slopes">d <c>[N×C]</c> in memory, column after column.</param>
    /// <param name="weights">w, N numbers, 0 or more; shares no memory with g.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="gradient">g, as long as d; may be d, and shares no memory with it otherwise.</param>
    /// <exception cref="ArgumentException">The lengths do not match, or two share memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void ScaleRows<T>(ReadOnlySpan<T> slopes, ReadOnlySpan<T> weights, T factor, Span<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotElementwise<T>(nameof(gradient), gradient, nameof(slopes), slopes);
        OperandCheck.ThrowIfOverlaps<T>(nameof(gradient), gradient, nameof(weights), weights);
        OperandCheck.ThrowIfNotOfRows(weights.Length, slopes.Length);
        LossPass<T>.ScaleRows(slopes, weights, factor, gradient);
    }

    /// <summary><c>Σ_i l_i</c>, in the order of the rows, whoever did them: the same bits at any number of threads.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="losses">l.</param>
    public static T Sum<T>(ReadOnlySpan<T> losses) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        for (int done = 0; done < losses.Length;)
        {
            T ofBlock = T.Zero;
            for (int end = done + Math.Min(Block, losses.Length - done); done < end; done++)
            {
                ofBlock += losses[done];
            }

            sum += ofBlock;
        }

        return sum;
    }

    /// <summary><c>Σ_i w_i·l_i</c>, in the order of the rows; a row with w_i = 0 adds nothing, whatever l_i is.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="losses">l.</param>
    /// <param name="weights">w, as many.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static T Sum<T>(ReadOnlySpan<T> losses, ReadOnlySpan<T> weights) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (losses.Length != weights.Length)
        {
            throw new ArgumentException($"There must be a weight for each of the {losses.Length} losses, got {weights.Length}.", nameof(weights));
        }

        T sum = T.Zero;
        for (int done = 0; done < losses.Length;)
        {
            T ofBlock = T.Zero;
            for (int end = done + Math.Min(Block, losses.Length - done); done < end; done++)
            {
                ofBlock += weights[done] == T.Zero ? T.Zero : weights[done] * losses[done];
            }

            sum += ofBlock;
        }

        return sum;
    }

    private static void Elements<T, TStep>(T setting, ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, Span<T> slopes, Span<T> losses)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TStep : struct, IColumnStep<T>
    {
        OperandCheck.ThrowIfNotLosses<T>(nameof(prediction), prediction, nameof(slopes), slopes, losses);
        OperandCheck.ThrowIfNotLosses<T>(nameof(target), target, nameof(slopes), slopes, losses);
        LossPass<T>.Elements<TStep>(setting, prediction, target, slopes, losses);
    }

    private static void ThrowIfNotPositive<T>(T value, string name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!(T.IsFinite(value) && value > T.Zero))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number above 0, got {value}.");
        }
    }
}
