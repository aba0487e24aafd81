using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>y ← x</c> where it is positive, <c>factor·x</c> elsewhere.</summary>
/// <param name="factor">The factor.</param>
internal readonly struct LeakyRectify<T>(T factor) : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd>(
        TVector input, TVector secondInput, ref TVector output, ref TVector secondOutput, ref TVector thirdOutput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        output = TSimd.Select(TSimd.GreaterThan(input, default), input, TSimd.Multiply(TSimd.Create(factor), input));
    }
}
