namespace NeuralNet.Core.Initializers;

/// <summary>N(0, σ²) with <c>σ = √(2 / fanIn)</c>: keeps the variance through ReLU layers.</summary>
/// <remarks>Source: He, Zhang, Ren and Sun (2015), equation 10.</remarks>
public sealed class HeNormal : Initializer
{
    /// <inheritdoc/>
    public override void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random) =>
        FillNormal(values, Math.Sqrt(2.0 / fanIn), random);
}
