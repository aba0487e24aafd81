using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary><c>y_j = (x_j − m) − ln Σ_k e^(x_k − m)</c> with the largest of a row, m.</summary>
internal readonly unsafe struct LogSoftmaxForward<T> : ISampleFormula<T> where T : unmanaged, IFloatingPointIeee754<T>
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
        TVector maximum = samples.Largest(first);
        TVector others = samples.Sum<ExpOfOthersStep<T>>(first, null, null, maximum);
        TVector sum = TSimd.Add(others, samples.Sum<GreatestStep<T>>(first, null, null, maximum));
        samples.Write<SubtractStep<T>>(first, null, target, maximum, LogOfSum<T, TVector, TSimd>.Of(sum, others));
    }
}
