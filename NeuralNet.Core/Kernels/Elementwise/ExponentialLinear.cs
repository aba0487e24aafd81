using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>y ← x</c> at and above zero, <c>factor·(e^x − 1)</c> below.</summary>
/// <param name="factor">The factor.</param>
internal readonly struct ExponentialLinear<T>(T factor) : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
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
        TVector below = TSimd.Multiply(TSimd.Create(factor), Exponential<T, TVector, TSimd>.ExpMinusOne(input));
        output = TSimd.Select(TSimd.GreaterThan(default, input), below, input);
    }
}
