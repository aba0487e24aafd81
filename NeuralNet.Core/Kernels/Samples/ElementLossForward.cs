using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary>A loss that is a sum over the elements of each row, by a step that adds to it and writes its derivative; first is the prediction,
/// second the target.</summary>
/// <param name="setting">The step's a.</param>
/// <param name="losses">Receives the loss of each row.</param>
internal readonly unsafe struct ElementLossForward<T, TStep>(T setting, T* losses) : ISampleFormula<T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TStep : struct, IColumnStep<T>
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
        samples.Store(losses + row, samples.Sum<TStep>(first, second, target, TSimd.Create(setting)));
    }
}
