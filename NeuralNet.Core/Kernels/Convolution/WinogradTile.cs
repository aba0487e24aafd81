using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Convolution;

/// <summary>A tile of all channels, of some samples: from an image to its 16 entries, or from entries to an image.</summary>
/// <remarks>In the entries, samples lie side by side; a channel and an entry are strides apart. Images are <c>[N×(C·H·W)]</c>.</remarks>
internal static unsafe class WinogradTile<T, TVector, TSimd>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    private static readonly int MostSamples = 2 * TSimd.Count;

    /// <summary>The 4×4 positions from (y, x) on, those outside of the image being zeros, as entries for the products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromSource(
        T* source, int height, int width, int samples, int count, int y, int x, int channels, T* target, nint channelStride, nint entryStride)
    {
        bool isInside = y >= 0 && y + 4 <= height && x >= 0 && x + 4 <= width;
        T* padded = stackalloc T[WinogradPlan.Entries * MostSamples];
        nint row = (nint)width * samples, plane = height * row;
        int whole = count - (count % TSimd.Count);
        TVector mask = TSimd.Mask(count - whole);
        for (int channel = 0; channel < channels; channel++)
        {
            T* from = source + (channel * plane) + (y * row) + ((nint)x * samples);
            nint right = samples, below = row;
            if (!isInside)
            {
                CopyPadded(from, height, width, samples, count, y, x, padded);
                (right, below) = (MostSamples, 4 * MostSamples);
                from = padded;
            }

            for (int i = 0; i < whole; i += TSimd.Count)
            {
                WinogradTransform<T, TVector, TSimd>.Source<No>(from + i, right, below, mask, target + i, entryStride);
            }

            if (whole < count)
            {
                WinogradTransform<T, TVector, TSimd>.Source<Yes>(from + whole, right, below, mask, target + whole, entryStride);
            }

            target += channelStride;
        }
    }

    /// <summary>The gradients by the 2×2 positions from (y, x) on, those outside of the image being zeros, as entries for the gradient by the weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromUpstream(
        T* upstream, int height, int width, int samples, int count, int y, int x, int channels, T* target, nint channelStride, nint entryStride)
    {
        nint plane = (nint)height * width * samples, right = x + 1 < width ? samples : 0, below = y + 1 < height ? (nint)width * samples : 0;
        T* from = upstream + ((((nint)y * width) + x) * samples);
        int whole = count - (count % TSimd.Count);
        TVector mask = TSimd.Mask(count - whole);
        for (int channel = 0; channel < channels; channel++)
        {
            for (int i = 0; i < whole; i += TSimd.Count)
            {
                WinogradTransform<T, TVector, TSimd>.Upstream<No>(from + i, right, below, mask, target + i, entryStride);
            }

            if (whole < count)
            {
                WinogradTransform<T, TVector, TSimd>.Upstream<Yes>(from + whole, right, below, mask, target + whole, entryStride);
            }

            from += plane;
            target += channelStride;
        }
    }

    /// <summary>The products' entries as the 2×2 positions of the target from (y, x) on, as far as there are any, with a number for each channel added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToTarget(
        T* products, nint channelStride, nint entryStride, T* bias, T* target, int height, int width, int samples, int count, int y, int x, int channels)
    {
        nint plane = (nint)height * width * samples, right = x + 1 < width ? samples : 0, below = y + 1 < height ? (nint)width * samples : 0;
        T* to = target + ((((nint)y * width) + x) * samples);
        int whole = count - (count % TSimd.Count);
        TVector mask = TSimd.Mask(count - whole);
        for (int channel = 0; channel < channels; channel++)
        {
            TVector added = TSimd.Create(bias is null ? T.Zero : bias[channel]);
            for (int i = 0; i < whole; i += TSimd.Count)
            {
                WinogradTransform<T, TVector, TSimd>.Target<No>(products + i, entryStride, added, mask, to + i, right, below);
            }

            if (whole < count)
            {
                WinogradTransform<T, TVector, TSimd>.Target<Yes>(products + whole, entryStride, added, mask, to + whole, right, below);
            }

            products += channelStride;
            to += plane;
        }
    }

    // The positions that there are, and zeros for the others.
    private static void CopyPadded(T* from, int height, int width, int samples, int count, int y, int x, T* padded)
    {
        for (int i = 0; i < WinogradPlan.Entries; i++)
        {
            int row = y + (i / 4), column = x + (i % 4);
            var target = new Span<T>(padded + (i * MostSamples), count);
            if (row >= 0 && row < height && column >= 0 && column < width)
            {
                new ReadOnlySpan<T>(from + ((((nint)(i / 4) * width) + (i % 4)) * samples), count).CopyTo(target);
            }
            else
            {
                target.Clear();
            }
        }
    }
}
