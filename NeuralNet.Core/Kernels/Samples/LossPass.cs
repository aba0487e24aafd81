using System.Numerics;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary>Losses of the rows of a matrix <c>[N×C]</c> stored column after column, and their gradients, each in one pass that the threads share.</summary>
/// <remarks>All is checked: N is the number of losses, 1 or more, and labels are from 0 to C − 1.</remarks>
internal static unsafe class LossPass<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [ThreadStatic]
    private static T[]? _ofRows;

    /// <summary><c>ln Σ_k e^x_ik − x_i,y(i)</c>.</summary>
    /// <param name="logits">x.</param>
    /// <param name="labels">y.</param>
    /// <param name="slopes">Receives <c>p_ij − [j = y(i)]</c>; not x itself.</param>
    /// <param name="losses">Receives the losses.</param>
    public static void CrossEntropy(ReadOnlySpan<T> logits, ReadOnlySpan<int> labels, Span<T> slopes, Span<T> losses)
    {
        fixed (T* maxima = OfRows(losses.Length), pLosses = losses)
        {
            fixed (int* pLabels = labels)
            {
                SamplePass<T, CrossEntropyForward<T>>.Run(
                    new(losses.Length, pLabels, maxima, pLosses), losses.Length, logits, default, slopes);
            }
        }
    }

    /// <summary><c>Σ_j q_ij·(ln Σ_k e^x_ik − x_ij)</c>.</summary>
    /// <param name="logits">x.</param>
    /// <param name="targets">q.</param>
    /// <param name="slopes">Receives <c>p_ij·Σ_k q_ik − q_ij</c>; neither x nor q itself.</param>
    /// <param name="losses">Receives the losses.</param>
    public static void CrossEntropy(ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, Span<T> slopes, Span<T> losses)
    {
        fixed (T* pLosses = losses)
        {
            SamplePass<T, SoftCrossEntropyForward<T>>.Run(new(pLosses), losses.Length, logits, targets, slopes);
        }
    }

    /// <summary><c>Σ_{j ≠ y(i)} max(0, x_ij − x_i,y(i) + Δ)</c>.</summary>
    /// <param name="scores">x.</param>
    /// <param name="labels">y.</param>
    /// <param name="margin">Δ.</param>
    /// <param name="slopes">Receives the gradient; not x itself.</param>
    /// <param name="losses">Receives the losses.</param>
    public static void MulticlassHinge(ReadOnlySpan<T> scores, ReadOnlySpan<int> labels, T margin, Span<T> slopes, Span<T> losses)
    {
        fixed (T* numbers = OfRows(losses.Length), pLosses = losses)
        {
            fixed (int* pLabels = labels)
            {
                SamplePass<T, MulticlassHingeForward<T>>.Run(
                    new(losses.Length, pLabels, margin, numbers, pLosses), losses.Length, scores, default, slopes);
            }
        }
    }

    /// <summary>The sum over the elements of a row of what a step makes of prediction and target.</summary>
    /// <param name="setting">The step's a.</param>
    /// <param name="prediction">The prediction.</param>
    /// <param name="target">The target.</param>
    /// <param name="slopes">Receives the derivatives; may be one of both.</param>
    /// <param name="losses">Receives the losses.</param>
    public static void Elements<TStep>(T setting, ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, Span<T> slopes, Span<T> losses)
        where TStep : struct, IColumnStep<T>
    {
        fixed (T* pLosses = losses)
        {
            SamplePass<T, ElementLossForward<T, TStep>>.Run(new(setting, pLosses), losses.Length, prediction, target, slopes);
        }
    }

    /// <summary><c>y_ij ← factor·c_i·x_ij</c>, and 0 where c_i is 0, whatever x is.</summary>
    /// <param name="x">x.</param>
    /// <param name="column">c, N numbers, 0 or more.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="y">y; may be x.</param>
    public static void ScaleRows(ReadOnlySpan<T> x, ReadOnlySpan<T> column, T factor, Span<T> y)
    {
        fixed (T* pColumn = column)
        {
            SamplePass<T, RowScaling<T>>.Run(new(factor, pColumn), column.Length, x, default, y);
        }
    }

    private static T[] OfRows(int rows) => _ofRows is { } numbers && numbers.Length >= rows ? numbers : _ofRows = new T[rows];
}
