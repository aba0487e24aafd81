using System.Numerics;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary>What is done with each column of some samples, as one goes over the columns.</summary>
internal interface IColumnStep<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whether there is a second matrix; by default there is none.</summary>
    static virtual bool HasSecond => false;

    /// <summary>Whether a matrix is written; by default none is, and the step only gathers its state.</summary>
    static virtual bool Writes => false;

    /// <summary>One column.</summary>
    /// <param name="state">What is gathered over the columns.</param>
    /// <param name="first">The column of the first matrix.</param>
    /// <param name="second">The column of the second matrix.</param>
    /// <param name="a">A number for each sample.</param>
    /// <param name="b">Another.</param>
    /// <returns>What is written.</returns>
    static abstract TVector Apply<TVector, TSimd>(ref TVector state, TVector first, TVector second, TVector a, TVector b)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>;
}
