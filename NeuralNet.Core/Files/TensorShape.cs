using System.Globalization;

namespace NeuralNet.Core.Files;

/// <summary>Dimensions of a tensor in a file.</summary>
internal static class TensorShape
{
    // Shapes come from files and may have many; messages do not.
    private const int MostShown = 16;

    /// <summary>How many numbers there are.</summary>
    /// <param name="dimensions">Each 0 or more.</param>
    /// <returns>Their product, 1 for none; null where it is more than 2⁶³ − 1.</returns>
    public static long? Count(ReadOnlySpan<long> dimensions)
    {
        UInt128 product = 1;
        foreach (long dimension in dimensions)
        {
            product *= (ulong)dimension;
            if (product > long.MaxValue)
            {
                return null;
            }
        }

        return (long)product;
    }

    /// <summary>Refuses dimensions that are negative, or say another number of numbers than there are.</summary>
    /// <param name="dimensions">The dimensions.</param>
    /// <param name="count">How many numbers there are.</param>
    /// <param name="label">What errors call the tensor.</param>
    /// <exception cref="ArgumentException">They do.</exception>
    public static void ThrowIfNot(ReadOnlySpan<int> dimensions, long count, string label)
    {
        long[] all = new long[dimensions.Length];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = dimensions[i];
        }

        bool isNegative = all.Any(dimension => dimension < 0);
        if (isNegative || Count(all) != count)
        {
            throw new ArgumentException(
                $"The dimensions {Text(all)} of {label} {(isNegative ? "are not all 0 or more" : $"say {(Count(all) is { } said ? said : "more than 2⁶³ − 1")} numbers, got {count}")}.", nameof(dimensions));
        }
    }

    /// <summary><c>[2, 3]</c>, as Python writes it.</summary>
    public static string Text(ReadOnlySpan<long> dimensions)
    {
        var text = new List<string>();
        foreach (long dimension in dimensions[..Math.Min(dimensions.Length, MostShown)])
        {
            text.Add(dimension.ToString(CultureInfo.InvariantCulture));
        }

        return $"[{string.Join(", ", text)}{(dimensions.Length > MostShown ? ", …" : "")}]";
    }
}
