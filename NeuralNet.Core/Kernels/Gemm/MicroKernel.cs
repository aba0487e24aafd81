using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>
/// The innermost loop of the matrix product: one register tile of C, one or two vectors high and 1 to 12 columns wide.
/// </summary>
/// <remarks>
/// <para>Written once for every element type, vector width, tile size and layout: all of these are type parameters, so the JIT drops
/// what is not used. In each step of the sum it loads a column of A (two vectors), and for each column of the tile broadcasts one
/// element of B and adds two products; with 12 columns that is 24 multiply-adds to 14 loads, all sums in registers.</para>
/// <para>No call may stand behind the loop: it would make the JIT spill all sums in every step. docs/performance.md shows what the
/// loop must look like.</para>
/// </remarks>
internal static unsafe class MicroKernel<T, TVector, TSimd>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    /// <summary><c>C ← α·(1·s + A·B) + β·C</c> for one tile.</summary>
    /// <typeparam name="TRowVectors">Height of the tile in vectors, 1 or 2.</typeparam>
    /// <typeparam name="TColumns">Columns of the tile, 1 to 12.</typeparam>
    /// <typeparam name="TAdjacent">Whether the tile's elements of one step of B lie side by side, or one stride apart.</typeparam>
    /// <typeparam name="TMasked">Whether the tile's rows end within its last vector, so that A is read and C written under a mask there.</typeparam>
    /// <typeparam name="TListed">Whether the steps of A lie at listed places, or one stride apart.</typeparam>
    /// <param name="steps">Length of the sum.</param>
    /// <param name="a">A: for each step the tile's rows side by side.</param>
    /// <param name="aStride">Elements from one step of A to the next, where they are not listed.</param>
    /// <param name="places">For each step of A its distance from <paramref name="a"/> in elements, where they are listed.</param>
    /// <param name="b">B.</param>
    /// <param name="bStride">Elements of B from one step to the next where columns are adjacent, else from one column to the next.</param>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="beta">Factor of what C holds; with 0, C is not read.</param>
    /// <param name="c">The tile's first element.</param>
    /// <param name="cStride">Elements from one column of C to the next.</param>
    /// <param name="start">What the sums of each column start with, a number for each: zeros, or a bias.</param>
    /// <param name="rows">Rows of the tile that exist; what lies behind them is not touched.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRowVectors, TColumns, TAdjacent, TMasked, TListed>(
        nint steps, T* a, nint aStride, int* places, T* b, nint bStride, T alpha, T beta, T* c, nint cStride, T* start, int rows)
        where TRowVectors : struct, IConstant
        where TColumns : struct, IConstant
        where TAdjacent : struct, IFlag
        where TMasked : struct, IFlag
        where TListed : struct, IFlag
    {
        TVector mask = TMasked.Value ? TSimd.Mask(rows - ((TRowVectors.Value - 1) * TSimd.Count)) : default;
        T* column = c;
        for (int j = 0; j < TColumns.Value; j++)
        {
            // C is needed when the sums are done, and is seldom in the first-level cache then.
            TSimd.Prefetch(column);
            TSimd.Prefetch(column + ((TRowVectors.Value * TSimd.Count) - 1));
            column += cStride;
        }

        // Columns that lie apart are reached from every third by small multiples of the stride, which addresses can hold.
        T* b3 = b + (3 * bStride), b6 = b + (6 * bStride), b9 = b + (9 * bStride);
        TVector x0 = TSimd.Create(start[0]), y0 = x0;
        TVector x1 = TColumns.Value > 1 ? TSimd.Create(start[1]) : default, y1 = x1;
        TVector x2 = TColumns.Value > 2 ? TSimd.Create(start[2]) : default, y2 = x2;
        TVector x3 = TColumns.Value > 3 ? TSimd.Create(start[3]) : default, y3 = x3;
        TVector x4 = TColumns.Value > 4 ? TSimd.Create(start[4]) : default, y4 = x4;
        TVector x5 = TColumns.Value > 5 ? TSimd.Create(start[5]) : default, y5 = x5;
        TVector x6 = TColumns.Value > 6 ? TSimd.Create(start[6]) : default, y6 = x6;
        TVector x7 = TColumns.Value > 7 ? TSimd.Create(start[7]) : default, y7 = x7;
        TVector x8 = TColumns.Value > 8 ? TSimd.Create(start[8]) : default, y8 = x8;
        TVector x9 = TColumns.Value > 9 ? TSimd.Create(start[9]) : default, y9 = x9;
        TVector x10 = TColumns.Value > 10 ? TSimd.Create(start[10]) : default, y10 = x10;
        TVector x11 = TColumns.Value > 11 ? TSimd.Create(start[11]) : default, y11 = x11;

        T* first = a;
        for (; steps > 0; steps--)
        {
            if (TListed.Value)
            {
                a = first + *places;
                places++;
            }

            TVector a0 = TMasked.Value && TRowVectors.Value == 1 ? TSimd.Load(a, mask) : TSimd.Load(a);
            TVector a1 = TRowVectors.Value == 1 ? default : TMasked.Value ? TSimd.Load(a + TSimd.Count, mask) : TSimd.Load(a + TSimd.Count);
            MultiplyAdd<TRowVectors>(a0, a1, b, ref x0, ref y0);
            if (TColumns.Value > 1)
            {
                MultiplyAdd<TRowVectors>(a0, a1, TAdjacent.Value ? b + 1 : b + bStride, ref x1, ref y1);
            }

            if (TColumns.Value > 2)
            {
                MultiplyAdd<TRowVectors>(a0, a1, TAdjacent.Value ? b + 2 : b + (2 * bStride), ref x2, ref y2);
            }

            if (TColumns.Value > 3)
            {
                MultiplyAdd<TRowVectors>(a0, a1, TAdjacent.Value ? b + 3 : b3, ref x3, ref y3);
            }

            if (TColumns.Value > 4)
            {
                MultiplyAdd<TRowVectors>(a0, a1, TAdjacent.Value ? b + 4 : b3 + bStride, ref x4, ref y4);
            }

            if (TColumns.Value > 5)
            {
                MultiplyAdd<TRowVectors>(a0, a1, TAdjacent.Value ? b + 5 : b3 + (2 * bStride), ref x5, ref y5);
            }

            if (TColumns.Value > 6)
            {
                MultiplyAdd<TRowVectors>(a0, a1, TAdjacent.Value ? b + 6 : b6, ref x6, ref y6);
            }

            if (TColumns.Value > 7)
            {
                MultiplyAdd<TRowVectors>(a0, a1, TAdjacent.Value ? b + 7 : b6 + bStride, ref x7, ref y7);
            }

            if (TColumns.Value > 8)
            {
                MultiplyAdd<TRowVectors>(a0, a1, TAdjacent.Value ? b + 8 : b6 + (2 * bStride), ref x8, ref y8);
            }

            if (TColumns.Value > 9)
            {
                MultiplyAdd<TRowVectors>(a0, a1, TAdjacent.Value ? b + 9 : b9, ref x9, ref y9);
            }

            if (TColumns.Value > 10)
            {
                MultiplyAdd<TRowVectors>(a0, a1, TAdjacent.Value ? b + 10 : b9 + bStride, ref x10, ref y10);
            }

            if (TColumns.Value > 11)
            {
                MultiplyAdd<TRowVectors>(a0, a1, TAdjacent.Value ? b + 11 : b9 + (2 * bStride), ref x11, ref y11);
            }

            if (!TListed.Value)
            {
                a += aStride;
            }

            b += TAdjacent.Value ? bStride : 1;
            b3++;
            b6++;
            b9++;
        }

        var store = new TileStore<T, TVector, TSimd, TRowVectors, TMasked>(alpha, beta, mask);
        store.Column(c, x0, y0);
        if (TColumns.Value > 1)
        {
            store.Column(c + (1 * cStride), x1, y1);
        }

        if (TColumns.Value > 2)
        {
            store.Column(c + (2 * cStride), x2, y2);
        }

        if (TColumns.Value > 3)
        {
            store.Column(c + (3 * cStride), x3, y3);
        }

        if (TColumns.Value > 4)
        {
            store.Column(c + (4 * cStride), x4, y4);
        }

        if (TColumns.Value > 5)
        {
            store.Column(c + (5 * cStride), x5, y5);
        }

        if (TColumns.Value > 6)
        {
            store.Column(c + (6 * cStride), x6, y6);
        }

        if (TColumns.Value > 7)
        {
            store.Column(c + (7 * cStride), x7, y7);
        }

        if (TColumns.Value > 8)
        {
            store.Column(c + (8 * cStride), x8, y8);
        }

        if (TColumns.Value > 9)
        {
            store.Column(c + (9 * cStride), x9, y9);
        }

        if (TColumns.Value > 10)
        {
            store.Column(c + (10 * cStride), x10, y10);
        }

        if (TColumns.Value > 11)
        {
            store.Column(c + (11 * cStride), x11, y11);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyAdd<TRowVectors>(TVector a0, TVector a1, T* b, ref TVector x, ref TVector y) where TRowVectors : struct, IConstant
    {
        TVector element = TSimd.Create(*b);
        x = TSimd.MultiplyAdd(a0, element, x);
        if (TRowVectors.Value > 1)
        {
            y = TSimd.MultiplyAdd(a1, element, y);
        }
    }
}
