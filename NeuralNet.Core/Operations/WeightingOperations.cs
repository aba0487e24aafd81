using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Kernels.Memory;

namespace NeuralNet.Core.Operations;

/// <summary>What the addressing of a memory does with weightings, numbers that sum to 1 over its R locations, a row a sample; and the gradients.</summary>
/// <remarks>
/// <para>Large ones are shared among the threads by samples, with the same bits at any number of them. Nothing is allocated in steady state. Results share no memory with
/// operands.</para>
/// <para><b>Source.</b> Graves, Wayne and Danihelka (2014), "Neural Turing Machines", equations 5 and 7 to 9; the gradients are their derivatives.
/// <b>Threads.</b> Can be called from several at once, on different results.</para>
/// </remarks>
public static class WeightingOperations
{
    /// <summary>A factor for each sample: <c>y_ij ← s_i·x_ij</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">x <c>[N×C]</c>.</param>
    /// <param name="factors">s <c>[N×1]</c>.</param>
    /// <param name="y">Receives y <c>[N×C]</c>.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, a matrix is not dense, or y shares memory with another.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Scale<T>(Matrix<T> x, Matrix<T> factors, Matrix<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfShapeDiffers(x, nameof(x), y, nameof(y));
        OperandCheck.ThrowIfNotColumnOf(x, factors, nameof(factors));
        OperandCheck.ThrowIfSharesMemory(nameof(y), y, x, factors);
        RowScaleForward<T>.Run(x.RowCount, x.ColumnCount, x.AsSpan(), factors.AsSpan(), y.AsSpan());
    }

    /// <summary>The gradients of <see cref="Scale"/>: <c>dx_ij = s_i·G_ij</c>, <c>ds_i = Σ_j G_ij·x_ij</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="upstream">G <c>[N×C]</c>.</param>
    /// <param name="x">x <c>[N×C]</c>.</param>
    /// <param name="factors">s <c>[N×1]</c>.</param>
    /// <param name="xGradient">Receives dx; null for not wanted.</param>
    /// <param name="factorsGradient">Receives ds; null for not wanted.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, a matrix is not dense, or a result shares memory with another.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void ScaleBackward<T>(Matrix<T> upstream, Matrix<T> x, Matrix<T> factors, Matrix<T>? xGradient, Matrix<T>? factorsGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfShapeDiffers(x, nameof(x), upstream, nameof(upstream));
        OperandCheck.ThrowIfNotColumnOf(x, factors, nameof(factors));
        OperandCheck.ThrowIfNotGradient(nameof(xGradient), xGradient, x, upstream, factors);
        OperandCheck.ThrowIfNotGradient(nameof(factorsGradient), factorsGradient, factors, upstream, x);
        OperandCheck.ThrowIfResultsShareMemory(xGradient, factorsGradient);
        RowScaleGradients<T>.Run(
            x.RowCount, x.ColumnCount, upstream.AsSpan(), x.AsSpan(), factors.AsSpan(), OperandCheck.SpanOf(xGradient), OperandCheck.SpanOf(factorsGradient));
    }

    /// <summary>Between two weightings, by a share for each sample: <c>z_ij ← g_i·x_ij + (1 − g_i)·y_ij</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="shares">g <c>[N×1]</c>.</param>
    /// <param name="x">x <c>[N×R]</c>.</param>
    /// <param name="y">y <c>[N×R]</c>.</param>
    /// <param name="z">Receives z <c>[N×R]</c>.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, a matrix is not dense, or z shares memory with another.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Interpolate<T>(Matrix<T> shares, Matrix<T> x, Matrix<T> y, Matrix<T> z) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfShapeDiffers(x, nameof(x), y, nameof(y));
        OperandCheck.ThrowIfShapeDiffers(x, nameof(x), z, nameof(z));
        OperandCheck.ThrowIfNotColumnOf(x, shares, nameof(shares));
        OperandCheck.ThrowIfSharesMemory(nameof(z), z, shares, x, y);
        InterpolateForward<T>.Run(x.RowCount, x.ColumnCount, shares.AsSpan(), x.AsSpan(), y.AsSpan(), z.AsSpan());
    }

    /// <summary>The gradients of <see cref="Interpolate"/>: <c>dg_i = Σ_j G_ij·(x_ij − y_ij)</c>, <c>dx_ij = g_i·G_ij</c>, <c>dy_ij = (1 − g_i)·G_ij</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="upstream">G <c>[N×R]</c>.</param>
    /// <param name="shares">g <c>[N×1]</c>.</param>
    /// <param name="x">x <c>[N×R]</c>.</param>
    /// <param name="y">y <c>[N×R]</c>.</param>
    /// <param name="sharesGradient">Receives dg; null for not wanted.</param>
    /// <param name="xGradient">Receives dx; null for not wanted.</param>
    /// <param name="yGradient">Receives dy; null for not wanted.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, a matrix is not dense, or a result shares memory with another.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void InterpolateBackward<T>(
        Matrix<T> upstream, Matrix<T> shares, Matrix<T> x, Matrix<T> y, Matrix<T>? sharesGradient, Matrix<T>? xGradient, Matrix<T>? yGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfShapeDiffers(x, nameof(x), y, nameof(y));
        OperandCheck.ThrowIfShapeDiffers(x, nameof(x), upstream, nameof(upstream));
        OperandCheck.ThrowIfNotColumnOf(x, shares, nameof(shares));
        OperandCheck.ThrowIfNotGradient(nameof(sharesGradient), sharesGradient, shares, upstream, x, y);
        OperandCheck.ThrowIfNotGradient(nameof(xGradient), xGradient, x, upstream, shares, y);
        OperandCheck.ThrowIfNotGradient(nameof(yGradient), yGradient, y, upstream, shares, x);
        OperandCheck.ThrowIfResultsShareMemory(sharesGradient, xGradient, yGradient);
        InterpolateGradients<T>.Run(
            x.RowCount, x.ColumnCount, upstream.AsSpan(), shares.AsSpan(), x.AsSpan(), y.AsSpan(), OperandCheck.SpanOf(sharesGradient), OperandCheck.SpanOf(xGradient),
            OperandCheck.SpanOf(yGradient));
    }

    /// <summary>A weighting moved around the circle of locations, by k − (S − 1)/2 of them with share s_k: <c>y_i ← Σ_k s_k·w_(i − k + (S − 1)/2 mod R)</c>. Of three shares the
    /// first moves it back by one, the second leaves it, the third moves it on.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="weights">w <c>[N×R]</c>.</param>
    /// <param name="shares">s <c>[N×S]</c>, S odd and at most R.</param>
    /// <param name="shifted">Receives y <c>[N×R]</c>.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, a matrix is not dense, or y shares memory with another.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Shift<T>(Matrix<T> weights, Matrix<T> shares, Matrix<T> shifted) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfShapeDiffers(weights, nameof(weights), shifted, nameof(shifted));
        ThrowIfNotShares(weights, shares);
        OperandCheck.ThrowIfSharesMemory(nameof(shifted), shifted, weights, shares);
        ShiftForward<T>.Run(weights.RowCount, weights.ColumnCount, shares.ColumnCount, weights.AsSpan(), shares.AsSpan(), shifted.AsSpan());
    }

    /// <summary>The gradients of <see cref="Shift"/>: <c>dw_i = Σ_k s_k·G_(i + k − (S − 1)/2 mod R)</c>, <c>ds_k = Σ_i G_i·w_(i − k + (S − 1)/2 mod R)</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="upstream">G <c>[N×R]</c>.</param>
    /// <param name="weights">w <c>[N×R]</c>.</param>
    /// <param name="shares">s <c>[N×S]</c>.</param>
    /// <param name="weightsGradient">Receives dw; null for not wanted.</param>
    /// <param name="sharesGradient">Receives ds; null for not wanted.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, a matrix is not dense, or a result shares memory with another.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void ShiftBackward<T>(Matrix<T> upstream, Matrix<T> weights, Matrix<T> shares, Matrix<T>? weightsGradient, Matrix<T>? sharesGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfShapeDiffers(weights, nameof(weights), upstream, nameof(upstream));
        ThrowIfNotShares(weights, shares);
        OperandCheck.ThrowIfNotGradient(nameof(weightsGradient), weightsGradient, weights, upstream, shares);
        OperandCheck.ThrowIfNotGradient(nameof(sharesGradient), sharesGradient, shares, upstream, weights);
        OperandCheck.ThrowIfResultsShareMemory(weightsGradient, sharesGradient);
        ShiftGradients<T>.Run(
            weights.RowCount, weights.ColumnCount, shares.ColumnCount, upstream.AsSpan(), weights.AsSpan(), shares.AsSpan(), OperandCheck.SpanOf(weightsGradient),
            OperandCheck.SpanOf(sharesGradient));
    }

    /// <summary>A weighting made sharper by a power for each sample: <c>y_i ← w_i^γ / Σ_k w_k^γ</c>. It is computed of logarithms, so a large γ loses nothing. A weighting of zeros
    /// alone has no such: NaN.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="weights">w <c>[N×R]</c>, 0 or more.</param>
    /// <param name="powers">γ <c>[N×1]</c>, 1 or more.</param>
    /// <param name="sharpened">Receives y <c>[N×R]</c>.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, a matrix is not dense, or y shares memory with another.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Sharpen<T>(Matrix<T> weights, Matrix<T> powers, Matrix<T> sharpened) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfShapeDiffers(weights, nameof(weights), sharpened, nameof(sharpened));
        OperandCheck.ThrowIfNotColumnOf(weights, powers, nameof(powers));
        OperandCheck.ThrowIfSharesMemory(nameof(sharpened), sharpened, weights, powers);
        SharpenForward<T>.Run(weights.RowCount, weights.ColumnCount, weights.AsSpan(), powers.AsSpan(), sharpened.AsSpan());
    }

    /// <summary>The gradients of <see cref="Sharpen"/>: with <c>t_i = y_i·(G_i − Σ_k G_k·y_k)</c>, <c>dw_i = γ·t_i/w_i</c> and <c>dγ = Σ_i t_i·ln w_i</c>. Where w_i is 0, y_i/w_i is its
    /// limit: 0 for γ above 1, 1/Σ_k w_k for γ = 1.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="upstream">G <c>[N×R]</c>.</param>
    /// <param name="weights">w <c>[N×R]</c>.</param>
    /// <param name="powers">γ <c>[N×1]</c>.</param>
    /// <param name="sharpened">y, what <see cref="Sharpen"/> gave.</param>
    /// <param name="weightsGradient">Receives dw; null for not wanted.</param>
    /// <param name="powersGradient">Receives dγ; null for not wanted.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, a matrix is not dense, or a result shares memory with another.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void SharpenBackward<T>(
        Matrix<T> upstream, Matrix<T> weights, Matrix<T> powers, Matrix<T> sharpened, Matrix<T>? weightsGradient, Matrix<T>? powersGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfShapeDiffers(weights, nameof(weights), upstream, nameof(upstream));
        OperandCheck.ThrowIfShapeDiffers(weights, nameof(weights), sharpened, nameof(sharpened));
        OperandCheck.ThrowIfNotColumnOf(weights, powers, nameof(powers));
        OperandCheck.ThrowIfNotGradient(nameof(weightsGradient), weightsGradient, weights, upstream, powers, sharpened);
        OperandCheck.ThrowIfNotGradient(nameof(powersGradient), powersGradient, powers, upstream, weights, sharpened);
        OperandCheck.ThrowIfResultsShareMemory(weightsGradient, powersGradient);
        SharpenGradients<T>.Run(
            weights.RowCount, weights.ColumnCount, upstream.AsSpan(), weights.AsSpan(), powers.AsSpan(), sharpened.AsSpan(), OperandCheck.SpanOf(weightsGradient),
            OperandCheck.SpanOf(powersGradient));
    }

    private static void ThrowIfNotShares<T>(Matrix<T> weights, Matrix<T> shares) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(shares);
        if (shares.RowCount != weights.RowCount || shares.ColumnCount % 2 == 0 || shares.ColumnCount > weights.ColumnCount)
        {
            throw new ArgumentException(
                $"Shares of shifts must be [{weights.RowCount}×S], S odd and at most the {weights.ColumnCount} locations, got {shares.Shape()}.", nameof(shares));
        }
    }
}
