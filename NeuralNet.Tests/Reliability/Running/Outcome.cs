namespace NeuralNet.Tests.Reliability.Running;

/// <summary>How a process ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="IsStalled">Whether it was ended because it went on with one case for too long.</param>
/// <param name="Output">What it reported.</param>
/// <param name="Errors">What it wrote to its error stream.</param>
/// <param name="LastCase">What it did last.</param>
internal readonly record struct Outcome(int ExitCode, bool IsStalled, string Output, string Errors, string LastCase)
{
    /// <summary>Whether it did all it was asked to, and found nothing.</summary>
    public bool IsGood => ExitCode == 0 && !IsStalled;

    /// <summary>What went wrong, and where.</summary>
    public string Describe() =>
        $"{(IsStalled ? "went on with one case for too long" : ExitCode == ChildProcess.DefectCode ? "found a defect" : $"ended with exit code {ExitCode}")} " +
        $"at\n  {LastCase}\n{Errors.TrimEnd()}";
}
