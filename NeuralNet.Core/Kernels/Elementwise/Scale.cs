using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>y ← factor·x</c>.</summary>
/// <param name="factor">The factor.</param>
internal readonly struct Scale<T>(T factor) : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd>(
        ref TVector first, ref TVector second, ref TVector third, TVector input, TVector secondInput, TVector thirdInput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        first = TSimd.Multiply(TSimd.Create(factor), input);
    }
}
