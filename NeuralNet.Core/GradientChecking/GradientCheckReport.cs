using NeuralNet.Core.Text;

namespace NeuralNet.Core.GradientChecking;

/// <summary>What a <see cref="GradientCheck"/> found: a row for each variable.</summary>
/// <remarks><b>Threads.</b> Immutable.</remarks>
public sealed class GradientCheckReport
{
    internal GradientCheckReport(string function, IReadOnlyList<GradientCheckRow> rows, IReadOnlyList<GradientDiagnosis> diagnoses)
    {
        Function = function;
        Rows = rows;
        Diagnoses = diagnoses;
    }

    /// <summary>The name of what was checked.</summary>
    public string Function { get; }

    /// <summary>A row for each variable, in their order.</summary>
    public IReadOnlyList<GradientCheckRow> Rows { get; }

    /// <summary>For each variable that failed, what explains it.</summary>
    public IReadOnlyList<GradientDiagnosis> Diagnoses { get; }

    /// <summary>The largest relative error of all.</summary>
    public double WorstError => Rows.Max(row => row.WorstError);

    /// <summary>The worst verdict of all; <see cref="GradientVerdict.Wrong"/> also where a pass has a side effect, or two forward passes differ.</summary>
    public GradientVerdict Verdict => Diagnoses.Any(diagnosis => diagnosis.Mistake is GradientMistake.SideEffect or GradientMistake.PathsDiffer)
        ? GradientVerdict.Wrong
        : Rows.Max(row => row.Verdict);

    /// <summary>Whether every variable is <see cref="GradientVerdict.Good"/> or <see cref="GradientVerdict.Acceptable"/>, and no pass has a side effect.</summary>
    public bool Passed => Verdict <= GradientVerdict.Acceptable;

    /// <summary>The check as one line of a test: does nothing when it passed.</summary>
    /// <returns>This report.</returns>
    /// <exception cref="GradientCheckException">It failed; the message is the table.</exception>
    public GradientCheckReport ThrowIfFailed() => Passed ? this : throw new GradientCheckException(this);

    /// <summary>The report as JSON, for a program.</summary>
    /// <remarks>Numbers that are not finite are null. Members: <c>function</c>, <c>passed</c>, <c>verdict</c>, <c>worstError</c>, <c>variables</c>, <c>diagnoses</c>.</remarks>
    public string ToJson() => GradientCheckJson.Text(writer => GradientCheckJson.Write(writer, this));

    /// <summary>The report as a table in Markdown, with the diagnoses as a list below it.</summary>
    public string ToMarkdown() =>
        $"**{GradientCheckTable.Escape(Function)}**: {(Passed ? "passed" : "FAILED")}, worst relative error {GradientCheckTable.Number(WorstError, "0.0e+0")}\n\n" +
        GradientCheckTable.Markdown(GradientCheckTable.Headings, Rows.Select(GradientCheckTable.Cells)) +
        string.Concat(Remarks().Select((remark, i) => $"{(i == 0 ? "\n" : "")}- {GradientCheckTable.Escape(remark)}\n"));

    /// <summary>The table, and below it the diagnoses.</summary>
    public override string ToString()
    {
        var table = new TextTable(GradientCheckTable.Headings);
        foreach (GradientCheckRow row in Rows)
        {
            table.Add(GradientCheckTable.Cells(row));
        }

        string remarks = string.Concat(Remarks().Select(remark => $"  → {remark}\n"));
        return $"Gradient check of {Function}: {(Passed ? "passed" : "FAILED")}, worst relative error {GradientCheckTable.Number(WorstError, "0.0e+0")}\n{table}{remarks}";
    }

    /// <summary>The diagnoses, and what the random directions can tell.</summary>
    internal IEnumerable<string> Remarks()
    {
        IEnumerable<string> diagnoses = Diagnoses.Select(diagnosis => diagnosis.ToString());
        double seen = Rows.Max(row => row.SmallestSeen);
        return seen == 0 ? diagnoses : diagnoses.Append(
            FormattableString.Invariant($"random directions: an error above {seen:0e+0} of a variable's gradient is missed with a probability below 1e-3"));
    }
}
