using System.Numerics;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Memory;

/// <summary>What is done with a few samples, one in each element of a vector: with their memories, keys and weightings, whose columns lie N numbers apart.</summary>
/// <typeparam name="T">The element.</typeparam>
internal interface IMemoryFormula<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Does it for the samples from one on.</summary>
    /// <typeparam name="TVector">The vector.</typeparam>
    /// <typeparam name="TSimd">Its operations.</typeparam>
    /// <typeparam name="TMasked">Whether there are fewer samples than a vector has elements.</typeparam>
    /// <param name="row">The first sample.</param>
    /// <param name="mask">Which elements there are, where not all.</param>
    void Apply<TVector, TSimd, TMasked>(int row, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag;
}
