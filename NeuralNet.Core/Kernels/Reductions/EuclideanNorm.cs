using System.Numerics;

namespace NeuralNet.Core.Kernels.Reductions;

/// <summary><c>√Σ x²</c>, right also where squares are too large or too small for T.</summary>
internal static class EuclideanNorm<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // Below it, squares that became zero could matter: far above the smallest normal number of each type.
    private static double LeastTrusted => typeof(T) == typeof(float) ? 1e-28 : 1e-296;

    /// <summary>The norm; NaN where a number is NaN, and else ∞ where one is infinite.</summary>
    /// <param name="x">The numbers.</param>
    public static double Of(ReadOnlySpan<T> x)
    {
        double sum = SquareSum<T>.Of(x);
        return double.IsFinite(sum) && sum >= LeastTrusted ? Math.Sqrt(sum) : Scaled(x);
    }

    // Number by number, since hardly anybody comes here: squares of what is at most 1.
    private static double Scaled(ReadOnlySpan<T> x)
    {
        double largest = 0;
        foreach (T number in x)
        {
            largest = Math.Max(largest, Math.Abs(double.CreateTruncating(number)));
        }

        if (largest == 0 || !double.IsFinite(largest))
        {
            return largest;
        }

        double sum = 0;
        foreach (T number in x)
        {
            double part = double.CreateTruncating(number) / largest;
            sum += part * part;
        }

        return largest * Math.Sqrt(sum);
    }
}
