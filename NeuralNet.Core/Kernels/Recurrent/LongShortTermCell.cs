using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Elementwise;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Recurrent;

/// <summary><c>i, f, o = σ(a + b)</c>, <c>g = tanh(a + b)</c>, <c>c = f∗c⁻ + i∗g</c>, <c>h = o∗tanh c</c>; the gates in the order i, f, g, o. It keeps tanh c.</summary>
/// <remarks>Source: Hochreiter and Schmidhuber (1997); with the forget gate of Gers, Schmidhuber and Cummins (2000).</remarks>
internal readonly unsafe struct LongShortTermCell<T> : IRecurrentCell<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int Gates => 4;

    /// <inheritdoc/>
    public static int Biases => 4;

    /// <inheritdoc/>
    public static bool HasState => true;

    /// <inheritdoc/>
    public static bool Keeps => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<TVector, TSimd, TMasked>(in CellColumn<T> column, int i, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
    {
        nint f = column.Hidden + i, g = f + column.Hidden, o = g + column.Hidden;
        TVector input = TSimd.Add(Lanes<T, TVector, TSimd, TMasked>.Load(column.Gates + i, mask), Lanes<T, TVector, TSimd, TMasked>.Load(column.Bias + i, mask));
        TVector forget = TSimd.Add(Lanes<T, TVector, TSimd, TMasked>.Load(column.Gates + f, mask), Lanes<T, TVector, TSimd, TMasked>.Load(column.Bias + f, mask));
        TVector candidate = TSimd.Add(Lanes<T, TVector, TSimd, TMasked>.Load(column.Gates + g, mask), Lanes<T, TVector, TSimd, TMasked>.Load(column.Bias + g, mask));
        TVector output = TSimd.Add(Lanes<T, TVector, TSimd, TMasked>.Load(column.Gates + o, mask), Lanes<T, TVector, TSimd, TMasked>.Load(column.Bias + o, mask));
        TVector state = Lanes<T, TVector, TSimd, TMasked>.Load(column.PreviousState + i, mask);
        input = Logistic<T>.Of<TVector, TSimd>(input);
        forget = Logistic<T>.Of<TVector, TSimd>(forget);
        candidate = HyperbolicTangent<T>.Of<TVector, TSimd>(candidate);
        output = Logistic<T>.Of<TVector, TSimd>(output);
        state = TSimd.MultiplyAdd(forget, state, TSimd.Multiply(input, candidate));
        TVector tanh = HyperbolicTangent<T>.Of<TVector, TSimd>(state);
        Lanes<T, TVector, TSimd, TMasked>.Store(column.Gates + i, input, mask);
        Lanes<T, TVector, TSimd, TMasked>.Store(column.Gates + f, forget, mask);
        Lanes<T, TVector, TSimd, TMasked>.Store(column.Gates + g, candidate, mask);
        Lanes<T, TVector, TSimd, TMasked>.Store(column.Gates + o, output, mask);
        Lanes<T, TVector, TSimd, TMasked>.Store(column.State + i, state, mask);
        Lanes<T, TVector, TSimd, TMasked>.Store(column.Kept + i, tanh, mask);
        Lanes<T, TVector, TSimd, TMasked>.Store(column.Output + i, TSimd.Multiply(output, tanh), mask);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TVector, TSimd, TMasked>(in CellColumn<T> column, int i, TVector gradient, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
    {
        nint f = column.Hidden + i, g = f + column.Hidden, o = g + column.Hidden;
        TVector one = TSimd.Constant(1), input = Lanes<T, TVector, TSimd, TMasked>.Load(column.Gates + i, mask), forget = Lanes<T, TVector, TSimd, TMasked>.Load(column.Gates + f, mask);
        TVector candidate = Lanes<T, TVector, TSimd, TMasked>.Load(column.Gates + g, mask), output = Lanes<T, TVector, TSimd, TMasked>.Load(column.Gates + o, mask);
        TVector tanh = Lanes<T, TVector, TSimd, TMasked>.Load(column.Kept + i, mask), previous = Lanes<T, TVector, TSimd, TMasked>.Load(column.PreviousState + i, mask);
        TVector ofOutput = TSimd.Multiply(gradient, TSimd.Multiply(tanh, TSimd.Multiply(output, TSimd.Subtract(one, output))));
        TVector slope = TSimd.Multiply(output, TSimd.Multiply(TSimd.Subtract(one, tanh), TSimd.Add(one, tanh)));
        TVector ofState = TSimd.MultiplyAdd(gradient, slope, Lanes<T, TVector, TSimd, TMasked>.Load(column.State + i, mask));
        TVector ofInput = TSimd.Multiply(ofState, TSimd.Multiply(candidate, TSimd.Multiply(input, TSimd.Subtract(one, input))));
        TVector ofForget = TSimd.Multiply(ofState, TSimd.Multiply(previous, TSimd.Multiply(forget, TSimd.Subtract(one, forget))));
        TVector ofCandidate = TSimd.Multiply(
            ofState, TSimd.Multiply(input, TSimd.Multiply(TSimd.Subtract(one, candidate), TSimd.Add(one, candidate))));
        Lanes<T, TVector, TSimd, TMasked>.Store(column.State + i, TSimd.Multiply(ofState, forget), mask);
        Lanes<T, TVector, TSimd, TMasked>.Store(column.Output + i, TSimd.Constant(0), mask);
        GateGradient<T, TVector, TSimd, TMasked>.Write(column, 0, i, ofInput, mask);
        GateGradient<T, TVector, TSimd, TMasked>.Write(column, 1, i, ofForget, mask);
        GateGradient<T, TVector, TSimd, TMasked>.Write(column, 2, i, ofCandidate, mask);
        GateGradient<T, TVector, TSimd, TMasked>.Write(column, 3, i, ofOutput, mask);
    }
}
