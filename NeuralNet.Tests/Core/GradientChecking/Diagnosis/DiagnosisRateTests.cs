using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking;

namespace NeuralNet.Tests.Core.GradientChecking.Diagnosis;

/// <summary>How many wrong gradients are caught and named, and how many right ones pass, of those that the hypotheses were not written for: the figures of
/// docs/gradient-checking.md.</summary>
internal sealed class DiagnosisRateTests
{
    [Test]
    public void Check_UnseenMistakes_AllAreCaughtAndMostNamed()
    {
        List<string> unknown = [], misnamed = [], missed = [];
        int count = 0;
        foreach (TestCaseData data in UnseenMistakes.All())
        {
            var function = (DifferentiableFunction<double>)data.Arguments[0]!;
            var expected = (GradientMistake)data.Arguments[2]!;
            GradientCheckReport report = GradientCheck.Function(function);
            GradientDiagnosis? diagnosis = report.Diagnoses.FirstOrDefault(d => d.Variable == (string)data.Arguments[1]!);
            count++;
            (report.Passed ? missed : diagnosis?.Mistake == expected ? [] : diagnosis?.Mistake == GradientMistake.Unknown ? unknown : misnamed)
                .Add($"{function.Name}: {diagnosis}");
        }

        string all = $"{count} mistakes\nmissed:\n{string.Join('\n', missed)}\nunknown:\n{string.Join('\n', unknown)}\nmisnamed:\n{string.Join('\n', misnamed)}";
        TestContext.Out.WriteLine(all);
        count.ShouldBeGreaterThanOrEqualTo(30);
        missed.ShouldBeEmpty(all);
        misnamed.ShouldBeEmpty(all);
        unknown.Count.ShouldBeLessThanOrEqualTo(count / 10, all);
    }

    [TestCaseSource(typeof(UnseenGradients), nameof(UnseenGradients.All))]
    public void Check_UnseenRightGradient_Passes(DifferentiableFunction<double> function) => GradientCheck.Function(function).ThrowIfFailed();

    [Test]
    public void Cases_Counted_AreAtLeastSixtyOfEach()
    {
        (WrongGradients.All().Count() + NamedMistakes.All().Count() + UnseenMistakes.All().Count()).ShouldBeGreaterThanOrEqualTo(60);
        (DifficultGradients.All().Count() + UnseenGradients.All().Count()).ShouldBeGreaterThanOrEqualTo(60);
    }
}
