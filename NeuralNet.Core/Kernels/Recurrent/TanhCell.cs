using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Elementwise;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Recurrent;

/// <summary><c>h = tanh(a + b)</c>, and back <c>da = dh·(1 − h²)</c>.</summary>
/// <remarks>Source: Elman (1990), with tanh.</remarks>
internal readonly unsafe struct TanhCell<T> : IRecurrentCell<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int Gates => 1;

    /// <inheritdoc/>
    public static int Biases => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<TVector, TSimd, TMasked>(in CellColumn<T> column, int i, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
    {
        TVector h = HyperbolicTangent<T>.Of<TVector, TSimd>(TSimd.Add(Lanes<T, TVector, TSimd, TMasked>.Load(column.Gates + i, mask), Lanes<T, TVector, TSimd, TMasked>.Load(column.Bias + i, mask)));
        Lanes<T, TVector, TSimd, TMasked>.Store(column.Gates + i, h, mask);
        Lanes<T, TVector, TSimd, TMasked>.Store(column.Output + i, h, mask);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TVector, TSimd, TMasked>(in CellColumn<T> column, int i, TVector gradient, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
    {
        TVector one = TSimd.Constant(1), h = Lanes<T, TVector, TSimd, TMasked>.Load(column.Gates + i, mask);
        TVector slope = TSimd.Multiply(TSimd.Subtract(one, h), TSimd.Add(one, h));
        GateGradient<T, TVector, TSimd, TMasked>.Write(column, 0, i, TSimd.Multiply(gradient, slope), mask);
        Lanes<T, TVector, TSimd, TMasked>.Store(column.Output + i, TSimd.Constant(0), mask);
    }
}
