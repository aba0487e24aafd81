using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>v ← momentum·v + g</c>, then <c>θ ← θ + factor·v</c>: a step with velocity. Outputs θ, v; input g.</summary>
/// <param name="factor">Of the velocity: the negative learning rate.</param>
/// <param name="momentum">Of the old velocity.</param>
internal readonly struct MomentumUpdate<T>(T factor, T momentum) : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int Outputs => 2;

    /// <inheritdoc/>
    public static bool ReadsOutputs => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd>(
        ref TVector first, ref TVector second, ref TVector third, TVector input, TVector secondInput, TVector thirdInput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        second = TSimd.MultiplyAdd(TSimd.Create(momentum), second, input);
        first = TSimd.MultiplyAdd(TSimd.Create(factor), second, first);
    }
}
