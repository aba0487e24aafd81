using System.Numerics;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>
/// Copies a strip of a matrix into the order in which <see cref="MicroKernel{T, TVector, TSimd}"/> reads it: for each step of the
/// sum the strip's elements side by side.
/// </summary>
internal static unsafe class Packing<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A strip whose elements of one step lie side by side in the source: copies of runs.</summary>
    /// <param name="source">First element of the strip.</param>
    /// <param name="stride">Elements from one step to the next in the source.</param>
    /// <param name="count">Elements of the strip in one step that exist.</param>
    /// <param name="width">Elements of the strip in one step, with zeros behind those that exist.</param>
    /// <param name="steps">Length of the sum.</param>
    /// <param name="target">The packed strip, width·steps elements.</param>
    public static void PackRuns(T* source, nint stride, int count, int width, int steps, T* target)
    {
        for (int p = 0; p < steps; p++)
        {
            var run = new Span<T>(target, width);
            new ReadOnlySpan<T>(source, count).CopyTo(run);
            run[count..].Clear();
            source += stride;
            target += width;
        }
    }

    /// <summary>A strip whose steps lie side by side in the source: a transposition.</summary>
    /// <param name="source">First element of the strip.</param>
    /// <param name="stride">Elements from one element of the strip to the next in the source.</param>
    /// <param name="count">Elements of the strip in one step that exist.</param>
    /// <param name="width">Elements of the strip in one step, with zeros behind those that exist.</param>
    /// <param name="steps">Length of the sum.</param>
    /// <param name="target">The packed strip, width·steps elements.</param>
    public static void PackTransposed(T* source, nint stride, int count, int width, int steps, T* target)
    {
        for (int i = 0; i < width; i++)
        {
            T* from = source + (i * stride);
            T* to = target + i;
            for (int p = 0; p < steps; p++)
            {
                *to = i < count ? from[p] : T.Zero;
                to += width;
            }
        }
    }
}
