namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>A kind of mistake that may explain a wrong gradient.</summary>
internal interface IHypothesis
{
    /// <summary>The diagnosis, or null where this mistake would not give these numbers.</summary>
    /// <param name="evidence">The wrong gradient.</param>
    GradientDiagnosis? Test(GradientEvidence evidence);
}
