namespace NeuralNet.Core.Initializers;

/// <summary>U(−a, a) with <c>a = √(3 / fanIn)</c>, whose variance is <c>1 / fanIn</c>: keeps that of what a layer sums up.</summary>
/// <remarks>Source: LeCun, Bottou, Orr and Müller (1998), Efficient BackProp, equation 16.</remarks>
public sealed class LeCunUniform : Initializer
{
    /// <inheritdoc/>
    public override void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random) =>
        FillUniform(values, Math.Sqrt(3.0 / fanIn), random);
}
