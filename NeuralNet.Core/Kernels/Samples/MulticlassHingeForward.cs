using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary><c>Σ_{j ≠ y} max(0, x_j − x_y + Δ)</c> of the rows with label y; its gradient is 1 at each j whose margin is violated, and less
/// their number at y.</summary>
/// <param name="rows">N.</param>
/// <param name="labels">A label for each row.</param>
/// <param name="margin">Δ.</param>
/// <param name="numbers">A number for each row, for x_y and then for the violations.</param>
/// <param name="losses">Receives the loss of each row.</param>
internal readonly unsafe struct MulticlassHingeForward<T>(int rows, int* labels, T margin, T* numbers, T* losses) : ISampleFormula<T>
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
        int count = samples.Count;
        for (int i = 0; i < count; i++)
        {
            numbers[row + i] = first[i + ((nint)labels[row + i] * rows)];
        }

        samples.Write<MarginStep<T>>(first, null, target, samples.Load(numbers + row), TSimd.Create(margin));
        for (int i = 0; i < count; i++)
        {
            target[i + ((nint)labels[row + i] * rows)] = T.Zero;
        }

        samples.Store(losses + row, samples.Sum<SumStep<T>>(target, null, null, default));
        samples.Store(numbers + row, samples.Sum<PositiveStep<T>>(target, null, target, default));
        for (int i = 0; i < count; i++)
        {
            target[i + ((nint)labels[row + i] * rows)] = T.Zero - numbers[row + i];
        }
    }
}
