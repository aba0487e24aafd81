using System.Numerics;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>Chooses the micro-kernel of just the width that a tile has, so that edges compute no columns that do not exist.</summary>
internal static unsafe class Tile<T, TVector, TSimd>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    /// <summary><c>C ← α·A·B + β·C</c> for a tile of 1 to 2 vectors' rows and 1 to 12 columns; A is packed two vectors high.</summary>
    public static void Multiply(
        int rows, int columns, nint steps, T* a, T* b, nint bStride, T alpha, T beta, T* c, nint cStride)
    {
        if (rows > TSimd.Count)
        {
            Multiply<C2>(rows, columns, steps, a, b, bStride, alpha, beta, c, cStride);
        }
        else
        {
            Multiply<C1>(rows, columns, steps, a, b, bStride, alpha, beta, c, cStride);
        }
    }

    private static void Multiply<TRowVectors>(
        int rows, int columns, nint steps, T* a, T* b, nint bStride, T alpha, T beta, T* c, nint cStride)
        where TRowVectors : struct, IConstant
    {
        switch (columns)
        {
            case 1: MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C1>(steps, a, b, bStride, alpha, beta, c, cStride, rows); break;
            case 2: MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C2>(steps, a, b, bStride, alpha, beta, c, cStride, rows); break;
            case 3: MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C3>(steps, a, b, bStride, alpha, beta, c, cStride, rows); break;
            case 4: MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C4>(steps, a, b, bStride, alpha, beta, c, cStride, rows); break;
            case 5: MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C5>(steps, a, b, bStride, alpha, beta, c, cStride, rows); break;
            case 6: MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C6>(steps, a, b, bStride, alpha, beta, c, cStride, rows); break;
            case 7: MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C7>(steps, a, b, bStride, alpha, beta, c, cStride, rows); break;
            case 8: MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C8>(steps, a, b, bStride, alpha, beta, c, cStride, rows); break;
            case 9: MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C9>(steps, a, b, bStride, alpha, beta, c, cStride, rows); break;
            case 10: MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C10>(steps, a, b, bStride, alpha, beta, c, cStride, rows); break;
            case 11: MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C11>(steps, a, b, bStride, alpha, beta, c, cStride, rows); break;
            case 12: MicroKernel<T, TVector, TSimd>.Run<TRowVectors, C12>(steps, a, b, bStride, alpha, beta, c, cStride, rows); break;
        }
    }
}
