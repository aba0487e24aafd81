using System.Numerics;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>Chooses the micro-kernel of just the size and layout that a tile has, so that edges compute no columns that do not exist.</summary>
internal static unsafe class Tile<T, TVector, TSimd>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    /// <summary>The kernel for tiles of 1 to 2 vectors' rows and 1 to 12 columns; its parameters are those of
    /// <see cref="MicroKernel{T, TVector, TSimd}.Run"/>.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="isAdjacent">Whether the tile's elements of one step of B lie side by side.</param>
    public static delegate*<nint, T*, nint, T*, nint, T, T, T*, nint, T*, int, void> Kernel(int rows, int columns, bool isAdjacent)
    {
        bool isMasked = rows % TSimd.Count != 0;
        return rows > TSimd.Count
            ? isMasked ? Kernel<TileSize.Two, Yes>(columns, isAdjacent) : Kernel<TileSize.Two, No>(columns, isAdjacent)
            : isMasked ? Kernel<TileSize.One, Yes>(columns, isAdjacent) : Kernel<TileSize.One, No>(columns, isAdjacent);
    }

    private static delegate*<nint, T*, nint, T*, nint, T, T, T*, nint, T*, int, void> Kernel<TRowVectors, TMasked>(int columns, bool isAdjacent)
        where TRowVectors : struct, IConstant
        where TMasked : struct, IFlag =>
        isAdjacent ? Kernel<TRowVectors, TMasked, Yes>(columns) : Kernel<TRowVectors, TMasked, No>(columns);

    private static delegate*<nint, T*, nint, T*, nint, T, T, T*, nint, T*, int, void> Kernel<TRowVectors, TMasked, TAdjacent>(int columns)
        where TRowVectors : struct, IConstant
        where TMasked : struct, IFlag
        where TAdjacent : struct, IFlag =>
        columns switch
        {
            1 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.One, TAdjacent, TMasked>,
            2 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Two, TAdjacent, TMasked>,
            3 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Three, TAdjacent, TMasked>,
            4 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Four, TAdjacent, TMasked>,
            5 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Five, TAdjacent, TMasked>,
            6 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Six, TAdjacent, TMasked>,
            7 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Seven, TAdjacent, TMasked>,
            8 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Eight, TAdjacent, TMasked>,
            9 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Nine, TAdjacent, TMasked>,
            10 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Ten, TAdjacent, TMasked>,
            11 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Eleven, TAdjacent, TMasked>,
            _ => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Twelve, TAdjacent, TMasked>,
        };
}
