using System.Numerics;
using NeuralNet.Core.Kernels.Recurrent;
using NeuralNet.Core.Operations;

namespace NeuralNet.Tests.Reliability.GuardPages;

/// <summary>Steps of recurrent cells, forward and backward.</summary>
internal static class RecurrentCases<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The cases.</summary>
    public static IEnumerable<KernelCase> All =>
    [
        new(Named("RNN"), typeof(RecurrentLoop<,>), Forward<TanhCell<T>>),
        new(Named("RNN back"), typeof(RecurrentLoop<,>), Backward<TanhCell<T>>),
        new(Named("GRU"), typeof(RecurrentLoop<,>), Forward<GatedCell<T>>),
        new(Named("GRU back"), typeof(RecurrentLoop<,>), Backward<GatedCell<T>>),
        new(Named("LSTM"), typeof(RecurrentLoop<,>), Forward<LongShortTermCell<T>>),
        new(Named("LSTM back"), typeof(RecurrentLoop<,>), Backward<LongShortTermCell<T>>),
    ];

    private static string Named(string name) => $"{name}<{typeof(T).Name}>";

    private static void Forward<TCell>(Draws draws, Arena arena) where TCell : struct, IRecurrentCell<T>
    {
        (int hidden, int samples) = draws.Matrix(leastRows: 1);
        int stride = hidden + draws.Gap("gap"), strided = Draws.LengthOf(hidden, samples, stride), entries = hidden * samples;
        RecurrentLoop<T, TCell>.Forward(new RecurrentStep<T>
        {
            Hidden = hidden,
            Samples = samples,
            Stride = stride,
            Gates = arena.Numbers<T>(TCell.Gates * entries),
            Recurrent = arena.Numbers<T>(TCell.IsRecurrentApart ? TCell.Gates * entries : 0),
            Bias = arena.Numbers<T>(TCell.Biases * hidden),
            PreviousState = arena.Numbers<T>(TCell.HasState ? entries : 0),
            State = arena.Numbers<T>(TCell.HasState ? entries : 0),
            Kept = arena.Numbers<T>(TCell.Keeps ? entries : 0),
            PreviousOutput = arena.Numbers<T>(strided),
            Output = arena.Numbers<T>(strided),
            Lengths = draws.Flag("lengths") ? arena.Indices(samples, 4) : default,
            Step = 2,
        });
    }

    private static void Backward<TCell>(Draws draws, Arena arena) where TCell : struct, IRecurrentCell<T>
    {
        (int hidden, int samples) = draws.Matrix(leastRows: 1);
        int stride = hidden + draws.Gap("gap"), strided = Draws.LengthOf(hidden, samples, stride), entries = hidden * samples;
        RecurrentLoop<T, TCell>.Backward(new RecurrentStepBack<T>
        {
            Hidden = hidden,
            Samples = samples,
            Stride = stride,
            Gates = arena.Numbers<T>(TCell.Gates * entries),
            PreviousState = arena.Numbers<T>(TCell.HasState ? entries : 0),
            Kept = arena.Numbers<T>(TCell.Keeps ? entries : 0),
            PreviousOutput = arena.Numbers<T>(TCell.IsRecurrentApart ? strided : 0),
            Upstream = draws.Flag("upstream") ? arena.Numbers<T>(strided) : default,
            OutputGradient = arena.Numbers<T>(entries),
            StateGradient = arena.Numbers<T>(TCell.HasState ? entries : 0),
            GateGradients = arena.Numbers<T>(TCell.Gates * entries),
            RecurrentGradients = arena.Numbers<T>(TCell.IsRecurrentApart ? TCell.Gates * entries : 0),
            BiasSums = arena.Numbers<T>(TCell.Biases * hidden),
            Lengths = draws.Flag("lengths") ? arena.Indices(samples, 4) : default,
            Step = 2,
        });
    }
}
