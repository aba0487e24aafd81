using System.Numerics;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Tests.Layers;

namespace NeuralNet.Tests.Core.Gates;

/// <summary>All gates and functions of the core, each a line that brings every test that is common to all. Layers and networks stand in the
/// <see cref="LayerCatalogue"/>.</summary>
internal static class GateCatalogue
{
    /// <summary>The entries of both catalogues, made anew: gates from the same seeds each time, in either precision.</summary>
    public static IEnumerable<GateEntry<T>> All<T>() where T : unmanaged, IFloatingPointIeee754<T> => Core<T>().Concat(LayerCatalogue.All<T>());

    /// <summary>The entry of a name.</summary>
    public static GateEntry<T> Get<T>(string name) where T : unmanaged, IFloatingPointIeee754<T> => All<T>().Single(entry => entry.Name == name);

    /// <summary>The gates and functions of the core.</summary>
    public static IEnumerable<GateEntry<T>> Core<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        yield return new("Absolute", new Absolute<T>());
        yield return new("AddConstant", new AddConstant<T>(T.CreateChecked(1.5)));
        yield return new("AddNegativeConstant", new AddConstant<T>(T.CreateChecked(-1.5)));
        yield return new("Add", new AddGate<T>());
        yield return new("AddRow", new AddRowGate<T>()) { Shapes = n => [(n, 7), (1, 7)] };
        yield return new("CircularShift", new CircularShiftGate<T>()) { Shapes = n => [(n, 7), (n, 3)] };
        yield return new("CircularShift of as many shifts as locations", new CircularShiftGate<T>()) { Shapes = n => [(n, 5), (n, 5)] };
        yield return new("Concatenate", new ConcatenateGate<T>()) { Shapes = n => [(n, 2), (n, 1), (n, 4)] };
        yield return new("ConcatenateRows", new ConcatenateGate<T>(Axis.Rows)) { Shapes = n => [(n, 3), (1, 3)] };
        yield return new("CosineSimilarity", new CosineSimilarityGate<T>()) { Shapes = n => [(n, 5 * 3), (n, 3)] };
        yield return new("CosineSimilarity(0.5)", new CosineSimilarityGate<T>(0.5)) { Shapes = n => [(n, 2), (n, 1)] };
        yield return new("Divide", new DivideGate<T>());
        yield return new("ELU", new ELU<T>());
        yield return new("ELU(0.5)", new ELU<T>(0.5));
        yield return new("Exp", new Exp<T>());
        yield return new("GELU", new GELU<T>());
        yield return new("GELU(tanh)", new GELU<T>(tanh: true));
        yield return new("Halving", new HalvingLayer<T>());
        yield return new("Interpolate", new InterpolateGate<T>()) { Shapes = n => [(n, 1), (n, 5), (n, 5)] };
        yield return new("LeakyReLU", new LeakyReLU<T>());
        yield return new("LeakyReLU(-0.25)", new LeakyReLU<T>(-0.25));
        yield return new("Log", new Log<T>()) { Low = 0.2 };
        yield return new("LogSoftmax", new LogSoftmax<T>());
        yield return new("MatrixMultiply", new MatrixMultiplyGate<T>()) { Shapes = n => [(n, 4), (4, 3)] };
        yield return new("Max", new MaxGate<T>());
        yield return new("Maxout", new MaxoutGate<T>());
        yield return new("MaxoutOfPieces", new Maxout<T>()) { Sample = 6 };
        yield return new("MaxoutOfAllPieces", new Maxout<T>(pieces: 7));
        yield return new("Mean", new MeanGate<T>()) { TakesNoRows = false };
        yield return new("Min", new MinGate<T>());
        yield return new("Multiply", new MultiplyGate<T>());
        yield return new("Negate", new Negate<T>());
        yield return new("Power", new Power<T>(T.CreateChecked(2.5))) { Low = 0.2 };
        yield return new("Power(-0.5)", new Power<T>(T.CreateChecked(-0.5))) { Low = 0.2 };
        yield return new("ReadMemory", new ReadMemoryGate<T>()) { Shapes = n => [(n, 5 * 3), (n, 5)] };
        yield return new("Reciprocal", new Reciprocal<T>()) { Low = 0.2 };
        yield return new("ReLU", new ReLU<T>());
        yield return new("Scale", new Scale<T>(T.CreateChecked(-0.5)));
        yield return new("Scale(1.5E-08)", new Scale<T>(T.CreateChecked(1.5e-8)));
        yield return new("ScaleRows", new ScaleRowsGate<T>()) { Shapes = n => [(n, 7), (n, 1)] };
        yield return new("Sharpen", new SharpenGate<T>()) { Shapes = n => [(n, 5), (n, 1)], Low = 0.2 };
        yield return new("Sigmoid", new Sigmoid<T>());
        yield return new("SiLU", new SiLU<T>());
        yield return new("Slice", new SliceGate<T>(1..3, ..^2)) { Shapes = n => [(n + 3, 5)] };
        yield return new("Softmax", new Softmax<T>());
        yield return new("Softplus", new Softplus<T>());
        yield return new("SquareRoot", new SquareRoot<T>()) { Low = 0.2 };
        yield return new("Square", new Square<T>());
        yield return new("Subtract", new SubtractGate<T>());
        yield return new("Sum", new SumGate<T>());
        yield return new("SumOfSquares", new SumOfSquaresGate<T>());
        yield return new("Tanh", new Tanh<T>());
        yield return new("Transpose", new TransposeGate<T>());
        yield return new("WriteMemory", new WriteMemoryGate<T>()) { Shapes = n => [(n, 5 * 3), (n, 5), (n, 3), (n, 3)] };
    }
}
