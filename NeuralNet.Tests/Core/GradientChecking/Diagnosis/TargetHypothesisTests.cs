using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.GradientChecking.Diagnosis;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Evidence;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Formulas;

namespace NeuralNet.Tests.Core.GradientChecking.Diagnosis;

/// <summary>Losses of probabilities whose targets are left out, or are others. Right is a probability less its target, over the number of samples.</summary>
internal sealed class TargetHypothesisTests
{
    private const string SoftmaxAlone = "the one-hot of the label is not subtracted: this is softmax alone, and it must be softmax − one-hot";
    private const string ProbabilityAlone = "the targets (0 or 1) are not subtracted: this is the probability alone, and it must be probability − target";
    private const string MeansAlone = "the one-hots of the labels are not subtracted: these are the means of the softmax alone";

    private static readonly Matrix<double> P = Rows([0.2, 0.3, 0.4, 0.1], [0.6, 0.1, 0.1, 0.2], [0.25, 0.25, 0.3, 0.2]);

    [Test]
    public void Softmax_WithoutTheOneHot_IsNamed()
    {
        Test((P - OneHot([0, 2, 3], 4)) / 3, P / 3).ShouldBe(GradientMistake.TargetMissing, SoftmaxAlone);
        Test(Rows([-0.3, 0.3]), Rows([0.7, 0.3])).ShouldBe(GradientMistake.TargetMissing, SoftmaxAlone);
        Test((P - OneHot([0, 2, 3], 4)) / 3, P).ShouldBeNull();
    }

    [TestCase(new[] { 1, 3, 0 }, "the label is off by 1")]
    [TestCase(new[] { 3, 1, 2 }, "the label is off by -1")]
    [TestCase(new[] { 2, 0, 1 }, "the label is off by 2")]
    [TestCase(new[] { 1, 1, 0 }, "it belongs to another sample or is another number")]
    [TestCase(new[] { 1, 2, 3 }, "it belongs to another sample or is another number")]
    public void Softmax_OtherLabels_AreNamedWithTheirDistance(int[] labels, string which)
    {
        Matrix<double> right = (P - OneHot([0, 2, 3], 4)) / 3, given = (P - OneHot(labels, 4)) / 3;

        Test(right, given).ShouldBe(GradientMistake.WrongLabel, $"the one-hot that is subtracted is not that of the sample's label: {which}");
        Test(right.Transpose(), given.Transpose()).ShouldBe(GradientMistake.WrongLabel, $"the one-hot that is subtracted is not that of the column's label: {which}");
    }

    // Of two classes every wrong label is the next.
    [Test]
    public void Softmax_OtherLabelOfTwo_IsOffByOne()
    {
        Matrix<double> p = Rows([0.3, 0.7], [0.8, 0.2]);

        Test(p - OneHot([0, 1], 2), p - OneHot([1, 0], 2))!.Explanation.ShouldEndWith("sample's label: the label is off by 1");
    }

    [Test]
    public void Targets_OfSeveralLabels_AreNamed()
    {
        Matrix<double> p = Rows([0.3, 0.9], [0.6, 0.2]);

        Test(p - Rows([1, 0], [1, 0]), p).ShouldBe(GradientMistake.TargetMissing, ProbabilityAlone);
        Test(p - Rows([1, 1], [0, 1]), p).ShouldBe(GradientMistake.TargetMissing, ProbabilityAlone);
        Test(Rows([-0.7], [0.5], [-0.8]), Rows([0.3], [0.5], [0.2])).ShouldBe(GradientMistake.TargetMissing, ProbabilityAlone);
        Test(p - Rows([1, 1], [1, 1]), p).ShouldBeNull();
        Test(p - Rows([1, 0], [0, 0]), p).ShouldBeNull();
        Test(p + Rows([1, 0], [1, 0]), p).ShouldBeNull();
    }

    // None of these numbers is a probability less a target: not in size, not in what is missing, not in what it adds up to.
    [TestCaseSource(nameof(OtherNumbers))]
    public void Targets_OtherNumbers_AreNone(Matrix<double> difference, Matrix<double> given) => Test(given - difference, given).ShouldBeNull();

    private static IEnumerable<TestCaseData> OtherNumbers()
    {
        yield return new TestCaseData(Rows([1, 0], [1, 0]), Rows([0.3, 0.4], [1.5, 0.2])).SetArgDisplayNames("a probability above 1");
        yield return new TestCaseData(Rows([1, 0], [1, 0]), Rows([0.3, 0.4], [0.5, -0.2])).SetArgDisplayNames("a probability below 0");
        yield return new TestCaseData(Rows([1, 0.5], [0, 1]), Rows([0.9, 0.6], [0.2, 0.95])).SetArgDisplayNames("half a target");
        yield return new TestCaseData(Rows([1, -1, 0], [1, -1, 0]), Rows([0.5, -0.7, 0.2], [2, -2, 0])).SetArgDisplayNames("an exchanged label beside no probability");
        yield return new TestCaseData(Rows([1, -1, 0, 0], [1, -1, 1, -1]), Rows([0.5, -0.7, 0.1, 0.1], [0.5, -0.8, 0.6, -0.3])).SetArgDisplayNames("two labels exchanged at once");
        yield return new TestCaseData(Rows([1, -1, 0], [0, 0, 0]), Rows([0.5, -0.7, 0.2], [1.5, -1.5, 0])).SetArgDisplayNames("a right row that is no probability");
        yield return new TestCaseData(Rows([1, -1, 0]), Rows([0.5, -0.7, 0.4])).SetArgDisplayNames("an exchanged label, and more than 1 in all");
    }

    [TestCase(new[] { -0.3, 0.2, 0.1 }, new[] { 0.2, 0.45, 0.35 }, true)]
    [TestCase(new[] { -0.3, 0.2, 0.2 }, new[] { 0.2, 0.45, 0.35 }, false)]
    [TestCase(new[] { -0.3, 0.2, 0.1 }, new[] { 0.2, 0.45, 0.45 }, false)]
    [TestCase(new[] { -0.3, 0.2, 0.1 }, new[] { 0.0, 0.55, 0.45 }, false)]
    [TestCase(new[] { -0.3, 0.2, 0.1 }, new[] { -0.1, 0.6, 0.5 }, false)]
    public void BiasBeforeASoftmax_MeansOfProbabilities_AreNamed(double[] right, double[] given, bool isNamed)
    {
        GradientDiagnosis? found = Test(Rows(right), Rows(given));

        (found is not null).ShouldBe(isNamed);
        found?.ShouldBe(GradientMistake.TargetMissing, MeansAlone);
    }

    // A loss is one number: what has more outputs subtracts no targets.
    [Test]
    public void Targets_OfSeveralOutputs_AreNotLookedFor()
    {
        Matrix<double> x = Rows([1, 1]), right = Rows([-0.3, 0.3]), given = Rows([0.7, 0.3]);

        new TargetHypothesis().Test(Evidence.Of(v => v.PointwiseMultiply(right), x, Rows([1, 1]), given)).ShouldBeNull();
        new TargetHypothesis().Test(Evidence.Of(v => v * right.Transpose(), x, Rows([1]), given)).ShouldBe(GradientMistake.TargetMissing, SoftmaxAlone);
        Test(Rows([-0.3]), Rows([0.7])).ShouldBeNull();
    }

    // The only thing wrong is a little too much at a kink, and all else is right to the last bit.
    [Test]
    public void Targets_NothingWrongThatWasMeasured_AreNone()
    {
        Matrix<double> x = Rows([0, 1, -1]);

        GradientCheckReport report = GradientCheck.Scalar("ReLUs", [("x", x)], () => Relu(x).Enumerate().Sum(), () => [Rows([1 + 5e-5, 1, 0])]);

        report.Verdict.ShouldBe(GradientVerdict.Suspicious);
        report.Diagnoses.Single().Mistake.ShouldBe(GradientMistake.Unknown);
    }

    private static GradientDiagnosis? Test(Matrix<double> right, Matrix<double> given) => new TargetHypothesis().Test(Linear(right, given));
}
