namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>Of the local gradient only the diagonal is used: how each output depends on its own input.</summary>
internal sealed class DiagonalHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence)
    {
        if (evidence.UpstreamOfShape is not { } u)
        {
            return null;
        }

        bool isSoftmax = evidence.Output.ForAll(p => p >= 0) && evidence.Output.RowSums().ForAll(sum => Math.Abs(sum - 1) <= 1e-9);
        return evidence.Explain(
            [.. evidence.Entries.Select((entry, i) => u.AsSpan()[entry] * evidence.Columns[i][entry])],
            GradientMistake.DiagonalOnly,
            isSoftmax
                ? "only the diagonal of the softmax's local gradient, p(1 − p): every output depends on all inputs of its row, by −pᵢ·pⱼ"
                : "only the diagonal of the local gradient: an output depends on other entries than its own, too");
    }
}
