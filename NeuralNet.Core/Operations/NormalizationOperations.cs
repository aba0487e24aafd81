using System.Numerics;
using NeuralNet.Core.Kernels.Normalizing;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Operations;

/// <summary>What normalising layers do: means and variances of the columns or rows of a matrix, entries taken to mean 0 and variance 1, and the gradients.</summary>
/// <remarks>
/// <para>On memory, column after column: take that of a matrix with <see cref="MatrixExtensions.AsSpan{T}"/>. As <c>[N×(C·P)]</c> is <c>[(N·P)×C]</c>, the same memory
/// with other rows is normalised by channels instead of by features.</para>
/// <para>Large matrices are shared among the threads, with the same bits at any number of them. Nothing is allocated in steady state.</para>
/// <para><b>Threads.</b> Can be called from several at once, on different results.</para>
/// </remarks>
public static partial class NormalizationOperations
{
    /// <summary><c>μ_j ← Σ_i x_ij / N</c> and <c>σ²_j ← Σ_i (x_ij − μ_j)² / N</c>: mean and variance of each column.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">x <c>[N×C]</c>.</param>
    /// <param name="rows">N, 1 or more.</param>
    /// <param name="mean">μ, a number for each of the C columns.</param>
    /// <param name="variance">σ², likewise.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or two share memory.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no rows.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void ColumnMoments<T>(ReadOnlySpan<T> x, int rows, Span<T> mean, Span<T> variance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        OperandCheck.ThrowIfNotOfShape(nameof(x), x, rows, mean.Length);
        ThrowIfMomentsAreWrong(x, mean, variance);
        Moments<T>.OfColumns(x, rows, mean, variance);
    }

    /// <summary><c>y_ij ← (x_ij − μ_j)·f_j + b_j</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">x <c>[N×C]</c>.</param>
    /// <param name="rows">N, 0 or more.</param>
    /// <param name="numbers">μ of all C columns, then f of all, then b of all: 3·C numbers; shares no memory with y.</param>
    /// <param name="y">y, as long as x; may be x.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or y shares memory with another but all of x.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void StandardizeColumns<T>(ReadOnlySpan<T> x, int rows, ReadOnlySpan<T> numbers, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotElementwise<T>(nameof(y), y, nameof(x), x);
        int columns = LinesOf(nameof(numbers), numbers, 3);
        OperandCheck.ThrowIfNotOfShape(nameof(x), x, rows, columns);
        OperandCheck.ThrowIfOverlaps<T>(nameof(y), y, nameof(numbers), numbers);
        EntryPass<T, Standardize<T>, No, No>.Run(rows, columns, x, default, y, numbers, default);
    }

    /// <summary><c>s_j ← Σ_i g_ij</c> and <c>t_j ← Σ_i g_ij·(x_ij − μ_j)</c>: of which the gradients of <see cref="StandardizeColumns"/> are made.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="upstream">g <c>[N×C]</c>, the gradient of the loss by y.</param>
    /// <param name="rows">N, 0 or more.</param>
    /// <param name="x">x <c>[N×C]</c>.</param>
    /// <param name="mean">μ, a number for each column.</param>
    /// <param name="sums">s of all C columns, then t of all; shares no memory with the others.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or the sums share memory with another.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void ColumnGradientSums<T>(ReadOnlySpan<T> upstream, int rows, ReadOnlySpan<T> x, ReadOnlySpan<T> mean, Span<T> sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        OperandCheck.ThrowIfNotOfShape(nameof(upstream), upstream, rows, mean.Length);
        OperandCheck.ThrowIfNotOfShape(nameof(x), x, rows, mean.Length);
        ThrowIfSumsAreWrong(upstream, x, sums, mean.Length);
        OperandCheck.ThrowIfOverlaps(nameof(sums), sums, nameof(mean), mean);
        EntryPass<T, StandardizeBackwardSums<T>, No, No>.Run(rows, mean.Length, upstream, x, default, mean, sums);
    }

    /// <summary><c>dx_ij ← f_j·g_ij − (a_j + b_j·(x_ij − μ_j))</c>: the gradient by x where μ and f depend on x, with a and b of the sums.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="upstream">g <c>[N×C]</c>, the gradient of the loss by y.</param>
    /// <param name="rows">N, 0 or more.</param>
    /// <param name="x">x <c>[N×C]</c>.</param>
    /// <param name="numbers">μ of all C columns, then f, a and b of all: 4·C numbers; shares no memory with dx.</param>
    /// <param name="downstream">dx, as long as x; may be g or x.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or dx shares memory with another but all of g or x.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void StandardizeColumnsBackward<T>(ReadOnlySpan<T> upstream, int rows, ReadOnlySpan<T> x, ReadOnlySpan<T> numbers, Span<T> downstream)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotElementwise<T>(nameof(downstream), downstream, nameof(upstream), upstream);
        OperandCheck.ThrowIfNotElementwise<T>(nameof(downstream), downstream, nameof(x), x);
        int columns = LinesOf(nameof(numbers), numbers, 4);
        OperandCheck.ThrowIfNotOfShape(nameof(x), x, rows, columns);
        OperandCheck.ThrowIfOverlaps<T>(nameof(downstream), downstream, nameof(numbers), numbers);
        EntryPass<T, StandardizeBackward<T>, No, No>.Run(rows, columns, upstream, x, downstream, numbers, default);
    }

    private static int LinesOf<T>(string name, ReadOnlySpan<T> numbers, int count) where T : unmanaged, IFloatingPointIeee754<T> => numbers.Length % count == 0
        ? numbers.Length / count
        : throw new ArgumentException($"{name} must be {count} for each line, got {numbers.Length}.", name);

    private static void ThrowIfMomentsAreWrong<T>(ReadOnlySpan<T> x, Span<T> mean, Span<T> variance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotApart<T>(nameof(variance), variance, nameof(mean), mean);
        OperandCheck.ThrowIfOverlaps(nameof(mean), mean, nameof(x), x);
        OperandCheck.ThrowIfOverlaps(nameof(variance), variance, nameof(x), x);
    }

    private static void ThrowIfSumsAreWrong<T>(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, Span<T> sums, int lines) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (sums.Length != 2L * lines)
        {
            throw new ArgumentException($"{nameof(sums)} must be 2 for each of {lines} lines, got {sums.Length}.", nameof(sums));
        }

        OperandCheck.ThrowIfOverlaps(nameof(sums), sums, nameof(upstream), upstream);
        OperandCheck.ThrowIfOverlaps(nameof(sums), sums, nameof(x), x);
    }
}
