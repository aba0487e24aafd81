using System.Numerics;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>Chooses the micro-kernel of just the size and layout that a tile has, so that edges compute no columns that do not exist.</summary>
internal static unsafe class Tile<T, TVector, TSimd>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    /// <summary><c>C ← α·(1·s + A·B) + β·C</c> for a tile of 1 to 2 vectors' rows and 1 to 12 columns.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="steps">Length of the sum.</param>
    /// <param name="a">A, and whether it may be read behind the last row up to a whole vector.</param>
    /// <param name="b">B.</param>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="beta">Factor of what C holds.</param>
    /// <param name="c">The tile's first element.</param>
    /// <param name="cStride">Elements from one column of C to the next.</param>
    /// <param name="start">What the sums of each column start with, a number for each: zeros, or a bias.</param>
    public static void Multiply(int rows, int columns, nint steps, TileFactor<T> a, TileFactor<T> b, T alpha, T beta, T* c, nint cStride, T* start)
    {
        bool isMasked = !a.IsPadded && rows % TSimd.Count != 0;
        if (rows > TSimd.Count)
        {
            Multiply<C2>(rows, columns, steps, a, b, isMasked, alpha, beta, c, cStride, start);
        }
        else
        {
            Multiply<C1>(rows, columns, steps, a, b, isMasked, alpha, beta, c, cStride, start);
        }
    }

    private static void Multiply<TRowVectors>(
        int rows, int columns, nint steps, TileFactor<T> a, TileFactor<T> b, bool isMasked, T alpha, T beta, T* c, nint cStride, T* start)
        where TRowVectors : struct, IConstant
    {
        if (isMasked)
        {
            Multiply<TRowVectors, Yes>(rows, columns, steps, a, b, alpha, beta, c, cStride, start);
        }
        else
        {
            Multiply<TRowVectors, No>(rows, columns, steps, a, b, alpha, beta, c, cStride, start);
        }
    }

    private static void Multiply<TRowVectors, TMasked>(
        int rows, int columns, nint steps, TileFactor<T> a, TileFactor<T> b, T alpha, T beta, T* c, nint cStride, T* start)
        where TRowVectors : struct, IConstant
        where TMasked : struct, IFlag
    {
        if (b.IsAdjacent)
        {
            Multiply<TRowVectors, TMasked, Yes>(rows, columns, steps, a, b, alpha, beta, c, cStride, start);
        }
        else
        {
            Multiply<TRowVectors, TMasked, No>(rows, columns, steps, a, b, alpha, beta, c, cStride, start);
        }
    }

    private static void Multiply<TRowVectors, TMasked, TAdjacent>(
        int rows, int columns, nint steps, TileFactor<T> a, TileFactor<T> b, T alpha, T beta, T* c, nint cStride, T* start)
        where TRowVectors : struct, IConstant
        where TMasked : struct, IFlag
        where TAdjacent : struct, IFlag
    {
        switch (columns)
        {
            case 1:
                MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C1, TAdjacent, TMasked>(
                    steps, a.Data, a.Stride, b.Data, b.Stride, alpha, beta, c, cStride, start, rows);
                break;
            case 2:
                MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C2, TAdjacent, TMasked>(
                    steps, a.Data, a.Stride, b.Data, b.Stride, alpha, beta, c, cStride, start, rows);
                break;
            case 3:
                MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C3, TAdjacent, TMasked>(
                    steps, a.Data, a.Stride, b.Data, b.Stride, alpha, beta, c, cStride, start, rows);
                break;
            case 4:
                MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C4, TAdjacent, TMasked>(
                    steps, a.Data, a.Stride, b.Data, b.Stride, alpha, beta, c, cStride, start, rows);
                break;
            case 5:
                MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C5, TAdjacent, TMasked>(
                    steps, a.Data, a.Stride, b.Data, b.Stride, alpha, beta, c, cStride, start, rows);
                break;
            case 6:
                MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C6, TAdjacent, TMasked>(
                    steps, a.Data, a.Stride, b.Data, b.Stride, alpha, beta, c, cStride, start, rows);
                break;
            case 7:
                MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C7, TAdjacent, TMasked>(
                    steps, a.Data, a.Stride, b.Data, b.Stride, alpha, beta, c, cStride, start, rows);
                break;
            case 8:
                MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C8, TAdjacent, TMasked>(
                    steps, a.Data, a.Stride, b.Data, b.Stride, alpha, beta, c, cStride, start, rows);
                break;
            case 9:
                MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C9, TAdjacent, TMasked>(
                    steps, a.Data, a.Stride, b.Data, b.Stride, alpha, beta, c, cStride, start, rows);
                break;
            case 10:
                MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C10, TAdjacent, TMasked>(
                    steps, a.Data, a.Stride, b.Data, b.Stride, alpha, beta, c, cStride, start, rows);
                break;
            case 11:
                MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C11, TAdjacent, TMasked>(
                    steps, a.Data, a.Stride, b.Data, b.Stride, alpha, beta, c, cStride, start, rows);
                break;
            case 12:
                MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C12, TAdjacent, TMasked>(
                    steps, a.Data, a.Stride, b.Data, b.Stride, alpha, beta, c, cStride, start, rows);
                break;
        }
    }
}
