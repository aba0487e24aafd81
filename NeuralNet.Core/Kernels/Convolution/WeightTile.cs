using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Convolution;

/// <summary>The innermost loop of the gradient by the weight: up to nine elements of the weight in up to three output channels, each the sum of products of two runs of
/// memory, over several rows of an image.</summary>
/// <remarks>Written once for every element type, vector width and size, as <see cref="Gemm.MicroKernel{T, TVector, TSimd}"/> is: with 9 × 3 sums, 27 multiply-adds go with 12 loads
/// and no broadcast, since both factors have the steps of the sum side by side.</remarks>
internal static unsafe class WeightTile<T, TVector, TSimd>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    /// <summary>Adds to the sums.</summary>
    /// <typeparam name="TElements">Elements of the weight, 1 to 9.</typeparam>
    /// <typeparam name="TColumns">Output channels, 1 to 3.</typeparam>
    /// <typeparam name="TMasked">Whether only the elements behind the last whole vector of each row are read, under a mask; otherwise the whole vectors are.</typeparam>
    /// <param name="x">The source.</param>
    /// <param name="places">For each element of the weight the distance of its run from <paramref name="x"/>.</param>
    /// <param name="xStride">Elements of the source from one row to the next.</param>
    /// <param name="d">The gradient by the output.</param>
    /// <param name="dColumn">Its elements from one channel to the next.</param>
    /// <param name="dStride">Its elements from one row to the next.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="lanes">Elements of a row.</param>
    /// <param name="sums">Nine vectors of sums for each output channel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TElements, TColumns, TMasked>(
        T* x, int* places, nint xStride, T* d, nint dColumn, nint dStride, int rows, int lanes, T* sums)
        where TElements : struct, IConstant
        where TColumns : struct, IConstant
        where TMasked : struct, IFlag
    {
        int whole = lanes - (lanes % TSimd.Count);
        nint first = TMasked.Value ? whole : 0, end = TMasked.Value ? lanes : whole;
        TVector mask = TMasked.Value ? TSimd.Mask(lanes - whole) : default;
        nint p0 = places[0];
        nint p1 = TElements.Value > 1 ? places[1] : 0;
        nint p2 = TElements.Value > 2 ? places[2] : 0;
        nint p3 = TElements.Value > 3 ? places[3] : 0;
        nint p4 = TElements.Value > 4 ? places[4] : 0;
        nint p5 = TElements.Value > 5 ? places[5] : 0;
        nint p6 = TElements.Value > 6 ? places[6] : 0;
        nint p7 = TElements.Value > 7 ? places[7] : 0;
        nint p8 = TElements.Value > 8 ? places[8] : 0;
        T* further = sums + (9 * TSimd.Count), last = further + (9 * TSimd.Count);
        TVector x0 = TSimd.Load(sums);
        TVector x1 = TElements.Value > 1 ? TSimd.Load(sums + (1 * TSimd.Count)) : default;
        TVector x2 = TElements.Value > 2 ? TSimd.Load(sums + (2 * TSimd.Count)) : default;
        TVector x3 = TElements.Value > 3 ? TSimd.Load(sums + (3 * TSimd.Count)) : default;
        TVector x4 = TElements.Value > 4 ? TSimd.Load(sums + (4 * TSimd.Count)) : default;
        TVector x5 = TElements.Value > 5 ? TSimd.Load(sums + (5 * TSimd.Count)) : default;
        TVector x6 = TElements.Value > 6 ? TSimd.Load(sums + (6 * TSimd.Count)) : default;
        TVector x7 = TElements.Value > 7 ? TSimd.Load(sums + (7 * TSimd.Count)) : default;
        TVector x8 = TElements.Value > 8 ? TSimd.Load(sums + (8 * TSimd.Count)) : default;
        TVector y0 = TColumns.Value > 1 ? TSimd.Load(further) : default;
        TVector y1 = TElements.Value > 1 && TColumns.Value > 1 ? TSimd.Load(further + (1 * TSimd.Count)) : default;
        TVector y2 = TElements.Value > 2 && TColumns.Value > 1 ? TSimd.Load(further + (2 * TSimd.Count)) : default;
        TVector y3 = TElements.Value > 3 && TColumns.Value > 1 ? TSimd.Load(further + (3 * TSimd.Count)) : default;
        TVector y4 = TElements.Value > 4 && TColumns.Value > 1 ? TSimd.Load(further + (4 * TSimd.Count)) : default;
        TVector y5 = TElements.Value > 5 && TColumns.Value > 1 ? TSimd.Load(further + (5 * TSimd.Count)) : default;
        TVector y6 = TElements.Value > 6 && TColumns.Value > 1 ? TSimd.Load(further + (6 * TSimd.Count)) : default;
        TVector y7 = TElements.Value > 7 && TColumns.Value > 1 ? TSimd.Load(further + (7 * TSimd.Count)) : default;
        TVector y8 = TElements.Value > 8 && TColumns.Value > 1 ? TSimd.Load(further + (8 * TSimd.Count)) : default;
        TVector z0 = TColumns.Value > 2 ? TSimd.Load(last) : default;
        TVector z1 = TElements.Value > 1 && TColumns.Value > 2 ? TSimd.Load(last + (1 * TSimd.Count)) : default;
        TVector z2 = TElements.Value > 2 && TColumns.Value > 2 ? TSimd.Load(last + (2 * TSimd.Count)) : default;
        TVector z3 = TElements.Value > 3 && TColumns.Value > 2 ? TSimd.Load(last + (3 * TSimd.Count)) : default;
        TVector z4 = TElements.Value > 4 && TColumns.Value > 2 ? TSimd.Load(last + (4 * TSimd.Count)) : default;
        TVector z5 = TElements.Value > 5 && TColumns.Value > 2 ? TSimd.Load(last + (5 * TSimd.Count)) : default;
        TVector z6 = TElements.Value > 6 && TColumns.Value > 2 ? TSimd.Load(last + (6 * TSimd.Count)) : default;
        TVector z7 = TElements.Value > 7 && TColumns.Value > 2 ? TSimd.Load(last + (7 * TSimd.Count)) : default;
        TVector z8 = TElements.Value > 8 && TColumns.Value > 2 ? TSimd.Load(last + (8 * TSimd.Count)) : default;

        for (; rows > 0; rows--)
        {
            for (nint i = first; i < end; i += TSimd.Count)
            {
                TVector d0 = Load<TMasked>(d + i, mask);
                TVector d1 = TColumns.Value > 1 ? Load<TMasked>(d + dColumn + i, mask) : default;
                TVector d2 = TColumns.Value > 2 ? Load<TMasked>(d + (2 * dColumn) + i, mask) : default;
                MultiplyAdd<TColumns>(Load<TMasked>(x + p0 + i, mask), d0, d1, d2, ref x0, ref y0, ref z0);
                if (TElements.Value > 1)
                {
                    MultiplyAdd<TColumns>(Load<TMasked>(x + p1 + i, mask), d0, d1, d2, ref x1, ref y1, ref z1);
                }

                if (TElements.Value > 2)
                {
                    MultiplyAdd<TColumns>(Load<TMasked>(x + p2 + i, mask), d0, d1, d2, ref x2, ref y2, ref z2);
                }

                if (TElements.Value > 3)
                {
                    MultiplyAdd<TColumns>(Load<TMasked>(x + p3 + i, mask), d0, d1, d2, ref x3, ref y3, ref z3);
                }

                if (TElements.Value > 4)
                {
                    MultiplyAdd<TColumns>(Load<TMasked>(x + p4 + i, mask), d0, d1, d2, ref x4, ref y4, ref z4);
                }

                if (TElements.Value > 5)
                {
                    MultiplyAdd<TColumns>(Load<TMasked>(x + p5 + i, mask), d0, d1, d2, ref x5, ref y5, ref z5);
                }

                if (TElements.Value > 6)
                {
                    MultiplyAdd<TColumns>(Load<TMasked>(x + p6 + i, mask), d0, d1, d2, ref x6, ref y6, ref z6);
                }

                if (TElements.Value > 7)
                {
                    MultiplyAdd<TColumns>(Load<TMasked>(x + p7 + i, mask), d0, d1, d2, ref x7, ref y7, ref z7);
                }

                if (TElements.Value > 8)
                {
                    MultiplyAdd<TColumns>(Load<TMasked>(x + p8 + i, mask), d0, d1, d2, ref x8, ref y8, ref z8);
                }
            }

            x += xStride;
            d += dStride;
        }

        Store<TColumns>(sums, x0, y0, z0);
        if (TElements.Value > 1)
        {
            Store<TColumns>(sums + (1 * TSimd.Count), x1, y1, z1);
        }

        if (TElements.Value > 2)
        {
            Store<TColumns>(sums + (2 * TSimd.Count), x2, y2, z2);
        }

        if (TElements.Value > 3)
        {
            Store<TColumns>(sums + (3 * TSimd.Count), x3, y3, z3);
        }

        if (TElements.Value > 4)
        {
            Store<TColumns>(sums + (4 * TSimd.Count), x4, y4, z4);
        }

        if (TElements.Value > 5)
        {
            Store<TColumns>(sums + (5 * TSimd.Count), x5, y5, z5);
        }

        if (TElements.Value > 6)
        {
            Store<TColumns>(sums + (6 * TSimd.Count), x6, y6, z6);
        }

        if (TElements.Value > 7)
        {
            Store<TColumns>(sums + (7 * TSimd.Count), x7, y7, z7);
        }

        if (TElements.Value > 8)
        {
            Store<TColumns>(sums + (8 * TSimd.Count), x8, y8, z8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load<TMasked>(T* source, TVector mask) where TMasked : struct, IFlag => TMasked.Value ? TSimd.Load(source, mask) : TSimd.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyAdd<TColumns>(TVector element, TVector d0, TVector d1, TVector d2, ref TVector x, ref TVector y, ref TVector z)
        where TColumns : struct, IConstant
    {
        x = TSimd.MultiplyAdd(element, d0, x);
        if (TColumns.Value > 1)
        {
            y = TSimd.MultiplyAdd(element, d1, y);
        }

        if (TColumns.Value > 2)
        {
            z = TSimd.MultiplyAdd(element, d2, z);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TColumns>(T* sums, TVector x, TVector y, TVector z) where TColumns : struct, IConstant
    {
        TSimd.Store(sums, x);
        if (TColumns.Value > 1)
        {
            TSimd.Store(sums + (9 * TSimd.Count), y);
        }

        if (TColumns.Value > 2)
        {
            TSimd.Store(sums + (18 * TSimd.Count), z);
        }
    }
}
