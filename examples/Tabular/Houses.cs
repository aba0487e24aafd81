using System.Globalization;

namespace NeuralNet.Examples.Tabular;

/// <summary>Invents houses and their prices, as a table of separated values with gaps in it.</summary>
/// <remarks>The price, in thousands, is the area times what a square metre costs in the district, less up to a third for age and up to 1.5 % a kilometre for distance, more
/// for a garden and a new heating, and then up or down by some 5 %.</remarks>
internal static class Houses
{
    /// <summary>The column that is to be predicted.</summary>
    public const string Target = "price";

    private static readonly (string Name, double PerSquareMetre)[] Districts = [("Harbour", 4.1), ("Old Town", 5.2), ("Hillside", 3.6), ("Mill Road", 2.7)];
    private static readonly (string Name, double Extra)[] Heatings = [("oil", 0), ("gas", 8), ("heat pump", 30)];

    /// <summary>Writes a table.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="count">How many houses.</param>
    /// <param name="seed">The same seed gives the same houses.</param>
    public static void Write(string path, int count, int seed)
    {
        var random = new Random(seed);
        File.WriteAllLines(path, Enumerable.Range(0, count).Select(_ => Row(random)).Prepend($"area,rooms,year,distance,district,heating,garden,{Target}"));
    }

    private static string Row(Random random)
    {
        double area = Math.Round(45 + (155 * random.NextDouble() * random.NextDouble()));
        double rooms = Math.Max(1, Math.Round((area / 26) + (2 * random.NextDouble()) - 1));
        int year = 1900 + (int)(125 * Math.Sqrt(random.NextDouble()));
        double distance = Math.Round(20 * random.NextDouble(), 1);
        var (district, perSquareMetre) = Districts[random.Next(Districts.Length)];
        var (heating, extra) = Heatings[random.Next(Heatings.Length)];
        bool garden = random.NextDouble() < 0.4;

        double age = 1 - ((2025 - year) / 375.0);
        double price = (area * perSquareMetre * age * (1 - (0.015 * distance))) + extra + (garden ? 25 : 0);
        price *= 1 + (0.1 * (random.NextDouble() + random.NextDouble() - 1));
        return string.Join(
            ',', Text(area), Text(rooms), Gap(random, 0.04) ?? Text(year), Text(distance), district, Gap(random, 0.06) ?? heating,
            Gap(random, 0.05) ?? (garden ? "yes" : "no"), Text(Math.Round(price, 1)));
    }

    private static string? Gap(Random random, double probability) => random.NextDouble() < probability ? "" : null;

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
