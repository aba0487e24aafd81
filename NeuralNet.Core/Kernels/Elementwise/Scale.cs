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
    public void Apply<TVector, TSimd>(ref Lanes<TVector> outputs, in Lanes<TVector> inputs)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        outputs.First = TSimd.Multiply(TSimd.Create(factor), inputs.First);
    }
}
