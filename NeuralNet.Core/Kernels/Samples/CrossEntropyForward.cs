using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary>Softmax p of the rows, less 1 at a row's label: the gradient of the cross-entropy, times N.</summary>
/// <param name="rows">N.</param>
/// <param name="labels">A label for each row.</param>
/// <param name="maxima">Receives the largest of each row, m.</param>
/// <param name="logSums">Receives <c>ln Σ_k e^(x_k − m)</c> of each row, and then the row's loss.</param>
internal readonly unsafe struct CrossEntropyForward<T>(int rows, int* labels, T* maxima, T* logSums) : ISampleFormula<T>
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
        samples.Store(maxima + row, maximum);
        samples.Store(logSums + row, SoftmaxForward<T>.LogOf(samples, first, target, maximum, sum));
        int count = samples.Count;
        for (int i = 0; i < count; i++)
        {
            nint index = i + ((nint)labels[row + i] * rows);
            logSums[row + i] += maxima[row + i] - first[index];
            target[index] -= T.One;
        }
    }
}
