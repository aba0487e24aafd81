using NeuralNet.Core.GradientChecking;

namespace NeuralNet.Tests.Proofs;

/// <summary>What the proofs ask of a gradient check.</summary>
internal static class ReportAssertions
{
    /// <summary>All gradients within 1e-7, the course's figure for right, at points without kinks.</summary>
    public static void ShouldBeGood(this GradientCheckReport report)
    {
        report.WorstError.ShouldBeLessThanOrEqualTo(1e-7, report.ToString());
        report.Rows.ShouldAllBe(row => row.Kinks == 0 && row.EntriesChecked > 0);
    }

    /// <summary>As <see cref="ShouldBeGood(GradientCheckReport)"/>, by these variables and no others.</summary>
    public static void ShouldBeGood(this GradientCheckReport report, params string[] variables)
    {
        report.ShouldBeGood();
        report.Rows.Select(row => row.Variable).ShouldBe(variables, ignoreOrder: true);
    }
}
