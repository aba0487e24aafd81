using System.Globalization;
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

    /// <summary>The worst verdict of all.</summary>
    public GradientVerdict Verdict => Rows.Max(row => row.Verdict);

    /// <summary>Whether every variable is <see cref="GradientVerdict.Good"/> or <see cref="GradientVerdict.Acceptable"/>.</summary>
    public bool Passed => Verdict <= GradientVerdict.Acceptable;

    /// <summary>The check as one line of a test: does nothing when it passed.</summary>
    /// <returns>This report.</returns>
    /// <exception cref="GradientCheckException">It failed; the message is the table.</exception>
    public GradientCheckReport ThrowIfFailed() => Passed ? this : throw new GradientCheckException(this);

    /// <summary>The table, and below it the diagnoses.</summary>
    public override string ToString()
    {
        var table = new TextTable("variable", "shape", "checked", "kinks", "worst error", "at", "analytic", "numeric", "verdict");
        foreach (GradientCheckRow row in Rows)
        {
            table.Add(
                row.Variable,
                $"[{row.Rows}×{row.Columns}]",
                row.EntriesChecked == row.Rows * row.Columns ? "all" : $"{row.EntriesChecked} of {(long)row.Rows * row.Columns}",
                $"{row.Kinks}",
                Describe(row.WorstError, "0.0e+0"),
                $"({row.WorstRow}, {row.WorstColumn})",
                Describe(row.Analytic, "g7"),
                Describe(row.Numeric, "g7"),
                Describe(row.Verdict));
        }

        string diagnoses = string.Concat(Diagnoses.Select(diagnosis => $"  → {diagnosis}\n"));
        return $"Gradient check of {Function}: {(Passed ? "passed" : "FAILED")}, worst relative error {Describe(WorstError, "0.0e+0")}\n{table}{diagnoses}";
    }

    private static string Describe(double number, string format) =>
        double.IsInfinity(number) ? "∞" : number.ToString(format, CultureInfo.InvariantCulture);

    private static string Describe(GradientVerdict verdict) => verdict switch
    {
        GradientVerdict.Good => "good",
        GradientVerdict.Acceptable => "acceptable",
        GradientVerdict.Suspicious => "suspicious",
        GradientVerdict.NotChecked => "not checked",
        _ => "WRONG",
    };
}
