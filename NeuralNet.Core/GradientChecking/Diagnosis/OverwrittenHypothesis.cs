namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>A second backward pass does not add to the gradient of the first.</summary>
internal sealed class OverwrittenHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence) => evidence.IsOverwritten
        ? new GradientDiagnosis(
            evidence.Variable.Name,
            GradientMistake.NotAccumulated,
            "= instead of +=: a second backward pass without clearing must double the gradient, and does not")
        : null;
}
