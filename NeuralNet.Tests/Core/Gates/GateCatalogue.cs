using System.Numerics;
using NeuralNet.Core.Gates;

namespace NeuralNet.Tests.Core.Gates;

/// <summary>All gates, each a line: what is common to all is tested from here.</summary>
internal static class GateCatalogue
{
    /// <summary>The cases: name of the gate, shapes of its inputs, and the range their entries are drawn from.</summary>
    public static IReadOnlyList<GateCase> All { get; } =
    [
        new("Absolute", [(3, 4)]),
        new("AddConstant", [(3, 4)]),
        new("Add", [(3, 4), (3, 4)]),
        new("AddRow", [(5, 3), (1, 3)]),
        new("Concatenate", [(3, 2), (3, 1), (3, 4)]),
        new("ConcatenateRows", [(2, 3), (1, 3)]),
        new("Divide", [(3, 4), (3, 4)]),
        new("ELU", [(3, 4)]),
        new("Exp", [(3, 4)]),
        new("Layer", [(3, 4)]),
        new("LeakyReLU", [(3, 4)]),
        new("Log", [(3, 4)], Low: 0.2),
        new("MatrixMultiply", [(3, 4), (4, 2)]),
        new("Max", [(3, 4), (3, 4)]),
        new("Maxout", [(3, 4), (3, 4), (3, 4)]),
        new("Mean", [(3, 4)]),
        new("Min", [(3, 4), (3, 4)]),
        new("Multiply", [(3, 4), (3, 4)]),
        new("Negate", [(3, 4)]),
        new("Power", [(3, 4)], Low: 0.2),
        new("Reciprocal", [(3, 4)], Low: 0.2),
        new("ReLU", [(3, 4)]),
        new("Scale", [(3, 4)]),
        new("Sigmoid", [(3, 4)]),
        new("Slice", [(4, 5)]),
        new("SquareRoot", [(3, 4)], Low: 0.2),
        new("Square", [(3, 4)]),
        new("Subtract", [(3, 4), (3, 4)]),
        new("Sum", [(3, 4)]),
        new("SumOfSquares", [(3, 4)]),
        new("Tanh", [(3, 4)]),
        new("Transpose", [(3, 4)]),
    ];

    /// <summary>The element-wise ones with one input.</summary>
    public static IEnumerable<GateCase> Unary => All.Where(gate => gate.Create<double>() is ElementwiseGate<double>);

    /// <summary>The element-wise ones with two inputs.</summary>
    public static IEnumerable<GateCase> Binary => All.Where(gate => gate.Create<double>() is BinaryElementwiseGate<double>);

    public static Gate<T> Create<T>(string name) where T : unmanaged, IFloatingPointIeee754<T> => name switch
    {
        "Absolute" => new AbsoluteGate<T>(),
        "AddConstant" => new AddConstantGate<T>(T.CreateChecked(1.5)),
        "Add" => new AddGate<T>(),
        "AddRow" => new AddRowGate<T>(),
        "Concatenate" => new ConcatenateGate<T>(),
        "ConcatenateRows" => new ConcatenateGate<T>(Axis.Rows),
        "Divide" => new DivideGate<T>(),
        "ELU" => new ELUGate<T>(T.One),
        "Exp" => new ExpGate<T>(),
        "Layer" => new LayerGate<T>(new HalvingLayer<T>()),
        "LeakyReLU" => new LeakyReLUGate<T>(T.CreateChecked(0.01)),
        "Log" => new LogGate<T>(),
        "MatrixMultiply" => new MatrixMultiplyGate<T>(),
        "Max" => new MaxGate<T>(),
        "Maxout" => new MaxoutGate<T>(),
        "Mean" => new MeanGate<T>(),
        "Min" => new MinGate<T>(),
        "Multiply" => new MultiplyGate<T>(),
        "Negate" => new NegateGate<T>(),
        "Power" => new PowerGate<T>(T.CreateChecked(2.5)),
        "Reciprocal" => new ReciprocalGate<T>(),
        "ReLU" => new ReLUGate<T>(),
        "Scale" => new ScaleGate<T>(T.CreateChecked(-0.5)),
        "Sigmoid" => new SigmoidGate<T>(),
        "Slice" => new SliceGate<T>(1..3, ..^2),
        "SquareRoot" => new SquareRootGate<T>(),
        "Square" => new SquareGate<T>(),
        "Subtract" => new SubtractGate<T>(),
        "Sum" => new SumGate<T>(),
        "SumOfSquares" => new SumOfSquaresGate<T>(),
        "Tanh" => new TanhGate<T>(),
        "Transpose" => new TransposeGate<T>(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such gate in the catalogue."),
    };
}
