namespace NeuralNet.Core.Initializers;

/// <summary>U(−a, a) with <c>a = √(6 / (fanIn + fanOut))</c>: keeps the variance through sigmoid and tanh layers.</summary>
/// <remarks>Source: Glorot and Bengio (2010), equation 16.</remarks>
public sealed class GlorotUniform : Initializer
{
    /// <inheritdoc/>
    public override void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random) =>
        FillUniform(values, Math.Sqrt(6.0 / (fanIn + fanOut)), random);
}
