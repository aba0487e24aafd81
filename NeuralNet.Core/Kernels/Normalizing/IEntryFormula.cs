using System.Numerics;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Normalizing;

/// <summary>What is done with each entry of one matrix, or of two, by numbers that belong to its column or to its row.</summary>
/// <remarks>A formula declares what it reads, writes and sums up; <see cref="EntryPass{T, TFormula, TByRow, TSumsRows}"/> says whether its numbers
/// are those of a column or of a row. What is not declared is undefined and costs nothing.</remarks>
/// <typeparam name="T">The element, float or double.</typeparam>
internal interface IEntryFormula<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whether there is a second matrix; by default there is none.</summary>
    static virtual bool HasSecond => false;

    /// <summary>Whether a matrix is written; by default none is.</summary>
    static virtual bool Writes => false;

    /// <summary>How many numbers of the column or row are read, 0 to 4.</summary>
    static virtual int Numbers => 0;

    /// <summary>How many sums are made, 0 to 2.</summary>
    static virtual int Sums => 0;

    /// <summary>A vector of entries.</summary>
    /// <param name="x">Of the first matrix.</param>
    /// <param name="y">Of the second.</param>
    /// <param name="p">The first number.</param>
    /// <param name="q">The second number.</param>
    /// <param name="r">The third number.</param>
    /// <param name="s">The fourth number.</param>
    /// <param name="scale">The column's factor, where the numbers are those of a row.</param>
    /// <param name="shift">The column's term, likewise.</param>
    /// <param name="sum">The first sum.</param>
    /// <param name="secondSum">The second sum.</param>
    /// <returns>What is written.</returns>
    static abstract TVector Apply<TVector, TSimd>(
        TVector x, TVector y, TVector p, TVector q, TVector r, TVector s, TVector scale, TVector shift, ref TVector sum, ref TVector secondSum)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>;
}
