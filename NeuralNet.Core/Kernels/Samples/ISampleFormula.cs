using System.Numerics;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary>A formula over the rows of matrices, for a vector's worth of them at a time.</summary>
internal unsafe interface ISampleFormula<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Some samples.</summary>
    /// <param name="samples">Them.</param>
    /// <param name="first">Where they begin in the first matrix.</param>
    /// <param name="second">Where they begin in the second, null where the formula has none.</param>
    /// <param name="target">Where they begin in the matrix to be written.</param>
    /// <param name="row">The first one's row.</param>
    void Apply<TVector, TSimd, TMasked, TAcross>(
        in SampleVector<T, TVector, TSimd, TMasked, TAcross> samples, T* first, T* second, T* target, int row)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
        where TAcross : struct, IFlag;
}
