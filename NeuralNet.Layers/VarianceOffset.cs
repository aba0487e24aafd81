using System.Numerics;

namespace NeuralNet.Layers;

/// <summary>The ε that is added to a variance before one divides by its root.</summary>
internal static class VarianceOffset
{
    /// <summary>A setting that is one.</summary>
    /// <param name="epsilon">ε.</param>
    /// <param name="layer">Whose, for the error.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not a finite number above 0 in T.</exception>
    public static double Of<T>(double epsilon, string layer) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T rounded = T.CreateChecked(epsilon);
        return rounded > T.Zero && T.IsFinite(rounded)
            ? epsilon
            : throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, $"{layer} adds an epsilon to the variance that is a finite {typeof(T).Name} above 0.");
    }

    /// <summary><c>v ← 1/√(v + ε)</c>.</summary>
    /// <param name="variances">Variances.</param>
    /// <param name="epsilon">ε.</param>
    public static void Invert<T>(Span<T> variances, double epsilon) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T offset = T.CreateChecked(epsilon);
        foreach (ref T variance in variances)
        {
            variance = T.One / T.Sqrt(variance + offset);
        }
    }
}
