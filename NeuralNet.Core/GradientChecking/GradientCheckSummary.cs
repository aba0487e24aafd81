using NeuralNet.Core.Text;

namespace NeuralNet.Core.GradientChecking;

/// <summary>The checks of several functions, in one table: a line for each.</summary>
/// <remarks><b>Threads.</b> Immutable.</remarks>
public sealed class GradientCheckSummary
{
    private static readonly string[] Headings = ["function", "variables", "worst error", "at", "verdict", "diagnosis"];

    internal GradientCheckSummary(IReadOnlyList<GradientCheckReport> reports, IReadOnlyList<(string Function, string Reason)> refused) =>
        (Reports, Refused) = (reports, refused);

    /// <summary>The reports of those that could be checked, in their order.</summary>
    public IReadOnlyList<GradientCheckReport> Reports { get; }

    /// <summary>Those that could not be checked, since a pass failed or gave no numbers, with the reason.</summary>
    public IReadOnlyList<(string Function, string Reason)> Refused { get; }

    /// <summary>Whether all could be checked and passed.</summary>
    public bool Passed => Refused.Count == 0 && Reports.All(report => report.Passed);

    /// <summary>The checks as one line of a test: does nothing when all passed.</summary>
    /// <returns>This summary.</returns>
    /// <exception cref="InvalidOperationException">One failed or could not be checked; the message is the table.</exception>
    public GradientCheckSummary ThrowIfFailed() => Passed ? this : throw new InvalidOperationException(ToString());

    /// <summary>The reports as JSON: <c>passed</c>, <c>functions</c> (as <see cref="GradientCheckReport.ToJson"/> writes each) and <c>refused</c>.</summary>
    public string ToJson() => GradientCheckJson.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("passed", Passed);
        writer.WriteStartArray("functions");
        foreach (GradientCheckReport report in Reports)
        {
            GradientCheckJson.Write(writer, report);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("refused");
        foreach ((string function, string reason) in Refused)
        {
            writer.WriteStartObject();
            writer.WriteString("function", function);
            writer.WriteString("reason", reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>The table in Markdown.</summary>
    public string ToMarkdown() => GradientCheckTable.Markdown(Headings, Rows());

    /// <summary>The table.</summary>
    public override string ToString()
    {
        var table = new TextTable(Headings);
        foreach (string[] row in Rows())
        {
            table.Add(row);
        }

        int failed = Refused.Count + Reports.Count(report => !report.Passed);
        return $"Gradient checks of {Reports.Count + Refused.Count} functions: {(Passed ? "all passed" : $"{failed} FAILED")}\n{table}";
    }

    private IEnumerable<string[]> Rows() => Reports.Select(Row)
        .Concat(Refused.Select(refused => (string[])[refused.Function, "", "", "", "not checked", refused.Reason.ReplaceLineEndings(" ")]));

    private static string[] Row(GradientCheckReport report)
    {
        GradientCheckRow worst = report.Rows.MaxBy(row => (row.Verdict, row.WorstError))!;
        return
        [
            report.Function,
            $"{report.Rows.Count}",
            GradientCheckTable.Number(worst.WorstError, "0.0e+0"),
            $"{worst.Variable} ({worst.WorstRow}, {worst.WorstColumn})",
            GradientCheckTable.Word(report.Verdict),
            string.Join("; ", report.Diagnoses.Select(diagnosis => diagnosis.ToString())),
        ];
    }
}
