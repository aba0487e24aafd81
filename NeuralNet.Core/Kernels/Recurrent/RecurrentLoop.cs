using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Operations;

namespace NeuralNet.Core.Kernels.Recurrent;

/// <summary>A step of an <see cref="IRecurrentCell{T}"/> for all samples, forward or backward, on one thread: sample by sample, whose entries lie side by side.</summary>
/// <remarks>A sample whose sequence has ended is not touched but for h and the state, which stay what they were, and for the gradients by its gates, which are 0.</remarks>
internal static unsafe class RecurrentLoop<T, TCell>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TCell : struct, IRecurrentCell<T>
{
    /// <summary>Does the step.</summary>
    /// <param name="step">The step, whose arrays have been checked.</param>
    public static void Forward(in RecurrentStep<T> step)
    {
        fixed (T* gates = step.Gates, recurrent = step.Recurrent, bias = step.Bias, previousState = step.PreviousState, state = step.State)
        {
            fixed (T* kept = step.Kept, previousOutput = step.PreviousOutput, output = step.Output)
            {
                var column = new CellColumn<T>
                {
                    Hidden = step.Hidden,
                    Gates = gates,
                    Recurrent = recurrent,
                    Bias = bias,
                    PreviousState = previousState,
                    State = state,
                    Kept = kept,
                    PreviousOutput = previousOutput,
                    Output = output,
                };
                if (Processor.WidestVector == VectorWidth.Bits512)
                {
                    Forward<Vector512<T>, Simd512<T>>(column, step.Stride, step.Samples, step.Lengths, step.Step);
                }
                else if (Processor.WidestVector == VectorWidth.Bits256)
                {
                    Forward<Vector256<T>, Simd256<T>>(column, step.Stride, step.Samples, step.Lengths, step.Step);
                }
                else
                {
                    Forward<Vector128<T>, Simd128<T>>(column, step.Stride, step.Samples, step.Lengths, step.Step);
                }
            }
        }
    }

    /// <summary>Does the way back of the step.</summary>
    /// <param name="step">The step, whose arrays have been checked.</param>
    public static void Backward(in RecurrentStepBack<T> step)
    {
        fixed (T* gates = step.Gates, previousState = step.PreviousState, kept = step.Kept, previousOutput = step.PreviousOutput, upstream = step.Upstream)
        {
            fixed (T* output = step.OutputGradient, state = step.StateGradient, ofGates = step.GateGradients, ofRecurrent = step.RecurrentGradients, bias = step.BiasSums)
            {
                var column = new CellColumn<T>
                {
                    Hidden = step.Hidden,
                    Gates = gates,
                    Bias = bias,
                    PreviousState = previousState,
                    State = state,
                    Kept = kept,
                    PreviousOutput = previousOutput,
                    Output = output,
                    Upstream = upstream,
                    GateGradients = ofGates,
                    RecurrentGradients = ofRecurrent,
                };
                if (Processor.WidestVector == VectorWidth.Bits512)
                {
                    Backward<Vector512<T>, Simd512<T>>(column, step.Stride, step.Samples, step.Lengths, step.Step);
                }
                else if (Processor.WidestVector == VectorWidth.Bits256)
                {
                    Backward<Vector256<T>, Simd256<T>>(column, step.Stride, step.Samples, step.Lengths, step.Step);
                }
                else
                {
                    Backward<Vector128<T>, Simd128<T>>(column, step.Stride, step.Samples, step.Lengths, step.Step);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<TVector, TSimd>(CellColumn<T> column, int stride, int samples, ReadOnlySpan<int> lengths, int step)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        int hidden = column.Hidden;
        for (int sample = 0; sample < samples; sample++)
        {
            if (!lengths.IsEmpty && lengths[sample] <= step)
            {
                Stay(column, hidden);
            }
            else
            {
                int i = 0;
                for (; i <= hidden - TSimd.Count; i += TSimd.Count)
                {
                    FetchNextForward<TVector, TSimd>(column, i);
                    TCell.Forward<TVector, TSimd, No>(column, i, default);
                }

                if (i < hidden)
                {
                    TCell.Forward<TVector, TSimd, Yes>(column, i, TSimd.Mask(hidden - i));
                }
            }

            column.Gates += TCell.Gates * hidden;
            column.Recurrent += TCell.IsRecurrentApart ? TCell.Gates * hidden : 0;
            column.PreviousState += TCell.HasState ? hidden : 0;
            column.State += TCell.HasState ? hidden : 0;
            column.Kept += TCell.Keeps ? hidden : 0;
            column.PreviousOutput += stride;
            column.Output += stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Backward<TVector, TSimd>(CellColumn<T> column, int stride, int samples, ReadOnlySpan<int> lengths, int step)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        int hidden = column.Hidden;
        for (int sample = 0; sample < samples; sample++)
        {
            if (!lengths.IsEmpty && lengths[sample] <= step)
            {
                new Span<T>(column.GateGradients, TCell.Gates * hidden).Clear();
                new Span<T>(column.RecurrentGradients, TCell.IsRecurrentApart ? TCell.Gates * hidden : 0).Clear();
            }
            else
            {
                int i = 0;
                for (; i <= hidden - TSimd.Count; i += TSimd.Count)
                {
                    FetchNext<TVector, TSimd>(column, i, stride);
                    TCell.Backward<TVector, TSimd, No>(column, i, Gradient<TVector, TSimd, No>(column, i, default), default);
                }

                if (i < hidden)
                {
                    TVector mask = TSimd.Mask(hidden - i);
                    TCell.Backward<TVector, TSimd, Yes>(column, i, Gradient<TVector, TSimd, Yes>(column, i, mask), mask);
                }
            }

            column.Gates += TCell.Gates * hidden;
            column.GateGradients += TCell.Gates * hidden;
            column.RecurrentGradients += TCell.IsRecurrentApart ? TCell.Gates * hidden : 0;
            column.PreviousState += TCell.HasState ? hidden : 0;
            column.State += TCell.HasState ? hidden : 0;
            column.Kept += TCell.Keeps ? hidden : 0;
            column.Output += hidden;
            column.PreviousOutput += stride;
            column.Upstream += column.Upstream is null ? 0 : stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Gradient<TVector, TSimd, TMasked>(in CellColumn<T> column, int i, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
    {
        TVector gradient = Lanes<T, TVector, TSimd, TMasked>.Load(column.Output + i, mask);
        return column.Upstream is null ? gradient : TSimd.Add(gradient, Lanes<T, TVector, TSimd, TMasked>.Load(column.Upstream + i, mask));
    }

    // The products have brought the gates, where they are not apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FetchNextForward<TVector, TSimd>(in CellColumn<T> column, int i)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        if (TCell.IsRecurrentApart)
        {
            nint at = (TCell.Gates * column.Hidden) + i;
            for (int gate = 0; gate < TCell.Gates; gate++)
            {
                TSimd.Prefetch(column.Gates + at);
                at += column.Hidden;
            }
        }

        if (TCell.Keeps)
        {
            TSimd.Prefetch(column.Kept + column.Hidden + i);
        }

        if (TCell.HasState)
        {
            TSimd.Prefetch(column.State + column.Hidden + i);
        }
    }

    // What the next sample's vector reads and writes: the runs of the gates are too short for the CPU to foresee where the next begin.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FetchNext<TVector, TSimd>(in CellColumn<T> column, int i, int stride)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        nint at = (TCell.Gates * column.Hidden) + i;
        for (int gate = 0; gate < TCell.Gates; gate++)
        {
            TSimd.Prefetch(column.Gates + at);
            TSimd.Prefetch(column.GateGradients + at);
            if (TCell.IsRecurrentApart)
            {
                TSimd.Prefetch(column.RecurrentGradients + at);
            }

            at += column.Hidden;
        }

        TSimd.Prefetch(column.PreviousOutput + stride + i);
        TSimd.Prefetch(column.Upstream + stride + i);
        if (TCell.Keeps)
        {
            TSimd.Prefetch(column.Kept + column.Hidden + i);
        }

        if (TCell.HasState)
        {
            TSimd.Prefetch(column.PreviousState + column.Hidden + i);
        }
    }

    private static void Stay(in CellColumn<T> column, int hidden)
    {
        new ReadOnlySpan<T>(column.PreviousOutput, hidden).CopyTo(new Span<T>(column.Output, hidden));
        if (TCell.HasState)
        {
            new ReadOnlySpan<T>(column.PreviousState, hidden).CopyTo(new Span<T>(column.State, hidden));
        }
    }
}
