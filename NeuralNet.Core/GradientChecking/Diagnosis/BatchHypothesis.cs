using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>The gradient is not the sum over the samples of the batch.</summary>
internal sealed class BatchHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence) => evidence.HasShape ? OneSample(evidence) : RowForEachSample(evidence);

    private static GradientDiagnosis? RowForEachSample(GradientEvidence evidence)
    {
        Matrix<double> value = evidence.Variable.Value;
        return value.RowCount != 1 || evidence.Analytic.ColumnCount != value.ColumnCount ? null : evidence.Explain(
            [.. evidence.Entries.Select(column => evidence.Analytic.Column(column).Sum())],
            evidence.Numeric,
            GradientMistake.NotSummedOverBatch,
            $"not summed over the batch: the gradient has {evidence.Analytic.RowCount} rows, one for each sample; add them up");
    }

    private static GradientDiagnosis? OneSample(GradientEvidence evidence)
    {
        int samples = evidence.Output.RowCount;
        for (int sample = 0; sample < samples && samples > 1 && evidence.TakesUpstream; sample++)
        {
            GradientDiagnosis? found = evidence.Explain(
                evidence.GradientFor(k => k % samples == sample ? evidence.Upstream.AsSpan()[k] : 0),
                GradientMistake.NotSummedOverBatch,
                $"not summed over the batch: only sample {sample} of {samples} counts (= instead of += in the loop over samples)");
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }
}
