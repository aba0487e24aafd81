using System.Numerics;
using NeuralNet.Core.Kernels.Recurrent;

namespace NeuralNet.Core.Operations;

/// <summary>What must hold of the arrays of a recurrent step, since no kernel looks.</summary>
internal static class RecurrentStepCheck<T, TCell>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TCell : struct, IRecurrentCell<T>
{
    /// <summary>Refuses a step whose arrays do not fit.</summary>
    /// <exception cref="ArgumentException">An array has not the size that it needs, or what is written shares memory with another.</exception>
    /// <exception cref="ArgumentOutOfRangeException">H is less than 1, or N less than 0.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void ThrowIfWrong(in RecurrentStep<T> step)
    {
        (int hidden, int samples) = (step.Hidden, step.Samples);
        ThrowIfSizesAreWrong(hidden, samples, step.Lengths);
        OperandCheck.ThrowIfNotOfShape<T>(nameof(step.Gates), step.Gates, TCell.Gates * hidden, samples);
        OperandCheck.ThrowIfNotOfShape(nameof(step.Recurrent), step.Recurrent, Rows(TCell.IsRecurrentApart, TCell.Gates * hidden), samples);
        OperandCheck.ThrowIfNotOfShape(nameof(step.Bias), step.Bias, TCell.Biases * hidden, 1);
        OperandCheck.ThrowIfNotOfShape(nameof(step.PreviousState), step.PreviousState, Rows(TCell.HasState, hidden), samples);
        OperandCheck.ThrowIfNotOfShape<T>(nameof(step.State), step.State, Rows(TCell.HasState, hidden), samples);
        OperandCheck.ThrowIfNotOfShape<T>(nameof(step.Kept), step.Kept, Rows(TCell.Keeps, hidden), samples);
        ReadOnlySpan<T> previous = Strided(nameof(step.PreviousOutput), step.PreviousOutput, hidden, samples, step.Stride);
        ReadOnlySpan<T> output = Strided(nameof(step.Output), step.Output, hidden, samples, step.Stride);
        ThrowIfOverlaps(nameof(step.Gates), step.Gates, step.Recurrent, step.Bias, step.PreviousState, previous, output);
        ThrowIfOverlaps(nameof(step.Gates), step.Gates, step.State, step.Kept, default, default, default);
        ThrowIfOverlaps(nameof(step.Output), output, step.Recurrent, step.Bias, step.PreviousState, previous, step.State);
        ThrowIfOverlaps(nameof(step.State), step.State, step.Recurrent, step.Bias, step.PreviousState, previous, step.Kept);
        ThrowIfOverlaps(nameof(step.Kept), step.Kept, step.Recurrent, step.Bias, step.PreviousState, previous, output);
    }

    /// <inheritdoc cref="ThrowIfWrong(in RecurrentStep{T})"/>
    public static void ThrowIfWrong(in RecurrentStepBack<T> step)
    {
        (int hidden, int samples) = (step.Hidden, step.Samples);
        ThrowIfSizesAreWrong(hidden, samples, step.Lengths);
        OperandCheck.ThrowIfNotOfShape(nameof(step.Gates), step.Gates, TCell.Gates * hidden, samples);
        OperandCheck.ThrowIfNotOfShape(nameof(step.PreviousState), step.PreviousState, Rows(TCell.HasState, hidden), samples);
        OperandCheck.ThrowIfNotOfShape(nameof(step.Kept), step.Kept, Rows(TCell.Keeps, hidden), samples);
        OperandCheck.ThrowIfNotOfShape<T>(nameof(step.OutputGradient), step.OutputGradient, hidden, samples);
        OperandCheck.ThrowIfNotOfShape<T>(nameof(step.StateGradient), step.StateGradient, Rows(TCell.HasState, hidden), samples);
        OperandCheck.ThrowIfNotOfShape<T>(nameof(step.GateGradients), step.GateGradients, TCell.Gates * hidden, samples);
        OperandCheck.ThrowIfNotOfShape<T>(nameof(step.RecurrentGradients), step.RecurrentGradients, Rows(TCell.IsRecurrentApart, TCell.Gates * hidden), samples);
        OperandCheck.ThrowIfNotOfShape<T>(nameof(step.BiasSums), step.BiasSums, TCell.Biases * hidden, 1);
        ReadOnlySpan<T> previous = TCell.IsRecurrentApart ? Strided(nameof(step.PreviousOutput), step.PreviousOutput, hidden, samples, step.Stride) : default;
        ReadOnlySpan<T> upstream = step.Upstream.IsEmpty ? default : Strided(nameof(step.Upstream), step.Upstream, hidden, samples, step.Stride);
        ReadOnlySpan<T> output = step.OutputGradient, state = step.StateGradient, ofGates = step.GateGradients, ofRecurrent = step.RecurrentGradients;
        ThrowIfOverlaps(nameof(step.OutputGradient), output, step.Gates, step.PreviousState, step.Kept, previous, upstream);
        ThrowIfOverlaps(nameof(step.OutputGradient), output, state, ofGates, ofRecurrent, step.BiasSums, default);
        ThrowIfOverlaps(nameof(step.StateGradient), state, step.Gates, step.PreviousState, step.Kept, previous, upstream);
        ThrowIfOverlaps(nameof(step.StateGradient), state, ofGates, ofRecurrent, step.BiasSums, default, default);
        ThrowIfOverlaps(nameof(step.GateGradients), ofGates, step.Gates, step.PreviousState, step.Kept, previous, upstream);
        ThrowIfOverlaps(nameof(step.GateGradients), ofGates, ofRecurrent, step.BiasSums, default, default, default);
        ThrowIfOverlaps(nameof(step.RecurrentGradients), ofRecurrent, step.Gates, step.PreviousState, step.Kept, previous, upstream);
        ThrowIfOverlaps(nameof(step.RecurrentGradients), ofRecurrent, step.BiasSums, default, default, default, default);
        ThrowIfOverlaps(nameof(step.BiasSums), step.BiasSums, step.Gates, step.PreviousState, step.Kept, previous, upstream);
    }

    private static int Rows(bool isThere, int rows) => isThere ? rows : 0;

    private static void ThrowIfSizesAreWrong(int hidden, int samples, ReadOnlySpan<int> lengths)
    {
        ElementType<T>.ThrowIfNotSupported();
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        if (!lengths.IsEmpty && lengths.Length != samples)
        {
            throw new ArgumentException($"A step of {samples} samples needs a length for each, or none, got {lengths.Length}.", nameof(lengths));
        }
    }

    private static ReadOnlySpan<T> Strided(string name, ReadOnlySpan<T> memory, int rows, int columns, int stride) =>
        memory[..OperandCheck.LengthOf(name, rows, columns, stride, memory)];

    private static void ThrowIfOverlaps(
        string name, ReadOnlySpan<T> written, ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, ReadOnlySpan<T> d, ReadOnlySpan<T> e)
    {
        if (written.Overlaps(a) || written.Overlaps(b) || written.Overlaps(c) || written.Overlaps(d) || written.Overlaps(e))
        {
            throw new ArgumentException($"{name} is written in a recurrent step, so it must not share memory with another array of the step.");
        }
    }
}
