namespace NeuralNet.Core.Initializers;

/// <summary>N(0, σ²) with a given σ.</summary>
/// <remarks>Source: CS231n, small random numbers.</remarks>
public sealed class Normal : Initializer
{
    /// <summary>Draws with a standard deviation.</summary>
    /// <param name="standardDeviation">σ, a finite number, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">σ is negative or not finite.</exception>
    public Normal(double standardDeviation)
    {
        if (!(standardDeviation >= 0 && double.IsFinite(standardDeviation)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(standardDeviation), standardDeviation, "The standard deviation must be a finite number, 0 or more.");
        }

        StandardDeviation = standardDeviation;
    }

    /// <summary>σ.</summary>
    public double StandardDeviation { get; }

    /// <inheritdoc/>
    public override void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random) =>
        FillNormal(values, StandardDeviation, random);
}
