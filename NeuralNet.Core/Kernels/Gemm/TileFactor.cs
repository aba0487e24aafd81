using System.Numerics;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>Where a tile finds the elements of one factor.</summary>
/// <param name="data">The first.</param>
/// <param name="stride">Elements from one step of the sum to the next, or from one of the tile's columns to the next.</param>
/// <param name="isAdjacent">Whether the tile's elements of one step lie side by side, so that the stride is that of the steps.</param>
internal readonly unsafe struct TileFactor<T>(T* data, nint stride, bool isAdjacent) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The first element.</summary>
    public readonly T* Data = data;

    /// <summary>Elements from one step of the sum to the next, or from one of the tile's columns to the next.</summary>
    public readonly nint Stride = stride;

    /// <summary>Whether the tile's elements of one step lie side by side, so that the stride is that of the steps.</summary>
    public readonly bool IsAdjacent = isAdjacent;
}
