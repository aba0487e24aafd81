namespace NeuralNet.Core.GradientChecking;

/// <summary>What explains a wrong gradient.</summary>
/// <param name="Variable">The variable whose gradient it is.</param>
/// <param name="Mistake">The mistake.</param>
/// <param name="Explanation">The mistake in words, with its numbers.</param>
/// <param name="Misfit">How far the gradient is from what this mistake would give, relative (root of the sum of squares over the entries);
/// not a number for what is not a matter of numbers.</param>
/// <param name="Factor">The factor, for <see cref="GradientMistake.WrongFactor"/> and <see cref="GradientMistake.Regularization"/>.</param>
public sealed record GradientDiagnosis(
    string Variable, GradientMistake Mistake, string Explanation, double Misfit = double.NaN, double? Factor = null)
{
    /// <summary>What to do where rounding hides the gradient.</summary>
    /// <param name="entries">Of how many entries.</param>
    internal static string NotResolvedAdvice(int entries) =>
        $"the quotients do not resolve the gradient of {entries} {(entries == 1 ? "entry" : "entries")} (rounding hides it, or the slope has no bound), so a wrong one would look the same: choose a point where the function moves more, " +
        "take large constants out of it or rescale it, or check a part of it alone (or all of it in extended precision)";

    /// <summary>The variable and the explanation.</summary>
    public override string ToString() =>
        double.IsNaN(Misfit) ? $"{Variable}: {Explanation}" : FormattableString.Invariant($"{Variable}: {Explanation} (fits the numbers to {Misfit:0e+0})");
}
