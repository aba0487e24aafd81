using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary><c>dx_j = y_j·(g_j − Σ_k g_k·y_k)</c>; first is g, second y.</summary>
internal readonly unsafe struct SoftmaxBackward<T> : ISampleFormula<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd, TMasked, TAcross>(
        in SampleVector<T, TVector, TSimd, TMasked, TAcross> samples, T* first, T* second, T* target, int row)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
        where TAcross : struct, IFlag
    {
        TVector dot = samples.Sum<DotStep<T>>(first, second, null, default);
        samples.Write<SoftmaxBackwardStep<T>>(first, second, target, dot, default);
    }
}
