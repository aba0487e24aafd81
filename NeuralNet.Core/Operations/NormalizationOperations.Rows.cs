using System.Numerics;
using NeuralNet.Core.Kernels.Normalizing;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Operations;

/// <content>By rows: each sample, or each position of one, is taken to mean 0 and variance 1.</content>
public static partial class NormalizationOperations
{
    /// <summary><c>μ_i ← Σ_j x_ij / C</c> and <c>σ²_i ← Σ_j (x_ij − μ_i)² / C</c>: mean and variance of each row.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">x <c>[N×C]</c>.</param>
    /// <param name="columns">C, 1 or more.</param>
    /// <param name="mean">μ, a number for each of the N rows.</param>
    /// <param name="variance">σ², likewise.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or two share memory.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no columns.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void RowMoments<T>(ReadOnlySpan<T> x, int columns, Span<T> mean, Span<T> variance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        OperandCheck.ThrowIfNotOfShape(nameof(x), x, mean.Length, columns);
        ThrowIfMomentsAreWrong(x, mean, variance);
        Moments<T>.OfRows(x, columns, mean, variance);
    }

    /// <summary><c>y_ij ← (x_ij − μ_i)·f_i·γ_j + β_j</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">x <c>[N×C]</c>.</param>
    /// <param name="columns">C, 0 or more.</param>
    /// <param name="numbers">μ of all N rows, then f of all: 2·N numbers; shares no memory with y.</param>
    /// <param name="scale">γ, a number for each column, or empty for ones.</param>
    /// <param name="shift">β, likewise, or empty for zeros.</param>
    /// <param name="y">y, as long as x; may be x.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or y shares memory with another but all of x.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void StandardizeRows<T>(
        ReadOnlySpan<T> x, int columns, ReadOnlySpan<T> numbers, ReadOnlySpan<T> scale, ReadOnlySpan<T> shift, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotElementwise<T>(nameof(y), y, nameof(x), x);
        int rows = RowsOf(x, columns, numbers, 2);
        ThrowIfNotForColumns(nameof(scale), scale, columns);
        ThrowIfNotForColumns(nameof(shift), shift, columns);
        OperandCheck.ThrowIfOverlaps<T>(nameof(y), y, nameof(numbers), numbers);
        OperandCheck.ThrowIfOverlaps<T>(nameof(y), y, nameof(scale), scale);
        OperandCheck.ThrowIfOverlaps<T>(nameof(y), y, nameof(shift), shift);
        EntryPass<T, StandardizeRow<T>, Yes, No>.Run(rows, columns, x, default, y, numbers, default, scale, shift);
    }

    /// <summary><c>s_i ← Σ_j γ_j·g_ij</c> and <c>t_i ← Σ_j γ_j·g_ij·z_ij</c> with <c>z_ij = (x_ij − μ_i)·f_i</c>: of which the gradient of
    /// <see cref="StandardizeRows"/> by x is made.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="upstream">g <c>[N×C]</c>, the gradient of the loss by y.</param>
    /// <param name="columns">C, 0 or more.</param>
    /// <param name="x">x <c>[N×C]</c>.</param>
    /// <param name="numbers">μ of all N rows, then f of all: 2·N numbers.</param>
    /// <param name="scale">γ, a number for each column, or empty for ones.</param>
    /// <param name="sums">s of all N rows, then t of all; shares no memory with the others.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or the sums share memory with another.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void RowGradientSums<T>(
        ReadOnlySpan<T> upstream, int columns, ReadOnlySpan<T> x, ReadOnlySpan<T> numbers, ReadOnlySpan<T> scale, Span<T> sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        int rows = RowsOf(x, columns, numbers, 2);
        OperandCheck.ThrowIfNotOfShape(nameof(upstream), upstream, rows, columns);
        ThrowIfNotForColumns(nameof(scale), scale, columns);
        ThrowIfSumsAreWrong(upstream, x, sums, rows);
        OperandCheck.ThrowIfOverlaps(nameof(sums), sums, nameof(numbers), numbers);
        OperandCheck.ThrowIfOverlaps(nameof(sums), sums, nameof(scale), scale);
        EntryPass<T, RowGradientSums<T>, Yes, Yes>.Run(rows, columns, upstream, x, default, numbers, sums, scale);
    }

    /// <summary><c>dx_ij ← f_i·(γ_j·g_ij − a_i − b_i·z_ij)</c> with <c>z_ij = (x_ij − μ_i)·f_i</c>, and in the same pass <c>s_j ← Σ_i g_ij</c> and
    /// <c>t_j ← Σ_i g_ij·z_ij</c>, the gradients by β and γ.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="upstream">g <c>[N×C]</c>, the gradient of the loss by y.</param>
    /// <param name="columns">C, 0 or more.</param>
    /// <param name="x">x <c>[N×C]</c>.</param>
    /// <param name="numbers">μ of all N rows, then f, a and b of all: 4·N numbers; shares no memory with what is written.</param>
    /// <param name="scale">γ, a number for each column, or empty for ones.</param>
    /// <param name="downstream">dx, as long as x; may be g or x.</param>
    /// <param name="sums">s of all C columns, then t of all; shares no memory with the others.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or what is written shares memory with another.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void StandardizeRowsBackward<T>(
        ReadOnlySpan<T> upstream, int columns, ReadOnlySpan<T> x, ReadOnlySpan<T> numbers, ReadOnlySpan<T> scale, Span<T> downstream, Span<T> sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotElementwise<T>(nameof(downstream), downstream, nameof(upstream), upstream);
        OperandCheck.ThrowIfNotElementwise<T>(nameof(downstream), downstream, nameof(x), x);
        int rows = RowsOf(x, columns, numbers, 4);
        ThrowIfNotForColumns(nameof(scale), scale, columns);
        ThrowIfSumsAreWrong(upstream, x, sums, columns);
        OperandCheck.ThrowIfOverlaps<T>(nameof(downstream), downstream, nameof(numbers), numbers);
        OperandCheck.ThrowIfOverlaps<T>(nameof(downstream), downstream, nameof(scale), scale);
        OperandCheck.ThrowIfOverlaps<T>(nameof(sums), sums, nameof(downstream), downstream);
        OperandCheck.ThrowIfOverlaps(nameof(sums), sums, nameof(numbers), numbers);
        OperandCheck.ThrowIfOverlaps(nameof(sums), sums, nameof(scale), scale);
        EntryPass<T, StandardizeRowBackward<T>, Yes, No>.Run(rows, columns, upstream, x, downstream, numbers, sums, scale);
    }

    private static int RowsOf<T>(ReadOnlySpan<T> x, int columns, ReadOnlySpan<T> numbers, int count) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        int rows = LinesOf(nameof(numbers), numbers, count);
        OperandCheck.ThrowIfNotOfShape(nameof(x), x, rows, columns);
        return rows;
    }

    private static void ThrowIfNotForColumns<T>(string name, ReadOnlySpan<T> numbers, int columns) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!numbers.IsEmpty && numbers.Length != columns)
        {
            throw new ArgumentException($"{name} must be a number for each of {columns} columns, or empty, got {numbers.Length}.", name);
        }
    }
}
