using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Evidence;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Formulas;

namespace NeuralNet.Tests.Core.GradientChecking;

/// <summary>The judgement of one entry, at the limits of what is good, suspicious, wrong and not resolved.</summary>
internal sealed class EntryComparisonTests
{
    [Test]
    public void Judge_GradientKnown_MeasuresOnce()
    {
        int calls = 0;
        EntryComparison entry = Entry(
            x =>
            {
                calls++;
                return x * x;
            },
            3);
        entry.Judge(6, 1e-7).ShouldBe(new EntryFinding(GradientVerdict.Good, 0) with { Error = entry.Judge(6, 1e-7).Error });
        int first = calls;

        entry.Judge(6, 1e-7).Verdict.ShouldBe(GradientVerdict.Good);

        calls.ShouldBe(first);
    }

    // |a − n| / max(|a|, |n|), and an error as large as the tolerance is good still.
    [TestCase(2.002, 1, GradientVerdict.Good)]
    [TestCase(2.002, 0.999, GradientVerdict.Suspicious)]
    [TestCase(1.99, 0.999, GradientVerdict.Suspicious)]
    [TestCase(2.01, 0.999, GradientVerdict.Suspicious)]
    [TestCase(2.1, 0.999, GradientVerdict.Wrong)]
    [TestCase(-2, 0.5, GradientVerdict.Wrong)]
    public void Judge_Line_IsByTheLargerOfTheTwo(double given, double ofError, GradientVerdict verdict)
    {
        double error = Math.Abs(given - 2) / Math.Max(Math.Abs(given), 2);

        EntryFinding finding = Entry(x => 2 * x, 1).Judge(given, ofError * error);

        finding.ShouldBe(new EntryFinding(verdict, error));
        finding.IsChecked.ShouldBeTrue();
    }

    // Beside 1e9 the quotient tells 1e-6 of a slope of 1: 0.02 is seen well.
    [TestCase(1.02, GradientVerdict.Wrong, 0.02 / 1.02)]
    [TestCase(1.005, GradientVerdict.Suspicious, 0.005 / 1.005)]
    public void Judge_CoarseQuotient_MeasuresWhatIsBeyondItInFull(double given, GradientVerdict verdict, double error)
    {
        EntryFinding finding = Entry(x => 1e9 + x, 1).Judge(given, 1e-7);

        finding.Verdict.ShouldBe(verdict);
        finding.Error.ShouldBe(error, 1e-12 + (1e-4 * error));
    }

    // Beside 1e12 the quotient tells 2e-3: of a slope of 8 enough to say that 2⁻¹⁴ of it may be an error, of a slope of ⅛ nothing.
    [TestCase(8, 8 - (1 / 2048.0), 1 / 16384.0, GradientVerdict.Good, 1 / 16384.0)]
    [TestCase(8, 8 - (1 / 2048.0), 1 / 16390.0, GradientVerdict.Acceptable, 1 / 16384.0)]
    [TestCase(0.125, 0.126, 1e-7, GradientVerdict.NotResolved, 0.001 / 0.126)]
    public void Judge_WithinACoarseQuotient_TellsTheErrorAsItIs(double slope, double given, double tolerance, GradientVerdict verdict, double error)
    {
        EntryFinding finding = Entry(x => 1e12 + (slope * x), 1).Judge(given, tolerance);

        finding.Verdict.ShouldBe(verdict);
        finding.Error.ShouldBe(error, 1e-9);
        finding.IsChecked.ShouldBe(verdict != GradientVerdict.NotResolved);
    }

    // x at 1e-15 of a ReLU is beside the kink: 1 is the slope there, and nothing between.
    [TestCase(1, GradientVerdict.Good)]
    [TestCase(0.3, GradientVerdict.Wrong)]
    [TestCase(0, GradientVerdict.Wrong)]
    public void Judge_BesideAKink_IsTheSlopeThere(double given, GradientVerdict verdict)
    {
        EntryFinding finding = Entry(x => Math.Max(x, 0), 1e-15).Judge(given, 1e-7);

        (finding.Verdict, finding.IsKink).ShouldBe((verdict, false));
    }

    // Between s·0 and s·1, and 1e-5 of s beyond; the error is in parts of the largest of the three.
    [TestCase(1, 0.5, GradientVerdict.Good, 0)]
    [TestCase(1, 1 + 0.9e-5, GradientVerdict.Good, 0)]
    [TestCase(1, 1 + 2e-5, GradientVerdict.Suspicious, 2e-5)]
    [TestCase(1, -0.1, GradientVerdict.Wrong, 0.1)]
    [TestCase(1, 2, GradientVerdict.Wrong, 0.5)]
    [TestCase(1000, 1 + 0.5e-5, GradientVerdict.Good, 0)]
    [TestCase(1e-3, 1.5, GradientVerdict.Wrong, 1 / 3.0)]
    [TestCase(-1, -0.1, GradientVerdict.Wrong, 0.1)]
    public void Judge_AtAKink_IsByTheDistanceFromBothSides(double slope, double share, GradientVerdict verdict, double error)
    {
        EntryFinding finding = Entry(x => slope * Math.Max(x, 0), 0).Judge(slope * share, 1e-7);

        finding.Verdict.ShouldBe(verdict);
        finding.Error.ShouldBe(error, 1e-12 + (1e-4 * error));
        finding.IsKink.ShouldBe(verdict == GradientVerdict.Good);
    }

    // At the border of a domain there is one side, be it the right or the left.
    [TestCase(2, GradientVerdict.Good)]
    [TestCase(2 + 1e-5, GradientVerdict.Good)]
    [TestCase(2 - 1e-5, GradientVerdict.Good)]
    [TestCase(2 + 1e-4, GradientVerdict.NotResolved)]
    [TestCase(-2, GradientVerdict.NotResolved)]
    public void Judge_AtABorder_IsTheSlopeOfItsSide(double given, GradientVerdict verdict)
    {
        Entry(x => x >= 0 ? 2 * x : double.NaN, 0).Judge(given, 1e-7).ShouldBe(new EntryFinding(verdict, 0, verdict == GradientVerdict.Good));
        Entry(x => x <= 0 ? 2 * x : double.NaN, 0).Judge(given, 1e-7).ShouldBe(new EntryFinding(verdict, 0, verdict == GradientVerdict.Good));
    }

    // Flat here, and 1 further away: 4ε·1 over a quarter may be the rounding inside the function, 3.5e-15.
    [TestCase(2e-15, GradientVerdict.Good)]
    [TestCase(3e-15, GradientVerdict.Good)]
    [TestCase(2e-14, GradientVerdict.Wrong)]
    public void Judge_FlatPoint_IsAsFineAsTheSlopeElsewhere(double given, GradientVerdict verdict) =>
        Entry(x => Math.Max(x - 0.5, 0), 0).Judge(given, 1e-7).Verdict.ShouldBe(verdict);

    // A slope of 1e-16 is seen to all its digits where the values are as small: then nothing hides 2e-15, but what a backward pass rounds.
    [TestCase(1e-16, GradientVerdict.Good)]
    [TestCase(5e-16, GradientVerdict.Good)]
    [TestCase(2e-15, GradientVerdict.Wrong)]
    public void Judge_SmallSlopeThatIsSeen_IsJudged(double given, GradientVerdict verdict) =>
        Entry(x => (1e-16 * x) + Math.Max(x - 0.5, 0), 0).Judge(given, 1e-7).Verdict.ShouldBe(verdict);

    // Values of 1e-16 that are ordinarily `size`: what they are rounded by may be left of the slope.
    [TestCase(1e3, 0, GradientVerdict.Good)]
    [TestCase(1e3, 1.5e-16, GradientVerdict.Good)]
    [TestCase(1e3, 1e-11, GradientVerdict.Wrong)]
    [TestCase(1e-3, 0, GradientVerdict.Wrong)]
    public void Judge_SureValue_IsRoundedAsAnOrdinaryOne(double size, double given, GradientVerdict verdict)
    {
        Matrix<double> x = Row(1, 1);
        NamedMatrix<double> variable = new("x", x);
        var numerical = new NumericalGradient(() => Scalar(x[0, 1] > 0 ? 1e-16 * x[0, 0] : size), Rows([1]));

        new EntryComparison(variable, 0, new FunctionSize([variable], 1), numerical).Judge(given, 1e-7).Verdict.ShouldBe(verdict);
    }

    private static EntryComparison Entry(Func<double, double> of, double at)
    {
        Matrix<double> x = Scalar(at);
        NamedMatrix<double> variable = new("x", x);
        return new EntryComparison(variable, 0, new FunctionSize([variable], 1), new NumericalGradient(() => Scalar(of(x[0, 0])), Rows([1])));
    }
}
