namespace NeuralNet.Core.Kernels.Randomness;

/// <summary>Uniform numbers from 0 (included) to 1 (excluded) of random bits: as many bits as the number has, evenly spaced.</summary>
internal static class UniformNumber
{
    /// <summary>The distance of two neighbouring floats, 2⁻²⁴.</summary>
    public const float SingleStep = 1f / (1 << 24);

    /// <summary>The distance of two neighbouring doubles, 2⁻⁵³.</summary>
    public const double DoubleStep = 1.0 / (1L << 53);

    /// <summary>A float of the upper 24 bits of a word.</summary>
    /// <param name="word">32 random bits.</param>
    public static float Single(uint word) => (int)(word >> 8) * SingleStep;

    /// <summary>A double of the upper 53 bits of two words.</summary>
    /// <param name="words">64 random bits.</param>
    public static double Double(ulong words) => (long)(words >> 11) * DoubleStep;
}
