using System.Numerics;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Recurrent;

/// <summary>A recurrent cell: what a step does with a vector of the entries of one sample, forward and backward.</summary>
/// <typeparam name="T">The element, float or double.</typeparam>
internal interface IRecurrentCell<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many gates there are, each of H entries: one behind the other in a sample's column.</summary>
    static abstract int Gates { get; }

    /// <summary>How many runs of H biases are read.</summary>
    static abstract int Biases { get; }

    /// <summary>Whether the cell has a state beside h; by default it has none.</summary>
    static virtual bool HasState => false;

    /// <summary>Whether it keeps H numbers beside its gates; by default none.</summary>
    static virtual bool Keeps => false;

    /// <summary>Whether what the recurrent weights give the gates is apart from what the inputs' weights give them; by default it is added to it.</summary>
    static virtual bool IsRecurrentApart => false;

    /// <summary>A step.</summary>
    /// <param name="column">The sample.</param>
    /// <param name="i">The first entry of the vector.</param>
    /// <param name="mask">Its elements, where they are not all.</param>
    static abstract void Forward<TVector, TSimd, TMasked>(in CellColumn<T> column, int i, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag;

    /// <summary>The way back of a step.</summary>
    /// <param name="column">The sample.</param>
    /// <param name="i">The first entry of the vector.</param>
    /// <param name="gradient">The gradient by h after the step.</param>
    /// <param name="mask">The elements of the vector, where they are not all.</param>
    static abstract void Backward<TVector, TSimd, TMasked>(in CellColumn<T> column, int i, TVector gradient, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag;
}
