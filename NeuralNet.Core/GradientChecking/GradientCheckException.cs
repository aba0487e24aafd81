namespace NeuralNet.Core.GradientChecking;

/// <summary>A gradient check failed. The message is the report's table.</summary>
public sealed class GradientCheckException : Exception
{
    /// <summary>An exception that carries a report.</summary>
    /// <param name="report">The report of the check that failed.</param>
    public GradientCheckException(GradientCheckReport report)
        : base((report ?? throw new ArgumentNullException(nameof(report))).ToString()) => Report = report;

    /// <summary>The report.</summary>
    public GradientCheckReport Report { get; }
}
