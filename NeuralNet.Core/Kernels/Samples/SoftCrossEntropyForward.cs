using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary><c>Σ_j q_j·(ln Σ_k e^x_k − x_j)</c> of the rows and its gradient <c>p_j·Σ_k q_k − q_j</c> with their softmax p; first is x, second q.</summary>
/// <param name="losses">Receives the loss of each row.</param>
internal readonly unsafe struct SoftCrossEntropyForward<T>(T* losses) : ISampleFormula<T>
    where T : unmanaged, IFloatingPointIeee754<T>
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
        SoftmaxForward<T>.Of(samples, first, target, out TVector maximum, out TVector sum);
        TVector logSum = SoftmaxForward<T>.LogOf(samples, first, target, maximum, sum);
        TVector mass = samples.Sum<SumStep<T>>(second, null, null, default);

        // The distances from the largest, all 0 or more: nothing cancels.
        TVector distances = samples.Sum<DistanceStep<T>>(first, second, null, maximum);
        samples.Store(losses + row, TSimd.MultiplyAdd(mass, logSum, distances));
        samples.Write<SoftDifferenceStep<T>>(target, second, target, mass, default);
    }
}
