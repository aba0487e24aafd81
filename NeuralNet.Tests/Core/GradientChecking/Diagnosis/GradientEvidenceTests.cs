using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.GradientChecking.Diagnosis;
using NeuralNet.Tests.Support;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Evidence;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Formulas;

namespace NeuralNet.Tests.Core.GradientChecking.Diagnosis;

/// <summary>What evidence measures, and when a mistake fits it.</summary>
internal sealed class GradientEvidenceTests
{
    // Of a wrong gradient of up to 300 entries all are measured, beside those that were drawn.
    [TestCase(300, true)]
    [TestCase(301, false)]
    public void Entries_SomeDrawn_AreCompletedUpTo300(int count, bool isComplete)
    {
        Matrix<double> x = Some.Matrix<double>(count, 1), factors = Some.Matrix<double>(count, 1, 2), ones = Matrix<double>.Build.Dense(count, 1, 1);
        GradientEvidence evidence = Evidence.Of([("x", x)], () => x.PointwiseMultiply(factors), ones, 2 * factors, entries: [7, 3]);

        evidence.IsComplete.ShouldBe(isComplete);
        evidence.Entries.ShouldBe(isComplete ? Enumerable.Range(0, count) : [7, 3]);
        evidence.Numeric.Zip(evidence.Entries).ShouldAllBe(pair => Math.Abs(pair.First - factors[pair.Second, 0]) < 1e-9);
        evidence.Given.ShouldBe(evidence.Entries.Select(entry => 2 * factors[entry, 0]));
        (evidence.Right is not null).ShouldBe(isComplete);
    }

    // At kinks there is nothing right to be measured; where that leaves less than half, there is no right gradient.
    [TestCase(2, true)]
    [TestCase(3, false)]
    public void Right_EntriesAtKinks_AreAsGiven(int kinks, bool isKnown)
    {
        Matrix<double> x = Matrix<double>.Build.Dense(2, 2, (i, j) => i + (2 * j) < kinks ? 0 : 1), given = Rows([7, 8], [9, 10]);
        GradientEvidence evidence = Evidence.Of(Relu, x, Rows([1, 1], [1, 1]), given);

        evidence.Kinks.Select(kink => kink.Entry).ShouldBe(Enumerable.Range(0, kinks));
        evidence.Right?.ToArray().ShouldBe(new[,] { { 7.0, 1 }, { 9, 1 } });
        (evidence.Right is not null).ShouldBe(isKnown);
    }

    [Test]
    public void Right_OtherShape_IsUnknownAndExplainsNothing()
    {
        GradientEvidence evidence = Linear(Rows([1, 2]), Rows([1], [2]));

        evidence.HasShape.ShouldBeFalse();
        evidence.Given.ShouldBeEmpty();
        evidence.Right.ShouldBeNull();
        evidence.Explain(Rows([1], [2]), GradientMistake.Misplaced, "words").ShouldBeNull();
    }

    [Test]
    public void Explain_OtherShapeOrLength_IsNull()
    {
        GradientEvidence evidence = Linear(Rows([1, 2, 3]), Rows([2, 4, 6]));

        evidence.Explain(Rows([2, 4]), GradientMistake.Misplaced, "words").ShouldBeNull();
        evidence.Explain(Rows([2], [4], [6]), GradientMistake.Misplaced, "words").ShouldBeNull();
        evidence.Explain([2, 4], [2], GradientMistake.Misplaced, "words").ShouldBeNull();
        evidence.Explain([], [], GradientMistake.Misplaced, "words").ShouldBeNull();
        evidence.Explain(Rows([2, 4, 6]), GradientMistake.Misplaced, "words").ShouldNotBeNull();
    }

    // √(Σ(g − e)²/Σg²): 2e-5 beside (3, 4) is 4e-6.
    [TestCase(2e-5, 4e-6)]
    [TestCase(4.9e-5, 9.8e-6)]
    [TestCase(5.1e-5, null)]
    public void Explain_Misfit_IsRelativeToTheGradient(double difference, double? misfit)
    {
        GradientDiagnosis? found = Linear(Rows([1, 1]), Rows([3, 4])).Explain(Rows([3, 4 + difference]), GradientMistake.Misplaced, "words");

        (found is null).ShouldBe(misfit is null);
        found?.Misfit.ShouldBe(misfit!.Value, 1e-10);
    }

    // What is given is off by 1e-5 of the right gradient: a mistake has to fit to 1e-7.
    [TestCase(0.5e-7, true)]
    [TestCase(2e-7, false)]
    public void Explain_GradientThatIsNearlyRight_WantsAHundredTimesBetter(double off, bool fits)
    {
        Matrix<double> right = Rows([3, -4]);

        (Linear(right, (1 + 1e-5) * right).Explain((1 + 1e-5 + off) * right, GradientMistake.Misplaced, "words") is not null).ShouldBe(fits);
    }

    [Test]
    public void UpstreamOfShape_OutputOfTheVariablesShape_IsUpstreamWhereItIsTaken()
    {
        Matrix<double> x = Rows([1, 2]), one = Rows([1]), upstream = Rows([5, 7]);

        Evidence.Of(Tanh, x, upstream, x).UpstreamOfShape.ShouldBe(upstream);
        Evidence.Of([("x", one)], () => 2 * one, Rows([1]), Rows([1]), takesUpstream: false).UpstreamOfShape.ShouldBeNull();
        Evidence.Of(Tanh, x, upstream, Rows([1])).UpstreamOfShape.ShouldBeNull();
        Evidence.Of(v => v * Rows([1], [1]), x, Rows([1]), x).UpstreamOfShape.ShouldBeNull();
    }

    [Test]
    public void PreviousPoint_Visit_IsASmallerPointOfTheSameSignsAndReturns()
    {
        Matrix<double> x = Some.Matrix<double>(3, 4), before = x.Clone();
        var previous = new PreviousPoint([("x", x)], new Random(1));

        using (previous.Visit())
        {
            x.PointwiseDivide(before).Enumerate().ShouldAllBe(ratio => ratio >= 0.6 && ratio <= 0.95);
        }

        x.ShouldBe(before);
    }

    [TestCase(-2e-4, null)]
    [TestCase(-3e-4, -0.0003)]
    [TestCase(1, null)]
    [TestCase(2.0001, null)]
    [TestCase(2 + (1e-4 * (0 + 2.0)), null)]
    [TestCase(2.001, 2.001)]
    public void Kink_GradientBeyondBothSides_IsNamedWithItsPlace(double given, double? named)
    {
        Matrix<double> x = Rows([1, -1, 2], [3, -2, 0]);
        GradientDiagnosis? found = new KinkHypothesis().Test(Evidence.Of(Relu, x, Matrix<double>.Build.Dense(2, 3, 2), Rows([2, 0, 2], [2, 0, given])));

        (found is null).ShouldBe(named is null);
        found?.ShouldBe(
            GradientMistake.WrongAtKink,
            FormattableString.Invariant($"at the kink (1, 2) the gradient is {named}, and must lie between the slopes on both sides, 0 and 2"));
    }

    // A mistake elsewhere is the one to be named; where all else is zero, that is right to the last bit.
    [TestCase(1.0, 2.0, true)]
    [TestCase(1.0, 3.0, false)]
    [TestCase(-1.0, 0.0, true)]
    public void Kink_OtherEntries_MustBeRight(double at, double given, bool isNamed)
    {
        Matrix<double> x = Rows([0, at, -1]);

        (new KinkHypothesis().Test(Evidence.Of(Relu, x, Rows([2, 2, 2]), Rows([5, given, 0]))) is not null).ShouldBe(isNamed);
    }
}
