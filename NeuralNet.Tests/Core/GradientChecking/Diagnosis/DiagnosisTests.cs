using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.Functions;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.GradientChecking.Diagnosis;

public sealed class DiagnosisTests
{
    private static readonly GradientCheckOptions Options = new()
    {
        NamedNumbers = new Dictionary<string, double> { ["learning rate"] = 0.03, ["λ"] = 0.02 },
    };

    [TestCaseSource(typeof(WrongGradients), nameof(WrongGradients.All))]
    [TestCaseSource(typeof(NamedMistakes), nameof(NamedMistakes.All))]
    public void Diagnoses_WrongGradient_NamesTheMistake(DifferentiableFunction<double> function, string variable, GradientMistake mistake, string words)
    {
        GradientCheckReport report = GradientCheck.Function(function, Options);

        report.Passed.ShouldBeFalse(report.ToString());
        GradientDiagnosis diagnosis = report.Diagnoses.First(d => d.Variable == variable);
        diagnosis.Mistake.ShouldBe(mistake, report.ToString());
        report.ToString().ShouldContain(words);
    }

    [Test]
    public void Diagnoses_MistakesInTwoVariables_NamesBoth()
    {
        GradientCheckReport report = GradientCheck.Function(NamedMistakes.Both(), Options);

        report.Diagnoses.Select(d => (d.Variable, d.Mistake)).ShouldBe([("X", GradientMistake.SignFlipped), ("W", GradientMistake.WrongFactor)]);
        report.Rows[2].Verdict.ShouldBe(GradientVerdict.Good);
    }

    [TestCaseSource(typeof(DifficultGradients), nameof(DifficultGradients.All))]
    public void Diagnoses_RightButDifficultGradient_IsEmpty(DifferentiableFunction<double> function)
    {
        GradientCheckReport report = GradientCheck.Function(function, Options).ThrowIfFailed();

        report.Diagnoses.ShouldBeEmpty(report.ToString());
    }

    [TestCaseSource(nameof(RightLayers))]
    public void Diagnoses_RightGradient_IsEmpty(Layer<double> layer)
    {
        GradientCheckReport report = GradientCheck.Gate(layer, Some.Matrix<double>(4, 3), Options).ThrowIfFailed();

        report.Diagnoses.ShouldBeEmpty();
        report.WorstError.ShouldBeLessThan(1e-9, report.ToString());
    }

    private static IEnumerable<Layer<double>> RightLayers()
    {
        yield return new FormulaLayer(x => x.PointwiseTanh(), (dy, x, y) => dy.PointwiseMultiply(1 - y.PointwiseMultiply(y)));
        yield return new FormulaLayer(x => x.PointwisePower(2), (dy, x, y) => 2 * dy.PointwiseMultiply(x));
        yield return new FormulaLayer(x => x + x.PointwiseExp(), (dy, x, y) => dy + dy.PointwiseMultiply(y - x));
        yield return new Sigmoid<double>();
        yield return new ReLU<double>();
        yield return new Linear<double>(3, 3, new Random(1));
        yield return new Linear<double>(3, 2, new Random(1), bias: false);
        yield return new Sequential<double>(new Linear<double>(3, 5, new Random(1)), new ReLU<double>(), new Linear<double>(5, 2, new Random(2)));
        var shared = new Linear<double>(3, 3, new Random(1));
        yield return new Sequential<double>(shared, new Sigmoid<double>(), shared);
    }
}
