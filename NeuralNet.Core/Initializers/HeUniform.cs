namespace NeuralNet.Core.Initializers;

/// <summary>U(−a, a) with <c>a = √(6 / fanIn)</c>: keeps the variance through ReLU layers.</summary>
/// <remarks>Source: He, Zhang, Ren and Sun (2015), equation 10.</remarks>
public sealed class HeUniform : Initializer
{
    /// <inheritdoc/>
    public override void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random) =>
        FillUniform(values, Math.Sqrt(6.0 / fanIn), random);
}
