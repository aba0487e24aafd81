using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>y ← x</c> where s &gt; 0, <c>x·factor·e^s</c> elsewhere: upstream through an ELU whose input was s.</summary>
/// <remarks>From the input: the output tells the sides of zero apart for a positive factor only, and e^x = y + 1 loses its digits far below zero.</remarks>
/// <param name="factor">The factor.</param>
internal readonly struct ExponentialLinearBackward<T>(T factor) : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsCostly => true;

    /// <inheritdoc/>
    public static int Inputs => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd>(
        TVector input, TVector secondInput, ref TVector output, ref TVector secondOutput, ref TVector thirdOutput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector below = TSimd.Multiply(input, TSimd.Multiply(TSimd.Create(factor), TSimd.Exp(secondInput)));
        output = TSimd.Select(TSimd.GreaterThan(secondInput, default), input, below);
    }
}
