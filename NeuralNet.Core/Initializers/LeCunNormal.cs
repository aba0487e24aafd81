namespace NeuralNet.Core.Initializers;

/// <summary>N(0, σ²) with <c>σ = √(1 / fanIn)</c>: keeps the variance of what a layer sums up, as SELU and linear layers need.</summary>
/// <remarks>Source: LeCun, Bottou, Orr and Müller (1998), Efficient BackProp, equation 16.</remarks>
public sealed class LeCunNormal : Initializer
{
    /// <inheritdoc/>
    public override void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random) =>
        FillNormal(values, Math.Sqrt(1.0 / fanIn), random);
}
