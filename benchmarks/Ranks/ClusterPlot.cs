using System.Globalization;
using System.Text;

namespace NeuralNet.Benchmarks.Ranks;

/// <summary>The table and the plot of docs/cluster.md: speed-up by the number of ranks, for networks of several sizes, on 10 and 100 Gbit/s.</summary>
internal static class ClusterPlot
{
    /// <summary>The first argument that asks for them.</summary>
    public const string Verb = "cluster";

    // Measured here (docs/cluster.md): time of a step is 6 operations a parameter and sample at the rate of a rank. Latency and overhead of a network are assumptions.
    private const double Rate = 4e11, SumRate = 5e9;
    private const int Samples = 128, Width = 720, Height = 420, Left = 60, Top = 20, Right = 200, Bottom = 50;

    private static readonly int[] s_ranks = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];
    private static readonly double[] s_parameters = [1e5, 1e6, 1e7, 1e8];
    private static readonly (string Name, ClusterModel Model)[] s_networks =
    [
        ("10 Gbit/s", new(Latency: 25e-6, Overhead: 2e-6, Bandwidth: 1.15e9, SumRate)), ("100 Gbit/s", new(Latency: 5e-6, Overhead: 1e-6, Bandwidth: 1.15e10, SumRate)),
    ];

    /// <summary>Writes the table to the console and the plot into a file.</summary>
    public static void Write(string file)
    {
        Console.WriteLine($"| network | parameters | {string.Join(" | ", s_ranks.Select(ranks => $"{ranks}"))} |");
        Console.WriteLine($"|---|---|{string.Concat(s_ranks.Select(_ => "---|"))}");
        foreach ((string name, ClusterModel model) in s_networks)
        {
            foreach (double parameters in s_parameters)
            {
                Console.WriteLine($"| {name} | {Count(parameters)} | {string.Join(" | ", s_ranks.Select(ranks => Text(Speedup(model, ranks, parameters))))} |");
            }
        }

        File.WriteAllText(file, Svg());
    }

    private static double Speedup(ClusterModel model, int ranks, double parameters) => model.Speedup(ranks, 4 * parameters, 6 * parameters * Samples / Rate);

    private static string Svg()
    {
        var svg = new StringBuilder();
        Line(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">");
        Line(svg, $"<title>Speed-up by the number of ranks</title><rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>");
        foreach (int ranks in s_ranks)
        {
            Line(svg, $"<path d=\"M{X(ranks):0.#} {Top}V{Height - Bottom}M{Left} {Y(ranks):0.#}H{Width - Right}\" stroke=\"#ddd\"/>");
            Line(svg, $"<text x=\"{X(ranks):0.#}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{ranks}</text><text x=\"{Left - 6}\" y=\"{Y(ranks) + 4:0.#}\" text-anchor=\"end\">{ranks}</text>");
        }

        Line(svg, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 12}\" text-anchor=\"middle\">ranks, one a machine (both axes logarithmic; the diagonal is the ideal)</text>");
        Line(svg, $"<path d=\"M{X(1):0.#} {Y(1):0.#}L{X(1024):0.#} {Y(1024):0.#}\" stroke=\"#999\" stroke-dasharray=\"2 3\"/>");
        string[] colors = ["#c33", "#d80", "#283", "#25a"];
        int entry = 0;
        foreach ((string name, ClusterModel model) in s_networks)
        {
            bool isSlow = model == s_networks[0].Model;
            for (int i = 0; i < s_parameters.Length; i++)
            {
                string points = string.Join(' ', s_ranks.Select(ranks => string.Create(CultureInfo.InvariantCulture, $"{X(ranks):0.#},{Y(Math.Max(1, Speedup(model, ranks, s_parameters[i]))):0.#}")));
                string style = $"stroke=\"{colors[i]}\" stroke-width=\"2\" fill=\"none\"{(isSlow ? " stroke-dasharray=\"6 3\"" : "")}";
                Line(svg, $"<polyline points=\"{points}\" {style}/>");
                int y = Top + 12 + (20 * entry++);
                Line(svg, $"<path d=\"M{Width - Right + 12} {y - 4}h24\" {style}/><text x=\"{Width - Right + 42}\" y=\"{y}\">{Count(s_parameters[i])}, {name}</text>");
            }
        }

        Line(svg, $"</svg>");
        return svg.ToString();
    }

    private static void Line(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static double X(double ranks) => Left + ((Width - Left - Right) * Math.Log2(ranks) / 10);

    private static double Y(double speedup) => Height - Bottom - ((Height - Top - Bottom) * Math.Log2(speedup) / 10);

    private static string Count(double parameters) => parameters >= 1e6 ? string.Create(CultureInfo.InvariantCulture, $"{parameters / 1e6:0} million") : string.Create(CultureInfo.InvariantCulture, $"{parameters:N0}");

    private static string Text(double number) => number.ToString(number < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
