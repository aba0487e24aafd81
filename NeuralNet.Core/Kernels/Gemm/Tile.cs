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
    /// <see cref="MicroKernel{T, TVector, TSimd}.Run"/>. The steps of A are one stride apart.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="isAdjacent">Whether the tile's elements of one step of B lie side by side.</param>
    public static delegate*<nint, T*, nint, int*, T*, nint, T, T, T*, nint, T*, int, void> Kernel(int rows, int columns, bool isAdjacent)
    {
        bool isMasked = rows % TSimd.Count != 0;
        return rows > TSimd.Count
            ? isMasked ? Kernel<TileSize.Two, Yes>(columns, isAdjacent) : Kernel<TileSize.Two, No>(columns, isAdjacent)
            : isMasked ? Kernel<TileSize.One, Yes>(columns, isAdjacent) : Kernel<TileSize.One, No>(columns, isAdjacent);
    }

    /// <summary>The kernel for tiles of a factor A whose steps are listed, and B whose columns lie side by side.</summary>
    /// <param name="rows">Rows, of 1 to 2 vectors.</param>
    /// <param name="columns">Columns, 1 to 12.</param>
    public static delegate*<nint, T*, nint, int*, T*, nint, T, T, T*, nint, T*, int, void> ListedKernel(int rows, int columns)
    {
        bool isMasked = rows % TSimd.Count != 0;
        return rows > TSimd.Count
            ? isMasked ? Kernel<TileSize.Two, Yes, Yes, Yes>(columns) : Kernel<TileSize.Two, No, Yes, Yes>(columns)
            : isMasked ? Kernel<TileSize.One, Yes, Yes, Yes>(columns) : Kernel<TileSize.One, No, Yes, Yes>(columns);
    }

    private static delegate*<nint, T*, nint, int*, T*, nint, T, T, T*, nint, T*, int, void> Kernel<TRowVectors, TMasked>(int columns, bool isAdjacent)
        where TRowVectors : struct, IConstant
        where TMasked : struct, IFlag =>
        isAdjacent ? Kernel<TRowVectors, TMasked, Yes, No>(columns) : Kernel<TRowVectors, TMasked, No, No>(columns);

    private static delegate*<nint, T*, nint, int*, T*, nint, T, T, T*, nint, T*, int, void> Kernel<TRowVectors, TMasked, TAdjacent, TListed>(int columns)
        where TRowVectors : struct, IConstant
        where TMasked : struct, IFlag
        where TAdjacent : struct, IFlag
        where TListed : struct, IFlag =>
        columns switch
        {
            1 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.One, TAdjacent, TMasked, TListed>,
            2 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Two, TAdjacent, TMasked, TListed>,
            3 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Three, TAdjacent, TMasked, TListed>,
            4 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Four, TAdjacent, TMasked, TListed>,
            5 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Five, TAdjacent, TMasked, TListed>,
            6 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Six, TAdjacent, TMasked, TListed>,
            7 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Seven, TAdjacent, TMasked, TListed>,
            8 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Eight, TAdjacent, TMasked, TListed>,
            9 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Nine, TAdjacent, TMasked, TListed>,
            10 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Ten, TAdjacent, TMasked, TListed>,
            11 => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Eleven, TAdjacent, TMasked, TListed>,
            _ => &MicroKernel<T, TVector, TSimd>.Run<TRowVectors, TileSize.Twelve, TAdjacent, TMasked, TListed>,
        };
}
