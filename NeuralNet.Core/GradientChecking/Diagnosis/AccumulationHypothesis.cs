namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>What a second backward pass shows: one that overwrites, one that never clears, one that draws again.</summary>
internal sealed class AccumulationHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence)
    {
        Accumulation accumulation = evidence.Accumulation;
        return accumulation.Growth is { } growth ? OfGrowth(evidence, growth)
            : accumulation.IsOverwritten ? Explain(
                GradientMistake.NotAccumulated, "= instead of +=: a second backward pass without clearing must double the gradient, and gives the same again")
            : !accumulation.IsRight && IsFirstRight(evidence) ? Explain(
                GradientMistake.Unknown,
                "a second backward pass without clearing must double the gradient; it makes it " +
                (double.IsNaN(accumulation.Times) ? "something else" : FormattableString.Invariant($"{accumulation.Times:g6} times as large")))
            : null;

        GradientDiagnosis Explain(GradientMistake mistake, string explanation) => new(evidence.Variable.Name, mistake, explanation);
    }

    // What is added from pass to pass is the gradient itself where the sum of all passes is handed out.
    private static GradientDiagnosis? OfGrowth(GradientEvidence evidence, MathNet.Numerics.LinearAlgebra.Matrix<double> growth)
    {
        double[] grown = [.. evidence.Entries.Select(entry => growth.AsSpan()[entry])];
        return evidence.Explain(
                grown, evidence.Numeric, GradientMistake.NotCleared, "gradients of earlier passes are still in it: each pass adds one more, so an accumulator is never cleared")
            ?? new StaleCacheHypothesis().Test(evidence)
            ?? new GradientDiagnosis(
                evidence.Variable.Name,
                GradientMistake.NotRepeatable,
                "two backward passes of the same forward pass give different gradients: something random is drawn again (the mask of dropout belongs into the cache), or kept from the pass before");
    }

    private static bool IsFirstRight(GradientEvidence evidence) =>
        evidence.Given.Zip(evidence.Numeric, (a, n) => Math.Abs(a - n)).Max() <= 1e-6 * evidence.Largest;
}
