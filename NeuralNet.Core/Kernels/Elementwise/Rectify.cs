using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>y ← max(0, x)</c>.</summary>
internal readonly struct Rectify<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd>(
        ref TVector first, ref TVector second, ref TVector third, TVector input, TVector secondInput, TVector thirdInput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        first = TSimd.Rectify(input);
    }
}
