using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;

namespace NeuralNet.Tests.Core.Gates;

/// <summary>All gates and functions, each a line: what is common to all is tested from here.</summary>
internal static class GateCatalogue
{
    /// <summary>The cases.</summary>
    public static IReadOnlyList<GateCase> All { get; } = [.. Lines<double>().Select(line => line.Case)];

    /// <summary>The functions of one number.</summary>
    public static IEnumerable<GateCase> Unary => All.Where(gate => gate.Create<double>() is Function<double>);

    /// <summary>The element-wise ones with two inputs.</summary>
    public static IEnumerable<GateCase> Binary => All.Where(gate => gate.Create<double>() is BinaryElementwiseGate<double>);

    public static Gate<T> Create<T>(string name) where T : unmanaged, IFloatingPointIeee754<T> =>
        Lines<T>().Single(line => line.Case.Name == name).Gate;

    // A name, the shapes of the inputs and, where it is not −2, the lowest of the numbers they are drawn from; and the gate.
    private static IEnumerable<(GateCase Case, Gate<T> Gate)> Lines<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        yield return (new("Absolute", [(3, 4)]), new Absolute<T>());
        yield return (new("AddConstant", [(3, 4)]), new AddConstant<T>(T.CreateChecked(1.5)));
        yield return (new("Add", [(3, 4), (3, 4)]), new AddGate<T>());
        yield return (new("AddRow", [(5, 3), (1, 3)]), new AddRowGate<T>());
        yield return (new("Concatenate", [(3, 2), (3, 1), (3, 4)]), new ConcatenateGate<T>());
        yield return (new("ConcatenateRows", [(2, 3), (1, 3)]), new ConcatenateGate<T>(Axis.Rows));
        yield return (new("Divide", [(3, 4), (3, 4)]), new DivideGate<T>());
        yield return (new("ELU", [(3, 4)]), new ELU<T>());
        yield return (new("Exp", [(3, 4)]), new Exp<T>());
        yield return (new("Halving", [(3, 4)]), new HalvingLayer<T>());
        yield return (new("LeakyReLU", [(3, 4)]), new LeakyReLU<T>());
        yield return (new("Log", [(3, 4)], Low: 0.2), new Log<T>());
        yield return (new("MatrixMultiply", [(3, 4), (4, 2)]), new MatrixMultiplyGate<T>());
        yield return (new("Max", [(3, 4), (3, 4)]), new MaxGate<T>());
        yield return (new("Maxout", [(3, 4), (3, 4), (3, 4)]), new MaxoutGate<T>());
        yield return (new("MaxoutOfPieces", [(3, 4)]), new Maxout<T>());
        yield return (new("Mean", [(3, 4)]), new MeanGate<T>());
        yield return (new("Min", [(3, 4), (3, 4)]), new MinGate<T>());
        yield return (new("Multiply", [(3, 4), (3, 4)]), new MultiplyGate<T>());
        yield return (new("Negate", [(3, 4)]), new Negate<T>());
        yield return (new("Power", [(3, 4)], Low: 0.2), new Power<T>(T.CreateChecked(2.5)));
        yield return (new("Reciprocal", [(3, 4)], Low: 0.2), new Reciprocal<T>());
        yield return (new("ReLU", [(3, 4)]), new ReLU<T>());
        yield return (new("Scale", [(3, 4)]), new Scale<T>(T.CreateChecked(-0.5)));
        yield return (new("Sigmoid", [(3, 4)]), new Sigmoid<T>());
        yield return (new("Slice", [(4, 5)]), new SliceGate<T>(1..3, ..^2));
        yield return (new("SquareRoot", [(3, 4)], Low: 0.2), new SquareRoot<T>());
        yield return (new("Square", [(3, 4)]), new Square<T>());
        yield return (new("Subtract", [(3, 4), (3, 4)]), new SubtractGate<T>());
        yield return (new("Sum", [(3, 4)]), new SumGate<T>());
        yield return (new("SumOfSquares", [(3, 4)]), new SumOfSquaresGate<T>());
        yield return (new("Tanh", [(3, 4)]), new Tanh<T>());
        yield return (new("Transpose", [(3, 4)]), new TransposeGate<T>());
    }
}
