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
    /// <summary>The variable and the explanation.</summary>
    public override string ToString() =>
        double.IsNaN(Misfit) ? $"{Variable}: {Explanation}" : FormattableString.Invariant($"{Variable}: {Explanation} (fits the numbers to {Misfit:0e+0})");
}
