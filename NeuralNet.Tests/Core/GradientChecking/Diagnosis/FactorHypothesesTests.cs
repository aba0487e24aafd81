using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.GradientChecking.Diagnosis;
using NeuralNet.Tests.Support;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Evidence;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Formulas;

namespace NeuralNet.Tests.Core.GradientChecking.Diagnosis;

/// <summary>What a factor means, and gradients that are off by one, or by a multiple of the variable.</summary>
internal sealed class FactorHypothesesTests
{
    private const string SquaredTerm = "the regularisation term (λ·ΣW², which adds 2λ·W)";

    // The output is [3×5], the variable [7×11]; λ is 0.02.
    [TestCase(2, "2, as of a square")]
    [TestCase(0.5, "½, as of a square, or one of two equal branches")]
    [TestCase(-0.5, "−½, as of a square, or one of two equal branches")]
    [TestCase(0.02, "λ with λ = 0.02")]
    [TestCase(50, "1/λ with λ = 0.02")]
    [TestCase(0.04, "2·λ with λ = 0.02")]
    [TestCase(100, "2/λ with λ = 0.02")]
    [TestCase(0.01, "½·λ with λ = 0.02")]
    [TestCase(25, "1/(2·λ) with λ = 0.02")]
    [TestCase(3, "N with N = 3, the rows of the output (batch size)")]
    [TestCase(1 / 3.0, "1/N with N = 3, the rows of the output (batch size)")]
    [TestCase(-6, "−2·N with N = 3, the rows of the output (batch size)")]
    [TestCase(5, "M with M = 5, the columns of the output")]
    [TestCase(0.1, "1/(2·M) with M = 5, the columns of the output")]
    [TestCase(15, "K with K = 15, the elements of the output")]
    [TestCase(7.5, "½·K with K = 15, the elements of the output")]
    [TestCase(7, "R with R = 7, the rows of W")]
    [TestCase(2 / 7.0, "2/R with R = 7, the rows of W")]
    [TestCase(11, "C with C = 11, the columns of W")]
    [TestCase(77, "E with E = 77, the elements of W")]
    [TestCase(1, null)]
    [TestCase(4, null)]
    [TestCase(3 * (1 + 2e-6), null)]
    [TestCase(3 * (1 - 0.9e-6), "N with N = 3, the rows of the output (batch size)")]
    public void Names_Factor_AreThoseOfSizesAndNamedNumbers(double factor, string? meaning)
    {
        Matrix<double> w = Some.Matrix<double>(7, 11);

        FactorNames.Of(factor, Evidence.Of([("W", w)], () => w.SubMatrix(0, 3, 0, 5), Some.Matrix<double>(3, 5), w, entries: [0])).ShouldBe(meaning);
    }

    // [2×3] by [2×3]: rows and columns have a name each, and it is that of the output.
    [TestCase(3, "M with M = 3, the columns of the output")]
    [TestCase(6, "size with size = 6, or K with K = 6, the elements of the output")]
    public void Names_EqualNumbers_AreSizesOnceAndNamedNumbersBesideThem(double factor, string meaning)
    {
        Matrix<double> w = Some.Matrix<double>(2, 3);

        FactorNames.Of(factor, Evidence.Of([("W", w)], () => 2 * w, w.Clone(), w, numbers: new Dictionary<string, double> { ["size"] = 6 })).ShouldBe(meaning);
    }

    [TestCase(2, "off by the factor 2 = 2, as of a square")]
    [TestCase(-0.04, "off by the factor -0.04 = −2·λ with λ = 0.02")]
    [TestCase(1.7, "off by the factor 1.7")]
    public void Factor_OfSeveralEntries_NeedsNoMeaning(double factor, string words)
    {
        Matrix<double> right = Rows([1, -2, 0.5]);

        GradientDiagnosis? found = new FactorHypothesis().Test(Linear(right, factor * right));

        found.ShouldBe(GradientMistake.WrongFactor, words);
        found!.Factor!.Value.ShouldBe(factor, 1e-9);
    }

    // One number is a multiple of any other, and so is one beside zeros.
    [Test]
    public void Factor_OfOneEntry_NeedsAMeaning()
    {
        new FactorHypothesis().Test(Linear(Rows([3]), Rows([3 * 1.7]))).ShouldBeNull();
        new FactorHypothesis().Test(Linear(Rows([3]), Rows([6]))).ShouldBe(GradientMistake.WrongFactor, "off by the factor 2 = 2, as of a square");
        new FactorHypothesis().Test(Linear(Rows([3, 0]), Rows([3 * 1.7, 0]))).ShouldBeNull();
        new FactorHypothesis().Test(Linear(Rows([3, 1]), Rows([6]))).ShouldBeNull();
    }

    [TestCase(-0.04, "is left out: the gradient is off by -0.04·W, -0.04 = −2·λ with λ = 0.02")]
    [TestCase(0.04, "is counted twice, or where it does not belong: the gradient is off by 0.04·W, 0.04 = 2·λ with λ = 0.02")]
    [TestCase(0.3, "is counted twice, or where it does not belong: the gradient is off by 0.3·W")]
    [TestCase(-0.3, "is left out: the gradient is off by -0.3·W")]
    public void Regularization_MultipleOfTheVariable_IsTheSquaredTerm(double factor, string words)
    {
        Matrix<double> right = Rows([1, -2], [0.5, 3], [0.25, -1]), w = Rows([2, 0.5], [-1, 0.75], [3, 1.5]);

        new RegularizationHypothesis().Test(Linear(right, right + (factor * w), w)).ShouldBe(GradientMistake.Regularization, $"{SquaredTerm} {words}");
    }

    [TestCase(-0.02, "is left out: the gradient is off by -0.02·sign(W), -0.02 = −λ with λ = 0.02")]
    [TestCase(0.3, "is counted twice, or where it does not belong: the gradient is off by 0.3·sign(W)")]
    public void Regularization_MultipleOfTheSigns_IsTheTermOfSizes(double factor, string words)
    {
        Matrix<double> right = Rows([1, -2], [0.5, 3], [0.25, -1]), w = Rows([2, 0.5], [-1, 0.75], [3, 1.5]);

        new RegularizationHypothesis().Test(Linear(right, right + (factor * w.PointwiseSign()), w))
            .ShouldBe(GradientMistake.Regularization, $"the regularisation term (λ·Σ|W|, which adds λ·sign(W)) {words}");
    }

    [Test]
    public void Regularization_OfOneEntry_NeedsAMeaning()
    {
        Matrix<double> right = Rows([3]), w = Rows([2]);

        new RegularizationHypothesis().Test(Linear(right, right + (0.3 * w), w)).ShouldBeNull();
        new RegularizationHypothesis().Test(Linear(right, right + (0.04 * w), w))!.Explanation.ShouldStartWith($"{SquaredTerm} is counted twice");
        new RegularizationHypothesis().Test(Linear(right, Rows([1, 1]), w)).ShouldBeNull();
    }

    [TestCase(-1, "two mistakes: words; and the sign is flipped")]
    [TestCase(0.5, "two mistakes: words; and off by the factor 0.5 = ½, as of a square, or one of two equal branches")]
    [TestCase(1.7, null)]
    public void Explain_AFactorBesideIt_IsNamedIfItMeansSomething(double factor, string? words)
    {
        Matrix<double> expected = Rows([4, -1, 2]);
        GradientEvidence evidence = Linear(Rows([1, 2, 3]), factor * expected);

        evidence.Explain(expected, GradientMistake.Misplaced, "words").ShouldBeNull();
        evidence.AllowFactor();

        evidence.Explain(expected, GradientMistake.Misplaced, "words")?.Explanation.ShouldBe(words);
        (evidence.Explain(expected, GradientMistake.Misplaced, "words") is null).ShouldBe(words is null);
        evidence.Explain(expected, GradientMistake.WrongFactor, "words").ShouldBeNull();
    }

    [Test]
    public void Explain_OneNumberAndAFactor_TellsNothing()
    {
        GradientEvidence evidence = Linear(Rows([3]), Rows([2]));
        evidence.AllowFactor();

        evidence.Explain(Rows([4]), GradientMistake.Misplaced, "words").ShouldBeNull();
    }

    // Without a name of its own, a scalar's factor of 1/N says how many outputs there are.
    [Test]
    public void Factor_MeanForSum_IsOneOverTheElements()
    {
        Matrix<double> x = Some.Matrix<double>(3, 4);

        new FactorHypothesis().Test(Evidence.Of(Sigmoid, x, Row(1, 1, 1, 1).KroneckerProduct(Row(1, 1, 1).Transpose()), SigmoidSlope(Sigmoid(x)) / 12))
            .ShouldBe(GradientMistake.WrongFactor, "off by the factor 0.0833333 = 1/K with K = 12, the elements of the output");
    }
}
