using System.Numerics;
using NeuralNet.Core.Kernels.Gemm;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Convolution;

/// <summary>Chooses the <see cref="WeightTile{T, TVector, TSimd}"/> of just the size that is needed.</summary>
internal static unsafe class WeightTiles<T, TVector, TSimd>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    /// <summary>The most output channels of a tile.</summary>
    public const int Columns = 3;

    /// <summary>The most elements of the weight of a tile: as many as there are registers for their sums.</summary>
    public static int Elements => TSimd.TileColumns >= 12 ? 9 : 4;

    /// <summary>The kernel for a size; its parameters are those of <see cref="WeightTile{T, TVector, TSimd}.Run"/>.</summary>
    public static delegate*<T*, int*, nint, T*, nint, nint, int, int, T*, void> Kernel(int elements, int columns, bool isMasked) => columns switch
    {
        1 => isMasked ? Kernel<TileSize.One, Yes>(elements) : Kernel<TileSize.One, No>(elements),
        2 => isMasked ? Kernel<TileSize.Two, Yes>(elements) : Kernel<TileSize.Two, No>(elements),
        _ => isMasked ? Kernel<TileSize.Three, Yes>(elements) : Kernel<TileSize.Three, No>(elements),
    };

    private static delegate*<T*, int*, nint, T*, nint, nint, int, int, T*, void> Kernel<TColumns, TMasked>(int elements)
        where TColumns : struct, IConstant
        where TMasked : struct, IFlag =>
        elements switch
        {
            1 => &WeightTile<T, TVector, TSimd>.Run<TileSize.One, TColumns, TMasked>,
            2 => &WeightTile<T, TVector, TSimd>.Run<TileSize.Two, TColumns, TMasked>,
            3 => &WeightTile<T, TVector, TSimd>.Run<TileSize.Three, TColumns, TMasked>,
            4 => &WeightTile<T, TVector, TSimd>.Run<TileSize.Four, TColumns, TMasked>,
            5 => &WeightTile<T, TVector, TSimd>.Run<TileSize.Five, TColumns, TMasked>,
            6 => &WeightTile<T, TVector, TSimd>.Run<TileSize.Six, TColumns, TMasked>,
            7 => &WeightTile<T, TVector, TSimd>.Run<TileSize.Seven, TColumns, TMasked>,
            8 => &WeightTile<T, TVector, TSimd>.Run<TileSize.Eight, TColumns, TMasked>,
            _ => &WeightTile<T, TVector, TSimd>.Run<TileSize.Nine, TColumns, TMasked>,
        };
}
