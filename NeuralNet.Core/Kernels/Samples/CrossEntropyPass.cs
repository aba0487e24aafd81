using System.Numerics;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary>Softmax with cross-entropy over the rows of a matrix <c>[N×C]</c> stored column after column.</summary>
internal static unsafe class CrossEntropyPass<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // Losses that are summed before their sum is added to those of the others: the error grows with the number of additions in a row.
    private const int Block = 64;

    [ThreadStatic]
    private static T[]? _maxima;

    [ThreadStatic]
    private static T[]? _losses;

    /// <summary>The mean over the rows of <c>ln Σ_k e^s_ik − s_i,y(i)</c>.</summary>
    /// <param name="logits">s.</param>
    /// <param name="labels">y, checked: at least one, each from 0 to C − 1.</param>
    /// <param name="difference">Receives <c>p_ij − [j = y(i)]</c>, the gradient times N; not s itself.</param>
    public static T Run(ReadOnlySpan<T> logits, ReadOnlySpan<int> labels, Span<T> difference)
    {
        int rows = labels.Length;
        if (_maxima is null || _losses is null || _losses.Length < rows)
        {
            (_maxima, _losses) = (new T[rows], new T[rows]);
        }

        fixed (T* maxima = _maxima, losses = _losses)
        {
            fixed (int* pLabels = labels)
            {
                SamplePass<T, CrossEntropyForward<T>>.Run(new(rows, pLabels, maxima, losses), rows, logits, default, difference);
                return Sum(losses, rows) / T.CreateTruncating(rows);
            }
        }
    }

    // In the order of the rows, whoever did them: the same bits at any number of threads.
    private static T Sum(T* losses, int rows)
    {
        T sum = T.Zero;
        for (int done = 0; done < rows;)
        {
            T ofBlock = T.Zero;
            for (int end = done + Math.Min(Block, rows - done); done < end; done++)
            {
                ofBlock += losses[done];
            }

            sum += ofBlock;
        }

        return sum;
    }
}
