using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Kernels;

/// <summary>Softmax with cross-entropy over the rows of a matrix <c>[N×C]</c> stored column after column.</summary>
/// <remarks>A row is not contiguous; so each step goes over whole columns, with one number per sample kept beside them.</remarks>
internal static class Softmax
{
    // Samples done at a time: their columns and the numbers per sample stay in the first-level cache, and on the stack.
    private const int Block = 256;

    /// <summary>The mean over the rows of <c>log Σ_k e^s_ik − s_i,y(i)</c>.</summary>
    /// <param name="logits">s.</param>
    /// <param name="labels">y, checked.</param>
    /// <param name="difference">Receives <c>p_ij − [j = y(i)]</c>, the gradient times N.</param>
    public static T CrossEntropy<T>(ReadOnlySpan<T> logits, ReadOnlySpan<int> labels, Span<T> difference) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = labels.Length;
        T sum = T.Zero;
        for (int first = 0; first < rows; first += Block)
        {
            int count = Math.Min(Block, rows - first);
            sum += CrossEntropyOfBlock(logits[first..], labels.Slice(first, count), difference[first..], rows);
        }

        return sum / T.CreateTruncating(rows);
    }

    private static T CrossEntropyOfBlock<T>(ReadOnlySpan<T> logits, ReadOnlySpan<int> labels, Span<T> difference, int stride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> maxima = stackalloc T[Block], sums = stackalloc T[Block];
        maxima = maxima[..labels.Length];
        sums = sums[..labels.Length];
        logits[..labels.Length].CopyTo(maxima);
        for (int j = stride; j < logits.Length; j += stride)
        {
            TensorPrimitives.Max(maxima, logits.Slice(j, labels.Length), maxima);
        }

        sums.Clear();
        for (int j = 0; j < logits.Length; j += stride)
        {
            Span<T> column = difference.Slice(j, labels.Length);
            TensorPrimitives.Subtract(logits.Slice(j, labels.Length), maxima, column);
            TensorPrimitives.Exp(column, column);
            TensorPrimitives.Add(sums, column, sums);
        }

        for (int j = 0; j < logits.Length; j += stride)
        {
            Span<T> column = difference.Slice(j, labels.Length);
            TensorPrimitives.Divide(column, sums, column);
        }

        TensorPrimitives.Log(sums, sums);
        T loss = T.Zero;
        for (int i = 0; i < labels.Length; i++)
        {
            int index = i + (labels[i] * stride);
            loss += sums[i] + (maxima[i] - logits[index]);
            difference[index] -= T.One;
        }

        return loss;
    }
}
