namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>The last resort: where the wrong entries are.</summary>
internal static class UnknownHypothesis
{
    /// <summary>The diagnosis where nothing explains the numbers.</summary>
    /// <param name="evidence">The wrong gradient.</param>
    public static GradientDiagnosis Describe(GradientEvidence evidence)
    {
        if (!evidence.HasShape)
        {
            return new GradientDiagnosis(
                evidence.Variable.Name,
                GradientMistake.WrongShape,
                $"a gradient has the shape of its variable: that is {evidence.Variable.Value.Shape()}, the gradient is {evidence.Analytic.Shape()}");
        }

        double[] given = evidence.Given;
        int rows = evidence.Variable.Value.RowCount;
        int[] wrong =
        [
            .. Enumerable.Range(0, given.Length)
                .Where(i => Math.Abs(given[i] - evidence.Numeric[i]) > 1e-6 * Math.Max(Math.Abs(given[i]), Math.Abs(evidence.Numeric[i])))
                .Select(i => evidence.Entries[i]),
        ];
        string where = wrong.Select(entry => entry % rows).Distinct().Count() == 1 && rows > 1 ? $", all in row {wrong[0] % rows}"
            : wrong.Select(entry => entry / rows).Distinct().Count() == 1 && evidence.Variable.Value.ColumnCount > 1 ? $", all in column {wrong[0] / rows}"
            : "";
        return new GradientDiagnosis(
            evidence.Variable.Name,
            GradientMistake.Unknown,
            $"no usual mistake explains the numbers; {wrong.Length} of {given.Length} entries looked at are wrong{where}");
    }
}
