using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary><c>y_j = e^(x_j − m) / Σ_k e^(x_k − m)</c> with the largest of a row, m.</summary>
internal readonly unsafe struct SoftmaxForward<T> : ISampleFormula<T> where T : unmanaged, IFloatingPointIeee754<T>
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
        Of(samples, first, target, out _, out _);
    }

    /// <summary>The formula for those that need what is gathered on the way.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="x">x.</param>
    /// <param name="y">Receives y; may be x.</param>
    /// <param name="maximum">Receives m.</param>
    /// <param name="sum">Receives <c>Σ_k e^(x_k − m)</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Of<TVector, TSimd, TMasked, TAcross>(
        in SampleVector<T, TVector, TSimd, TMasked, TAcross> samples, T* x, T* y, out TVector maximum, out TVector sum)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
        where TAcross : struct, IFlag
    {
        maximum = samples.Largest(x);
        sum = samples.Sum<ExpStep<T>>(x, null, y, maximum);
        samples.Write<DivideStep<T>>(y, null, y, sum, default);
    }

    /// <summary><c>ln Σ_k e^(x_k − m)</c> with all its digits.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="x">x.</param>
    /// <param name="y">The softmax of x.</param>
    /// <param name="maximum">m.</param>
    /// <param name="sum"><c>Σ_k e^(x_k − m)</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LogOf<TVector, TSimd, TMasked, TAcross>(
        in SampleVector<T, TVector, TSimd, TMasked, TAcross> samples, T* x, T* y, TVector maximum, TVector sum)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
        where TAcross : struct, IFlag
    {
        if (!LogOfSum<T, TVector, TSimd>.IsAnyNearOne(sum))
        {
            return TSimd.Log(sum);
        }

        // e^(x_k − m) of all but the greatest: of the sum, which has a 1 for it, their digits are gone.
        TVector others = TSimd.Multiply(sum, samples.Sum<OthersStep<T>>(x, y, null, maximum));
        return LogOfSum<T, TVector, TSimd>.Of(sum, others);
    }
}
