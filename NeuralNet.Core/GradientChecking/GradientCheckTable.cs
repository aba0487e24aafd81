using System.Globalization;

namespace NeuralNet.Core.GradientChecking;

/// <summary>The rows of reports as cells of text.</summary>
internal static class GradientCheckTable
{
    /// <summary>What stands above the cells.</summary>
    public static string[] Headings => ["variable", "shape", "checked", "kinks", "worst error", "at", "analytic", "numeric", "verdict"];

    /// <summary>The cells of a row, one for each heading.</summary>
    /// <param name="row">The row.</param>
    public static string[] Cells(GradientCheckRow row) =>
    [
        row.Variable,
        $"[{row.Rows}×{row.Columns}]",
        (row.EntriesChecked == row.Rows * row.Columns ? "all" : $"{row.EntriesChecked} of {(long)row.Rows * row.Columns}") +
            (row.Directions == 0 ? "" : $" + {row.Directions} directions"),
        $"{row.Kinks}",
        Number(row.WorstError, "0.0e+0"),
        $"({row.WorstRow}, {row.WorstColumn})",
        Number(row.Analytic, "g7"),
        Number(row.Numeric, "g7"),
        Word(row.Verdict),
    ];

    /// <summary>A verdict in words.</summary>
    public static string Word(GradientVerdict verdict) => verdict switch
    {
        GradientVerdict.Good => "good",
        GradientVerdict.Acceptable => "acceptable",
        GradientVerdict.Suspicious => "suspicious",
        GradientVerdict.NotResolved => "not resolved",
        GradientVerdict.NotChecked => "not checked",
        _ => "WRONG",
    };

    /// <summary>A number, infinity as ∞.</summary>
    public static string Number(double number, string format) =>
        double.IsInfinity(number) ? "∞" : number.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>A table in Markdown.</summary>
    /// <param name="headings">What stands above the columns.</param>
    /// <param name="rows">The cells of each row.</param>
    public static string Markdown(string[] headings, IEnumerable<string[]> rows) =>
        $"{Line(headings)}{Line([.. headings.Select(_ => "---")])}{string.Concat(rows.Select(Line))}";

    /// <summary>Text that stands in a cell as it is.</summary>
    public static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal).Replace('\r', ' ').Replace('\n', ' ');

    private static string Line(string[] cells) => $"| {string.Join(" | ", cells.Select(Escape))} |\n";
}
