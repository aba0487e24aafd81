namespace NeuralNet.Core.Initializers;

/// <summary>All zeros: for biases.</summary>
/// <remarks>Weights must not start so: every unit of a layer would stay the same as its neighbour.</remarks>
public sealed class Zeros : Initializer
{
    /// <inheritdoc/>
    public override void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random) =>
        values.Clear();
}
