using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>target ← source</c> where second &gt; 0, <c>source·factor·e^second</c> elsewhere: upstream through an ELU whose input was second.</summary>
/// <remarks>From the input: the output tells the sides of zero apart for a positive factor only, and e^x = y + 1 loses its digits far below zero.</remarks>
internal readonly struct ExponentialLinearBackward<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int PieceLength => 2 * 1024;

    /// <inheritdoc/>
    public static bool HasSecond => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TVector, TSimd>(ref TVector target, ref TVector second, TVector source, TVector factor, TVector secondFactor)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector below = TSimd.Multiply(source, TSimd.Multiply(factor, TSimd.Exp(second)));
        target = TSimd.Select(TSimd.GreaterThan(second, default), source, below);
    }
}
