namespace NeuralNet.Core.GradientChecking;

/// <summary>What is found of one entry of a gradient.</summary>
/// <param name="Verdict">Its verdict; for a kink whose gradient is possible, good.</param>
/// <param name="Error">The relative error.</param>
/// <param name="IsKink">Whether it is set aside, its gradient lying between the one-sided slopes.</param>
internal readonly record struct EntryFinding(GradientVerdict Verdict, double Error, bool IsKink = false)
{
    /// <summary>Whether it was compared with a quotient.</summary>
    public bool IsChecked => !IsKink && Verdict != GradientVerdict.NotResolved;
}
