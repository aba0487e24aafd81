namespace NeuralNet.Core.Initializers;

/// <summary>All values the same; zeros by default, as biases start.</summary>
/// <remarks>Weights must not start so: every unit of a layer would stay the same as its neighbour.</remarks>
/// <param name="value">The value, a finite number; 0 by default.</param>
/// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
public sealed class Constant(double value = 0) : Initializer
{
    /// <summary>The value.</summary>
    public double Value { get; } = double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "Parameters start from a finite number.");

    /// <inheritdoc/>
    public override void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random) => values.Fill(T.CreateTruncating(Value));
}
