using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Elementwise;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Recurrent;

/// <summary><c>r, z = σ(a + u + b)</c>, <c>m = u + b′</c>, <c>n = tanh(a + b + r∗m)</c>, <c>h = n + z∗(h⁻ − n)</c>, a being what the inputs' weights give a gate and u what the
/// recurrent ones give; the gates in the order r, z, n. It keeps m, whose bias b′ is the fourth.</summary>
/// <remarks>Source: Cho and others (2014), equations 5 to 8, with the reset gate behind the product, as PyTorch and cuDNN have it.</remarks>
internal readonly unsafe struct GatedCell<T> : IRecurrentCell<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int Gates => 3;

    /// <inheritdoc/>
    public static int Biases => 4;

    /// <inheritdoc/>
    public static bool Keeps => true;

    /// <inheritdoc/>
    public static bool IsRecurrentApart => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<TVector, TSimd, TMasked>(in CellColumn<T> column, int i, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
    {
        nint z = column.Hidden + i, n = z + column.Hidden, m = n + column.Hidden;
        TVector reset = TSimd.Add(Lanes<T, TVector, TSimd, TMasked>.Load(column.Gates + i, mask), Lanes<T, TVector, TSimd, TMasked>.Load(column.Bias + i, mask));
        TVector update = TSimd.Add(Lanes<T, TVector, TSimd, TMasked>.Load(column.Gates + z, mask), Lanes<T, TVector, TSimd, TMasked>.Load(column.Bias + z, mask));
        TVector candidate = TSimd.Add(Lanes<T, TVector, TSimd, TMasked>.Load(column.Gates + n, mask), Lanes<T, TVector, TSimd, TMasked>.Load(column.Bias + n, mask));
        TVector memory = TSimd.Add(Lanes<T, TVector, TSimd, TMasked>.Load(column.Recurrent + n, mask), Lanes<T, TVector, TSimd, TMasked>.Load(column.Bias + m, mask));
        TVector previous = Lanes<T, TVector, TSimd, TMasked>.Load(column.PreviousOutput + i, mask);
        reset = Logistic<T>.Of<TVector, TSimd>(TSimd.Add(reset, Lanes<T, TVector, TSimd, TMasked>.Load(column.Recurrent + i, mask)));
        update = Logistic<T>.Of<TVector, TSimd>(TSimd.Add(update, Lanes<T, TVector, TSimd, TMasked>.Load(column.Recurrent + z, mask)));
        candidate = HyperbolicTangent<T>.Of<TVector, TSimd>(TSimd.MultiplyAdd(reset, memory, candidate));
        Lanes<T, TVector, TSimd, TMasked>.Store(column.Gates + i, reset, mask);
        Lanes<T, TVector, TSimd, TMasked>.Store(column.Gates + z, update, mask);
        Lanes<T, TVector, TSimd, TMasked>.Store(column.Gates + n, candidate, mask);
        Lanes<T, TVector, TSimd, TMasked>.Store(column.Kept + i, memory, mask);
        Lanes<T, TVector, TSimd, TMasked>.Store(column.Output + i, TSimd.MultiplyAdd(update, TSimd.Subtract(previous, candidate), candidate), mask);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TVector, TSimd, TMasked>(in CellColumn<T> column, int i, TVector gradient, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
    {
        nint z = column.Hidden + i, n = z + column.Hidden;
        TVector one = TSimd.Constant(1), reset = Lanes<T, TVector, TSimd, TMasked>.Load(column.Gates + i, mask), update = Lanes<T, TVector, TSimd, TMasked>.Load(column.Gates + z, mask), candidate = Lanes<T, TVector, TSimd, TMasked>.Load(column.Gates + n, mask);
        TVector memory = Lanes<T, TVector, TSimd, TMasked>.Load(column.Kept + i, mask), previous = Lanes<T, TVector, TSimd, TMasked>.Load(column.PreviousOutput + i, mask);
        TVector rest = TSimd.Subtract(one, update);
        TVector ofUpdate = TSimd.Multiply(gradient, TSimd.Multiply(TSimd.Subtract(previous, candidate), TSimd.Multiply(update, rest)));
        TVector slope = TSimd.Multiply(rest, TSimd.Multiply(TSimd.Subtract(one, candidate), TSimd.Add(one, candidate)));
        TVector ofCandidate = TSimd.Multiply(gradient, slope);
        TVector ofMemory = TSimd.Multiply(ofCandidate, reset);
        TVector ofReset = TSimd.Multiply(ofMemory, TSimd.Multiply(memory, TSimd.Subtract(one, reset)));
        Lanes<T, TVector, TSimd, TMasked>.Store(column.Output + i, TSimd.Multiply(gradient, update), mask);
        Lanes<T, TVector, TSimd, TMasked>.Store(column.RecurrentGradients + i, ofReset, mask);
        Lanes<T, TVector, TSimd, TMasked>.Store(column.RecurrentGradients + z, ofUpdate, mask);
        Lanes<T, TVector, TSimd, TMasked>.Store(column.RecurrentGradients + n, ofMemory, mask);
        GateGradient<T, TVector, TSimd, TMasked>.Write(column, 0, i, ofReset, mask);
        GateGradient<T, TVector, TSimd, TMasked>.Write(column, 1, i, ofUpdate, mask);
        GateGradient<T, TVector, TSimd, TMasked>.Write(column, 2, i, ofCandidate, mask);
        GateGradient<T, TVector, TSimd, TMasked>.AddToBias(column, (3 * column.Hidden) + i, ofMemory, mask);
    }
}
