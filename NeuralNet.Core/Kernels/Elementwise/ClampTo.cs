using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>y ← x</c> where it lies within ±limit, else the nearer bound; NaN stays NaN.</summary>
/// <param name="limit">The limit, 0 or more.</param>
internal readonly struct ClampTo<T>(T limit) : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd>(
        TVector input, TVector secondInput, ref TVector output, ref TVector secondOutput, ref TVector thirdOutput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        output = TSimd.Clamp(input, TSimd.Create(-limit), TSimd.Create(limit));
    }
}
