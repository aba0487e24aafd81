using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Tests.Core.Gates;

/// <summary>A gate of a catalogue with inputs that suit it.</summary>
/// <param name="Name">The name under which its tests appear.</param>
/// <param name="Gate">The gate.</param>
internal sealed record GateEntry<T>(string Name, Gate<T> Gate) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The shape of a sample of its inputs, where all inputs have a row for each sample: seven features, unless it is stated.</summary>
    public SampleShape Sample { get; init; } = (Gate as Layer<T>)?.InputShape ?? 7;

    /// <summary>The shapes of its inputs for a number of samples; stated where they are not <see cref="Sample"/>.</summary>
    public Func<int, (int Rows, int Columns)[]>? Shapes { get; init; }

    /// <summary>The lowest of the numbers that inputs are drawn from. From 0 on, the gate has no value below.</summary>
    public double Low { get; init; } = -2;

    /// <summary>The highest.</summary>
    public double High { get; init; } = 2;

    /// <summary>Whether it takes inputs without rows.</summary>
    public bool TakesNoRows { get; init; } = true;

    /// <summary>Whether it does in training what it does in evaluation.</summary>
    public bool IsSameInEvaluation { get; init; } = true;

    /// <summary>For inputs that are indices, how many there are: inputs are whole numbers below it, and no quantities to differentiate by. 0 for numbers.</summary>
    public int Words { get; init; }

    /// <summary>Random inputs, drawn in double, so that both precisions get the same.</summary>
    /// <param name="samples">The number of samples.</param>
    /// <param name="seed">Which of them.</param>
    public Matrix<T>[] Inputs(int samples, int seed = 1)
    {
        var random = new Random(seed);
        (int Rows, int Columns)[] shapes = Shapes?.Invoke(samples) ?? [.. Enumerable.Repeat((samples, Sample.Size), Gate.InputCount ?? 3)];
        return [.. shapes.Select(shape => Matrix<T>.Build.Dense(shape.Rows, shape.Columns, (_, _) => T.CreateChecked(Draw(random))))];
    }

    public override string ToString() => Name;

    // Off zero, where several functions have a kink, and no two alike, where max has one.
    private double Draw(Random random)
    {
        if (Words > 0)
        {
            return random.Next(Words);
        }

        double value = Low + (High - Low) * random.NextDouble();
        return Math.Abs(value) < 0.05 ? value + 0.1 : value;
    }
}
