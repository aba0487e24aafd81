namespace NeuralNet.Benchmarks.Reports;

/// <summary>Rows as people read them: ours with its share of the limit, and under it each peer with its ratio and its best setting.</summary>
internal static class TextReport
{
    public static void Print(Row row)
    {
        if (row.Suite == "limits")
        {
            Console.WriteLine($"limit    {row.Case,-48} {Figure(row.Ours),12} {row.Unit}");
            return;
        }

        Console.WriteLine($"{row.Suite,-8} {row.Case,-48} {Figure(row.Ours),12} {row.Unit,-8} {Share(row)} {Spread(row)}".TrimEnd());
        foreach ((string name, PeerFigure figure) in row.Peers)
        {
            Console.WriteLine($"{"",-8} {$"  {name}",-48} {Figure(figure.Value),12} {row.Unit,-8} {Ratio(row, figure.Value),8}  {figure.Setting}");
        }
    }

    private static string Figure(double? value) => value is not { } figure ? "-" : Math.Abs(figure) switch
    {
        0 => "0",
        < 10 => $"{figure:0.000}",
        < 1000 => $"{figure:0.0}",
        _ => $"{figure:#,0}",
    };

    private static string Share(Row row) => row is { Ours: { } ours, Limit: > 0 }
        ? $"{(row.IsRate ? ours / row.Limit : row.Limit / ours):0.0%} of the limit {Figure(row.Limit)}"
        : "";

    private static string Spread(Row row) => row.Spread > 0 ? $"(blocks within {row.Spread:0%})" : "";

    private static string Ratio(Row row, double theirs) => row.Ours is { } ours ? $"{(row.IsRate ? ours / theirs : theirs / ours):0.00}×" : "";
}
