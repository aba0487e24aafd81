using System.Globalization;
using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;

namespace NeuralNet.Layers.Saving;

/// <summary>How the functions and gates of NeuralNet.Core are built of their descriptions.</summary>
internal static class CoreKinds
{
    /// <summary>Adds them.</summary>
    public static void AddTo<T>(GateKinds<T> kinds) where T : unmanaged, IFloatingPointIeee754<T>
    {
        AddFunctions(kinds);
        AddGates(kinds);
        kinds.Add(nameof(GraphGate<>), saved => SavedGraph.Gate(saved));
        kinds.Add(nameof(GraphLayer<>), saved => SavedGraph.Layer(saved));
    }

    private static void AddFunctions<T>(GateKinds<T> kinds) where T : unmanaged, IFloatingPointIeee754<T>
    {
        kinds.Add(nameof(Absolute<>), _ => new Absolute<T>());
        kinds.Add(nameof(AddConstant<>), saved => new AddConstant<T>(T.CreateChecked(saved.Number("constant"))));
        kinds.Add(nameof(ELU<>), saved => new ELU<T>(saved.Number("alpha")));
        kinds.Add(nameof(Exp<>), _ => new Exp<T>());
        kinds.Add(nameof(GELU<>), saved => new GELU<T>(saved.Truth("tanh")));
        kinds.Add(nameof(LeakyReLU<>), saved => new LeakyReLU<T>(saved.Number("slope")));
        kinds.Add(nameof(Log<>), _ => new Log<T>());
        kinds.Add(nameof(Negate<>), _ => new Negate<T>());
        kinds.Add(nameof(Power<>), saved => new Power<T>(T.CreateChecked(saved.Number("exponent"))));
        kinds.Add(nameof(ReLU<>), _ => new ReLU<T>());
        kinds.Add(nameof(Reciprocal<>), _ => new Reciprocal<T>());
        kinds.Add(nameof(Scale<>), saved => new Scale<T>(T.CreateChecked(saved.Number("factor"))));
        kinds.Add(nameof(Sigmoid<>), _ => new Sigmoid<T>());
        kinds.Add(nameof(SiLU<>), _ => new SiLU<T>());
        kinds.Add(nameof(Softplus<>), _ => new Softplus<T>());
        kinds.Add(nameof(Square<>), _ => new Square<T>());
        kinds.Add(nameof(SquareRoot<>), _ => new SquareRoot<T>());
        kinds.Add(nameof(Tanh<>), _ => new Tanh<T>());
    }

    private static void AddGates<T>(GateKinds<T> kinds) where T : unmanaged, IFloatingPointIeee754<T>
    {
        kinds.Add(nameof(AddGate<>), _ => new AddGate<T>());
        kinds.Add(nameof(AddRowGate<>), _ => new AddRowGate<T>());
        kinds.Add(nameof(CircularShiftGate<>), _ => new CircularShiftGate<T>());
        kinds.Add(nameof(ConcatenateGate<>), saved => new ConcatenateGate<T>(Enum.Parse<Axis>(saved.Text("axis"))));
        kinds.Add(nameof(CosineSimilarityGate<>), saved => new CosineSimilarityGate<T>(saved.Number("epsilon")));
        kinds.Add(nameof(DivideGate<>), _ => new DivideGate<T>());
        kinds.Add(nameof(InterpolateGate<>), _ => new InterpolateGate<T>());
        kinds.Add(nameof(LogSoftmax<>), _ => new LogSoftmax<T>());
        kinds.Add(nameof(MatrixMultiplyGate<>), _ => new MatrixMultiplyGate<T>());
        kinds.Add(nameof(MaxGate<>), _ => new MaxGate<T>());
        kinds.Add(nameof(Maxout<>), saved => new Maxout<T>(saved.Integer("pieces")));
        kinds.Add(nameof(MaxoutGate<>), _ => new MaxoutGate<T>());
        kinds.Add(nameof(MeanGate<>), _ => new MeanGate<T>());
        kinds.Add(nameof(MinGate<>), _ => new MinGate<T>());
        kinds.Add(nameof(MultiplyGate<>), _ => new MultiplyGate<T>());
        kinds.Add(nameof(ReadMemoryGate<>), _ => new ReadMemoryGate<T>());
        kinds.Add(nameof(ScaleRowsGate<>), _ => new ScaleRowsGate<T>());
        kinds.Add(nameof(SharpenGate<>), _ => new SharpenGate<T>());
        kinds.Add(nameof(SliceGate<>), saved => new SliceGate<T>(Range(saved.Text("rows")), Range(saved.Text("columns"))));
        kinds.Add(nameof(Softmax<>), _ => new Softmax<T>());
        kinds.Add(nameof(SubtractGate<>), _ => new SubtractGate<T>());
        kinds.Add(nameof(SumGate<>), _ => new SumGate<T>());
        kinds.Add(nameof(SumOfSquaresGate<>), _ => new SumOfSquaresGate<T>());
        kinds.Add(nameof(TransposeGate<>), _ => new TransposeGate<T>());
        kinds.Add(nameof(WriteMemoryGate<>), _ => new WriteMemoryGate<T>());
    }

    // As Range.ToString writes it: 1..^2, which says 0..^0 for all.
    private static Range Range(string text) => text.Split("..") is [string start, string end]
        ? new Range(Index(start), Index(end))
        : throw new FormatException($"'{text}' is no range such as 1..^2.");

    private static Index Index(string text) => text.StartsWith('^')
        ? new Index(int.Parse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture), fromEnd: true)
        : new Index(int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));
}
