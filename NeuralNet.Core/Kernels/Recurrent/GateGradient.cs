using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Recurrent;

/// <summary>The gradient by a gate of a cell, which is the one by its bias too.</summary>
internal static unsafe class GateGradient<T, TVector, TSimd, TMasked>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
    where TMasked : struct, IFlag
{
    /// <summary>Writes it and adds it to the bias's.</summary>
    /// <param name="column">The sample.</param>
    /// <param name="gate">Which gate.</param>
    /// <param name="i">The first entry of the vector.</param>
    /// <param name="value">The gradient.</param>
    /// <param name="mask">The elements of the vector, where they are not all.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(in CellColumn<T> column, int gate, int i, TVector value, TVector mask)
    {
        int at = (gate * column.Hidden) + i;
        Lanes<T, TVector, TSimd, TMasked>.Store(column.GateGradients + at, value, mask);
        AddToBias(column, at, value, mask);
    }

    /// <summary>Adds a gradient to the bias's.</summary>
    /// <param name="column">The sample.</param>
    /// <param name="at">The first of the biases.</param>
    /// <param name="value">The gradient.</param>
    /// <param name="mask">The elements of the vector, where they are not all.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddToBias(in CellColumn<T> column, int at, TVector value, TVector mask)
    {
        TVector sum = Lanes<T, TVector, TSimd, TMasked>.Load(column.Bias + at, mask);
        Lanes<T, TVector, TSimd, TMasked>.Store(column.Bias + at, TSimd.Add(sum, value), mask);
    }
}
