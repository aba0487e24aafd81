using NeuralNet.Core.Randomness;

namespace NeuralNet.Training.Data;

/// <summary>The indices of samples, shared out at random: in what order they are dealt, and to whom.</summary>
/// <remarks>An order that has the members of each class side by side, dealt evenly, gives each part its share of each class: of consecutive numbers,
/// rounding keeps every run within one of its share.</remarks>
internal static class Partition
{
    // So that a loader with the same seed does not draw the same numbers for its first epoch.
    private const ulong Fork = 1;

    /// <summary>A random order of <paramref name="count"/> samples; with <paramref name="labels"/>, those of class 0 come first, then those of class 1, and so on.</summary>
    public static int[] Order(int count, long seed, ReadOnlySpan<int> labels = default)
    {
        var order = new int[count];
        Permutation.Fill(order, new Philox(seed).Fork(Fork));
        if (!labels.IsEmpty)
        {
            int[] labelOf = labels.ToArray();
            order = [.. order.OrderBy(index => labelOf[index])];
        }

        return order;
    }

    /// <summary>Two parts of an order, each ascending, with their fractions of every run of it, within one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is no number between 0 and 1, or leaves a part empty.</exception>
    public static (int[] Train, int[] Test) Split(int[] order, double trainFraction)
    {
        RequireBetween(trainFraction, nameof(trainFraction));
        (int[] train, int[] test) = Deal(order, trainFraction);
        RequireNotEmpty(nameof(trainFraction), trainFraction, order.Length, train.Length, test.Length);
        return (train, test);
    }

    /// <summary>Three parts of an order, each ascending, the last with what the fractions of the others leave.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A fraction is no number between 0 and 1, or they leave a part empty.</exception>
    public static (int[] Train, int[] Validation, int[] Test) Split(int[] order, double trainFraction, double validationFraction)
    {
        RequireBetween(trainFraction, nameof(trainFraction));
        RequireBetween(validationFraction, nameof(validationFraction));
        if (trainFraction + validationFraction >= 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(validationFraction), validationFraction, $"{trainFraction} and {validationFraction} leave nothing to test with; they must be below 1 together.");
        }

        (int[] train, int[] rest) = Deal(order, trainFraction);
        HashSet<int> inRest = [.. rest];
        (int[] validation, int[] test) = Deal([.. order.Where(inRest.Contains)], validationFraction / (1 - trainFraction));
        RequireNotEmpty(nameof(validationFraction), validationFraction, order.Length, train.Length, validation.Length, test.Length);
        return (train, validation, test);
    }

    /// <summary>Deals an order to <paramref name="parts"/> parts by turns; gives one of them and what the others have, each ascending.</summary>
    public static (int[] Others, int[] Part) Fold(int[] order, int parts, int part)
    {
        int[] of = [.. order.Where((_, position) => position % parts == part).Order()];
        return ([.. order.Where((_, position) => position % parts != part).Order()], of);
    }

    // The first gets ⌊i·fraction + ½⌋ of the first i, for every i.
    private static (int[] First, int[] Second) Deal(int[] order, double fraction)
    {
        List<int> first = [], second = [];
        for (int i = 0; i < order.Length; i++)
        {
            (Share(i + 1, fraction) > Share(i, fraction) ? first : second).Add(order[i]);
        }

        first.Sort();
        second.Sort();
        return ([.. first], [.. second]);
    }

    private static int Share(int count, double fraction) => (int)Math.Floor((count * fraction) + 0.5);

    private static void RequireBetween(double fraction, string name)
    {
        if (!(fraction > 0 && fraction < 1))
        {
            throw new ArgumentOutOfRangeException(name, fraction, $"The fraction must be above 0 and below 1, got {fraction}.");
        }
    }

    private static void RequireNotEmpty(string name, double fraction, int count, params ReadOnlySpan<int> parts)
    {
        if (parts.Contains(0))
        {
            throw new ArgumentOutOfRangeException(
                name, fraction, $"{count} would be shared out as {string.Join(" + ", parts.ToArray())}; every part needs one or more.");
        }
    }
}
