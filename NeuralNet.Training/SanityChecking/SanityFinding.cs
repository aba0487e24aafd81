namespace NeuralNet.Training.SanityChecking;

/// <summary>One of the checks that a network should pass before it is trained.</summary>
/// <param name="Check">What was checked.</param>
/// <param name="Figure">What came out.</param>
/// <param name="Expected">What was expected, in words.</param>
/// <param name="IsOk">Whether it came out as expected, or nothing was expected.</param>
/// <param name="Advice">What to do where it did not; empty where it did.</param>
public sealed record SanityFinding(string Check, double Figure, string Expected, bool IsOk, string Advice);
