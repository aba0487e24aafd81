using System.Numerics;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary>What is done to each element in one pass over memory, in vectors.</summary>
internal interface IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Elements in a piece of work: enough to be worth handing to another thread, few enough to share evenly.</summary>
    static virtual int PieceLength => 16 * 1024;

    /// <summary>Whether the target's old content is needed; by default it is not.</summary>
    static virtual bool ReadsTarget => false;

    /// <summary>Whether there is a second array; by default there is none.</summary>
    static virtual bool HasSecond => false;

    /// <summary>Whether the second array is changed too; by default it is not.</summary>
    static virtual bool WritesSecond => false;

    /// <summary>One vector of elements.</summary>
    /// <param name="target">The target's element; its old content if that is read.</param>
    /// <param name="second">The second array's element.</param>
    /// <param name="source">The source's element.</param>
    /// <param name="factor">A number for all elements.</param>
    /// <param name="secondFactor">Another.</param>
    static abstract void Apply<TVector, TSimd>(ref TVector target, ref TVector second, TVector source, TVector factor, TVector secondFactor)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>;
}
