using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Jacobians;
using NeuralNet.Tests.Support;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Formulas;

namespace NeuralNet.Tests.Core.GradientChecking;

/// <summary>Nothing that is not seen is called good: kinks, ties, rounding, entries that are not drawn.</summary>
internal sealed class ResolutionTests
{
    [TestCase(0.0, GradientVerdict.Good)]
    [TestCase(0.3, GradientVerdict.Good)]
    [TestCase(1.0, GradientVerdict.Good)]
    [TestCase(1000.0, GradientVerdict.Wrong)]
    [TestCase(-0.1, GradientVerdict.Wrong)]
    [TestCase(double.NaN, GradientVerdict.Wrong)]
    public void Function_SlopeAtAKink_LiesBetweenItsSides(double slope, GradientVerdict verdict)
    {
        GradientCheckReport report = GradientCheck.Function(Function(
            "relu", [("x", Row(0, 1, -1))], v => Relu(v[0]), (u, v) => [u.MapIndexed((_, j, g) => g * (j == 0 ? slope : j == 1 ? 1 : 0), Zeros.Include)]));

        report.Verdict.ShouldBe(verdict, report.ToString());
        if (verdict == GradientVerdict.Wrong)
        {
            report.Diagnoses.Single().Mistake.ShouldBe(double.IsNaN(slope) ? GradientMistake.NotFinite : GradientMistake.WrongAtKink);
        }
    }

    [Test]
    public void Function_TieThatGivesBothEverything_IsNamed()
    {
        GradientCheckReport report = GradientCheck.Function(Function(
            "max",
            [("x", Row(1, 2, 3)), ("y", Row(1, 0, 4))],
            v => v[0].PointwiseMaximum(v[1]),
            (u, v) => [u.PointwiseMultiply(Mask(v[0] - v[1] + 1e-300)), u.PointwiseMultiply(Mask(v[1] - v[0] + 1e-300))]));

        report.Verdict.ShouldBe(GradientVerdict.Wrong);
        report.Diagnoses.Select(d => (d.Variable, d.Mistake)).ShouldBe(
            [("x", GradientMistake.TieCountedTwice), ("y", GradientMistake.TieCountedTwice)]);
    }

    // The same within one variable: the largest of each row.
    [TestCase(1.0, false)]
    [TestCase(0.5, true)]
    public void Function_TieWithinARow_MustAddUp(double share, bool passes)
    {
        GradientCheckReport report = GradientCheck.Function(Function(
            "largest of a row",
            [("x", Row(2, 1, 2))],
            v => Scalar(v[0].Row(0).Maximum()),
            (u, _) => [Row(share * u[0, 0], 0, share * u[0, 0])]));

        report.Passed.ShouldBe(passes, report.ToString());
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(200)]
    public void Function_RoundingHidesTheGradient_IsNotResolved(double factor)
    {
        GradientCheckReport report = GradientCheck.Function(Function(
            "1e14 + tanh", [("x", Row(0.3, -0.5))], v => 1e14 + Tanh(v[0]), (u, v) => [factor * u.PointwiseMultiply(TanhSlope(Tanh(v[0])))]));

        report.Verdict.ShouldBe(factor < 100 ? GradientVerdict.NotResolved : GradientVerdict.Wrong, report.ToString());
        report.Passed.ShouldBeFalse();
    }

    [Test]
    public void Function_ManySigmoidsInARow_IsNotResolved([Values(25, 40)] int count)
    {
        GradientCheckReport report = GradientCheck.Function(GradientCheckTests.SigmoidsInARow(Row(0.3, -0.5), count));

        report.Verdict.ShouldBe(GradientVerdict.NotResolved, report.ToString());
        report.Rows.Single().Unresolved.ShouldBe(2);
        report.Diagnoses.Single().Mistake.ShouldBe(GradientMistake.NotResolved);
        report.ToString().ShouldContain("not resolved");
    }

    [Test]
    public void Function_OneWrongEntryOfMany_IsFoundAndNamed([Values(1, 777, 1599)] int entry, [Values(1e-5, 1.0)] double error)
    {
        GradientCheckReport report = GradientCheck.Function(Cubes(entry, 1 + error));

        report.Passed.ShouldBeFalse();
        (report.Rows[0].WorstRow, report.Rows[0].WorstColumn).ShouldBe((entry % 40, entry / 40));
    }

    [Test]
    public void Function_ManyEntries_TellsWhatDirectionsSee()
    {
        GradientCheckReport report = GradientCheck.Function(Cubes(0, 1)).ThrowIfFailed();

        report.Rows[0].EntriesChecked.ShouldBe(20);
        report.Rows[0].Directions.ShouldBe(4);
        report.Rows[0].SmallestSeen.ShouldBeInRange(1e-9, 1e-6);
        report.ToString().ShouldContain("is missed with a probability below 1e-3");
        GradientCheck.Function(Cubes(1599, 2), new GradientCheckOptions { Directions = 0 }).Passed.ShouldBeTrue();
    }

    // Steps relative to the point, where directions cross the border of the domain otherwise.
    [Test]
    public void Function_ManyEntriesOfDifferentScale_AreComparedAlongDirections()
    {
        Matrix<double> x = Matrix<double>.Build.Dense(40, 10, (i, j) => Math.Pow(10, -(i + j) % 8));
        DifferentiableFunction<double> Log(double factor) => new(
            "log", [("x", x)], () => x.PointwiseLog(), u => [u.MapIndexed((i, j, g) => g / x[i, j] * (i == 7 && j == 3 ? factor : 1), Zeros.Include)]);

        GradientCheck.Function(Log(1)).ThrowIfFailed().Rows[0].Directions.ShouldBe(4);
        GradientCheck.Function(Log(2)).Passed.ShouldBeFalse();
    }

    // J·v of log at 1e-7: v/x.
    [Test]
    public void JacobianVectorProduct_SmallNumbers_IsFinite()
    {
        Matrix<double> x = Row(1e-7, 2);
        var function = new DifferentiableFunction<double>("log", [("x", x)], () => x.PointwiseLog(), u => [u.PointwiseDivide(x)]);

        Matrix<double> product = new Jacobian<double>(function).JacobianVectorProduct("x", Row(1, 1));

        product[0, 0].ShouldBe(1e7, 1);
        product[0, 1].ShouldBe(0.5, 1e-6);
    }

    private static DifferentiableFunction<double> Cubes(int entry, double factor) => Function(
        "cubes", [("x", Some.Matrix<double>(40, 40))], v => v[0].PointwisePower(3),
        (u, v) => [u.MapIndexed((i, j, g) => 3 * g * v[0][i, j] * v[0][i, j] * (i + (40 * j) == entry ? factor : 1), Zeros.Include)]);
}
