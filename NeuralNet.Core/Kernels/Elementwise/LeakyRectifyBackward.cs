using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>y ← x</c> where s &gt; 0, <c>factor·x</c> elsewhere: upstream through a leaky rectifier whose input was s.</summary>
/// <param name="factor">The factor.</param>
internal readonly struct LeakyRectifyBackward<T>(T factor) : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int Inputs => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd>(
        TVector input, TVector secondInput, ref TVector output, ref TVector secondOutput, ref TVector thirdOutput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        output = TSimd.Select(TSimd.GreaterThan(secondInput, default), input, TSimd.Multiply(TSimd.Create(factor), input));
    }
}
