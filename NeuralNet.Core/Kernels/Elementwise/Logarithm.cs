using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>y ← ln x</c>.</summary>
/// <remarks>In vectors also where a run ends, so that a number has the same bits alone; <c>TensorPrimitives.Log</c> ends a run number by number, by another formula.</remarks>
internal readonly struct Logarithm<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsCostly => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd>(
        TVector input, TVector secondInput, ref TVector output, ref TVector secondOutput, ref TVector thirdOutput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        output = TSimd.Log(input);
    }
}
