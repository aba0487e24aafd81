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

    /// <summary>Deals an order to two parts, each ascending: the first gets <c>⌊n·fraction + ½⌋</c> of every n first ones.</summary>
    public static (int[] First, int[] Second) Deal(int[] order, double fraction)
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

    /// <summary>Deals an order to <paramref name="parts"/> parts by turns; gives one of them and what the others have, each ascending.</summary>
    public static (int[] Others, int[] Part) Fold(int[] order, int parts, int part)
    {
        int[] of = [.. order.Where((_, position) => position % parts == part).Order()];
        return ([.. order.Where((_, position) => position % parts != part).Order()], of);
    }

    /// <summary>How many of <paramref name="count"/> a fraction is.</summary>
    public static int Share(int count, double fraction) => (int)Math.Floor((count * fraction) + 0.5);
}
