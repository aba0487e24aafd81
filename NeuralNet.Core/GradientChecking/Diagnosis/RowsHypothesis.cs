namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>Of a table whose rows are used by several samples, as of an embedding, only one use counts.</summary>
internal sealed class RowsHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence)
    {
        int samples = evidence.Output.RowCount;
        if (!evidence.HasShape || !evidence.TakesUpstream || samples < 2 || evidence.Variable.Value.RowCount < 2)
        {
            return null;
        }

        return Explain(true, "last") ?? Explain(false, "first");

        GradientDiagnosis? Explain(bool isLast, string word)
        {
            bool isUsedTwice = false;
            double[] expected = [.. evidence.Columns.Select(Use)];
            return !isUsedTwice ? null : evidence.Explain(
                expected, GradientMistake.NotAccumulated, $"= instead of += in the rows of a table: of a row that several samples use only the {word} use counts");

            double Use(double[] column)
            {
                double[] bySample = new double[samples];
                bool[] isUsed = new bool[samples];
                for (int k = 0; k < column.Length; k++)
                {
                    bySample[k % samples] += column[k] == 0 ? 0 : column[k] * evidence.Upstream.AsSpan()[k];
                    isUsed[k % samples] |= column[k] != 0;
                }

                int use = isLast ? Array.LastIndexOf(isUsed, true) : Array.IndexOf(isUsed, true);
                isUsedTwice |= isUsed.Count(used => used) > 1;
                return use < 0 ? 0 : bySample[use];
            }
        }
    }
}
