using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary><c>state ← state + a·t·ln(1 + e^−x) + (1 − t)·ln(1 + e^x)</c>, <c>target ← (1 − t)·σ(x) − a·t·σ(−x)</c>; first is x, second t.</summary>
internal readonly struct BinaryCrossEntropyStep<T> : IColumnStep<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool HasSecond => true;

    /// <inheritdoc/>
    public static bool Writes => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TSimd>(ref TVector state, TVector first, TVector second, TVector a, TVector b)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        // Both logarithms are a hinge and the same ln(1 + e^−|x|), both sigmoids a quotient of the same e^−|x|: nothing overflows, and no digits cancel.
        TVector one = TSimd.Constant(1), yes = TSimd.Multiply(a, second), no = TSimd.Subtract(one, second), opposite = TSimd.Subtract(default, first);
        TVector exponential = TSimd.Exp(TSimd.Subtract(default, TSimd.Abs(first)));
        TVector hinges = TSimd.MultiplyAdd(no, TSimd.Rectify(first), TSimd.Multiply(yes, TSimd.Rectify(opposite)));
        TVector loss = TSimd.MultiplyAdd(TSimd.Add(yes, no), LogOnePlus<T, TVector, TSimd>.Of(exponential), hinges);
        state = TSimd.Add(state, loss);

        TVector larger = TSimd.Divide(one, TSimd.Add(one, exponential)), smaller = TSimd.Multiply(exponential, larger);
        TVector isPositive = TSimd.GreaterThan(first, default);
        TVector sigmoid = TSimd.Select(isPositive, larger, smaller), rest = TSimd.Select(isPositive, smaller, larger);
        return TSimd.Subtract(TSimd.Multiply(no, sigmoid), TSimd.Multiply(yes, rest));
    }
}
