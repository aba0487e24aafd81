using System.Numerics;
using NeuralNet.Core;

namespace NeuralNet.Tests.Core.Gates;

/// <summary>A gate of the catalogue with inputs that suit it.</summary>
internal sealed record GateCase(string Name, (int Rows, int Columns)[] Shapes, double Low = -2, double High = 2)
{
    public Gate<T> Create<T>() where T : unmanaged, IFloatingPointIeee754<T> => GateCatalogue.Create<T>(Name);

    /// <summary>Random inputs.</summary>
    public Matrix<double>[] Inputs(int seed)
    {
        var random = new Random(seed);
        return [.. Shapes.Select(shape => Matrix<double>.Build.Dense(shape.Rows, shape.Columns, (_, _) => Draw(random)))];
    }

    /// <summary>The inputs twice as large, as the gate's shapes allow.</summary>
    public GateCase Doubled() => this with
    {
        Shapes = [.. Shapes.Select(shape => (shape.Rows == 1 ? 1 : 2 * shape.Rows, Name is "ConcatenateRows" ? shape.Columns : 2 * shape.Columns))],
    };

    public override string ToString() => Name;

    // Off zero, where several functions have a kink.
    private double Draw(Random random)
    {
        double value = Low + (High - Low) * random.NextDouble();
        return Math.Abs(value) < 0.05 ? 0.05 : value;
    }
}
