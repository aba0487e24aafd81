using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary><c>y_ij = factor·c_i·x_ij</c>, and 0 where c_i is 0, whatever x is.</summary>
/// <param name="factor">The factor.</param>
/// <param name="column">c, 0 or more.</param>
internal readonly unsafe struct RowScaling<T>(T factor, T* column) : ISampleFormula<T>
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
        TVector ofRow = samples.Load(column + row);
        samples.Write<ScaleCountedStep<T>>(first, null, target, TSimd.Multiply(TSimd.Create(factor), ofRow), ofRow);
    }
}
