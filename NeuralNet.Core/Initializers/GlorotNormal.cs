namespace NeuralNet.Core.Initializers;

/// <summary>N(0, σ²) with <c>σ = √(2 / (fanIn + fanOut))</c>: keeps the variance through sigmoid and tanh layers.</summary>
/// <remarks>Source: Glorot and Bengio (2010), equation 12.</remarks>
public sealed class GlorotNormal : Initializer
{
    /// <inheritdoc/>
    public override void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random) =>
        FillNormal(values, Math.Sqrt(2.0 / (fanIn + fanOut)), random);
}
