using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>
/// The innermost loop of the matrix product: one register tile of C, one or two vectors high and 1 to 12 columns wide.
/// </summary>
/// <remarks>
/// Written once for every element type, vector width and tile size: the sizes are type parameters, so the JIT drops what is not
/// used. In each step of the sum it loads one column of the A strip (two vectors), and for each column of the tile broadcasts one
/// element of B and adds two products; with 12 columns that is 24 multiply-adds to 14 loads, all sums in registers.
/// </remarks>
internal static unsafe class MicroKernel<T, TVector, TSimd>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    /// <summary><c>C ← α·A·B + β·C</c> for one tile.</summary>
    /// <param name="steps">Length of the sum.</param>
    /// <param name="a">A strip, packed: for each step the tile's rows side by side.</param>
    /// <param name="b">B strip, packed: for each step the tile's columns side by side.</param>
    /// <param name="bStride">Elements from one step of B to the next.</param>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="beta">Factor of what C holds; with 0, C is not read.</param>
    /// <param name="c">The tile's first element.</param>
    /// <param name="cStride">Elements from one column of C to the next.</param>
    /// <param name="rows">Rows of the tile that exist in C; the last vector is masked.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRowVectors, TColumns>(nint steps, T* a, T* b, nint bStride, T alpha, T beta, T* c, nint cStride, int rows)
        where TRowVectors : struct, IConstant
        where TColumns : struct, IConstant
    {
        TVector x0 = default, y0 = default;
        TVector x1 = default, y1 = default;
        TVector x2 = default, y2 = default;
        TVector x3 = default, y3 = default;
        TVector x4 = default, y4 = default;
        TVector x5 = default, y5 = default;
        TVector x6 = default, y6 = default;
        TVector x7 = default, y7 = default;
        TVector x8 = default, y8 = default;
        TVector x9 = default, y9 = default;
        TVector x10 = default, y10 = default;
        TVector x11 = default, y11 = default;

        for (; steps > 0; steps--)
        {
            TVector a0 = TSimd.Load(a);
            TVector a1 = TRowVectors.Value > 1 ? TSimd.Load(a + TSimd.Count) : default;
            MultiplyAdd<TRowVectors>(a0, a1, b, ref x0, ref y0);
            if (TColumns.Value > 1)
            {
                MultiplyAdd<TRowVectors>(a0, a1, b + 1, ref x1, ref y1);
            }

            if (TColumns.Value > 2)
            {
                MultiplyAdd<TRowVectors>(a0, a1, b + 2, ref x2, ref y2);
            }

            if (TColumns.Value > 3)
            {
                MultiplyAdd<TRowVectors>(a0, a1, b + 3, ref x3, ref y3);
            }

            if (TColumns.Value > 4)
            {
                MultiplyAdd<TRowVectors>(a0, a1, b + 4, ref x4, ref y4);
            }

            if (TColumns.Value > 5)
            {
                MultiplyAdd<TRowVectors>(a0, a1, b + 5, ref x5, ref y5);
            }

            if (TColumns.Value > 6)
            {
                MultiplyAdd<TRowVectors>(a0, a1, b + 6, ref x6, ref y6);
            }

            if (TColumns.Value > 7)
            {
                MultiplyAdd<TRowVectors>(a0, a1, b + 7, ref x7, ref y7);
            }

            if (TColumns.Value > 8)
            {
                MultiplyAdd<TRowVectors>(a0, a1, b + 8, ref x8, ref y8);
            }

            if (TColumns.Value > 9)
            {
                MultiplyAdd<TRowVectors>(a0, a1, b + 9, ref x9, ref y9);
            }

            if (TColumns.Value > 10)
            {
                MultiplyAdd<TRowVectors>(a0, a1, b + 10, ref x10, ref y10);
            }

            if (TColumns.Value > 11)
            {
                MultiplyAdd<TRowVectors>(a0, a1, b + 11, ref x11, ref y11);
            }

            a += 2 * TSimd.Count;
            b += bStride;
        }

        var store = new TileStore<T, TVector, TSimd, TRowVectors>(alpha, beta, rows);
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
