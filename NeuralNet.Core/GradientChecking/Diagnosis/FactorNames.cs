using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>What a factor may stand for.</summary>
internal static class FactorNames
{
    private static readonly (string Form, Func<double, double> Value)[] Plain = [("{0}", x => x), ("1/{0}", x => 1 / x)];

    private static readonly (string Form, Func<double, double> Value)[] WithTwo =
    [
        ("2·{0}", x => 2 * x), ("2/{0}", x => 2 / x),
        ("½·{0}", x => x / 2), ("1/(2·{0})", x => 1 / (2 * x)),
    ];

    /// <summary>The meanings of a factor, or null where it has none.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="evidence">The wrong gradient, for the sizes and the named numbers.</param>
    public static string? Of(double factor, GradientEvidence evidence) =>
        Matching(factor, [("2, as of a square", 2), ("½, as of a square, or one of two equal branches", 0.5), .. Named(evidence, Plain)])
        ?? Matching(factor, Named(evidence, WithTwo));

    private static string? Matching(double factor, IEnumerable<(string Name, double Value)> candidates)
    {
        string[] meanings =
        [
            .. candidates.Where(f => Math.Abs(Math.Abs(factor) - f.Value) <= 1e-6 * f.Value).Select(f => (factor < 0 ? "−" : "") + f.Name),
        ];
        return meanings.Length == 0 ? null : string.Join(", or ", meanings);
    }

    private static IEnumerable<(string Name, double Value)> Named(GradientEvidence evidence, (string Form, Func<double, double> Value)[] forms) =>
        from named in Bases(evidence)
        from form in forms
        let name = form.Form.Replace("{0}", named.Symbol, StringComparison.Ordinal)
        select (FormattableString.Invariant($"{name} with {named.Symbol} = {named.Value:g6}{named.Meaning}"), form.Value(Math.Abs(named.Value)));

    private static IEnumerable<(string Symbol, string Meaning, double Value)> Bases(GradientEvidence evidence)
    {
        foreach ((string name, double value) in evidence.NamedNumbers)
        {
            yield return (name, "", value);
        }

        // Each size once, under the first name it has.
        Matrix<double> output = evidence.Output;
        Matrix<double> variable = evidence.Variable.Value;
        (string Symbol, string Meaning, double Value)[] sizes =
        [
            ("N", ", the rows of the output (batch size)", output.RowCount),
            ("M", ", the columns of the output", output.ColumnCount),
            ("K", ", the elements of the output", (double)output.RowCount * output.ColumnCount),
            ("R", $", the rows of {evidence.Variable.Name}", variable.RowCount),
            ("C", $", the columns of {evidence.Variable.Name}", variable.ColumnCount),
            ("E", $", the elements of {evidence.Variable.Name}", evidence.Variable.Count),
        ];
        foreach ((string Symbol, string Meaning, double Value) size in sizes.Where(size => size.Value > 1).DistinctBy(size => size.Value))
        {
            yield return size;
        }
    }
}
