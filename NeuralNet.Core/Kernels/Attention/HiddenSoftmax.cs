using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Samples;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Attention;

/// <summary>The softmax of rows some of whose numbers are −∞, in place: 0 there, and zeros in a row that has nothing else.</summary>
internal readonly unsafe struct HiddenSoftmax<T> : ISampleFormula<T> where T : unmanaged, IFloatingPointIeee754<T>
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
        // Of −∞ alone the exponentials would be those of NaN. NaN itself is no −∞ and stays, in the sum and so in the row.
        TVector maximum = samples.Largest(first);
        maximum = TSimd.Clamp(maximum, TSimd.Constant(typeof(T) == typeof(float) ? float.MinValue : double.MinValue), TSimd.Create(T.PositiveInfinity));
        TVector sum = samples.Sum<ExpStep<T>>(first, null, target, maximum);
        TVector isNothing = TSimd.GreaterThan(TSimd.Create(T.Epsilon), sum);
        samples.Write<ScaleStep<T>>(target, null, target, TSimd.Divide(TSimd.Constant(1), TSimd.Select(isNothing, TSimd.Constant(1), sum)), default);
    }
}
