using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.Functions;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.GradientChecking;

public sealed class GradientCheckTests
{
    [Test]
    public void Layer_SigmoidLayer_Agrees()
    {
        GradientCheckReport report = GradientCheck.Gate(new Sigmoid<double>(), Some.Matrix<double>(5, 3));
        report.ThrowIfFailed().WorstError.ShouldBeLessThan(1e-8);
        report.Rows.Single().EntriesChecked.ShouldBe(15);
    }

    [Test]
    public void Layer_ReLUAwayFromZero_Agrees()
    {
        Matrix<double> input = Matrix<double>.Build.DenseOfArray(new[,] { { 1.0, -2, 3, -1, 1e-3, -1e-6 } });
        GradientCheckReport report = GradientCheck.Gate(new ReLU<double>(), input).ThrowIfFailed();
        report.Rows.Single().Kinks.ShouldBe(0);
    }

    [Test]
    public void Layer_ReLUAtZero_SetsKinkAside()
    {
        // Beside the kink, however near, there is a derivative: the last entry is compared with steps of its own size.
        Matrix<double> input = Matrix<double>.Build.DenseOfArray(new[,] { { 1.0, 0, -3, 1e-12 } });
        GradientCheckReport report = GradientCheck.Gate(new ReLU<double>(), input).ThrowIfFailed();
        report.Rows.Single().Kinks.ShouldBe(1);
        report.Rows.Single().EntriesChecked.ShouldBe(3);
    }

    // Row L11 of the lectures: f = ‖W·x‖², ∇W = 2q·xᵀ, ∇x = 2Wᵀq.
    [Test]
    public void Scalar_LectureSquaredNorm_Agrees()
    {
        Matrix<double> w = Matrix<double>.Build.DenseOfArray(new[,] { { 0.1, 0.5 }, { -0.3, 0.8 } });
        Matrix<double> x = Matrix<double>.Build.DenseOfArray(new[,] { { 0.2 }, { 0.4 } });
        GradientCheckReport report = GradientCheck.Scalar(
            "‖W·x‖²",
            [("W", w), ("x", x)],
            () => (w * x).Enumerate().Sum(q => q * q),
            () => [2 * (w * x) * x.Transpose(), 2 * w.Transpose() * (w * x)]);
        report.ThrowIfFailed().WorstError.ShouldBeLessThan(1e-9);
        w[1, 0].ShouldBe(-0.3);
    }

    [Test]
    public void ThrowIfFailed_WrongGradient_ThrowsTheTable()
    {
        Matrix<double> x = Some.Matrix<double>(3, 2);
        GradientCheckReport report = GradientCheck.Scalar(
            "sum of cubes", [("x", x)], () => x.Enumerate().Sum(v => v * v * v), () => [x.Map(v => 3 * v)]);
        report.Verdict.ShouldBe(GradientVerdict.Wrong);
        Should.Throw<GradientCheckException>(() => report.ThrowIfFailed()).Message.ShouldContain("WRONG");
    }

    [Test]
    public void Layer_ManyReLUs_CountsKinksAndIsGood()
    {
        // Every fifth input is 0, where a ReLU has no derivative.
        Matrix<double> input = Some.Matrix<double>(10, 10);
        for (int i = 0; i < 100; i += 5)
        {
            input.AsSpan()[i] = 0;
        }

        GradientCheckRow row = GradientCheck.Gate(new ReLU<double>(), input).ThrowIfFailed().Rows.Single();

        row.Kinks.ShouldBe(20);
        row.EntriesChecked.ShouldBe(80);
        row.Verdict.ShouldBe(GradientVerdict.Good);
    }

    [Test]
    public void Layer_OnlyKinks_IsNotChecked()
    {
        GradientCheckReport report = GradientCheck.Gate(new ReLU<double>(), Matrix<double>.Build.Dense(2, 2));

        report.Verdict.ShouldBe(GradientVerdict.NotChecked);
        Should.Throw<GradientCheckException>(() => report.ThrowIfFailed()).Message.ShouldContain("not checked");
    }

    // √x at the border of its domain has no bounded slope, x·√x has one on one side.
    [TestCase(0.5, double.PositiveInfinity, GradientVerdict.Wrong)]
    [TestCase(0.5, 0.0, GradientVerdict.NotResolved)]
    [TestCase(1.5, 0.0, GradientVerdict.Good)]
    [TestCase(1.5, 0.1, GradientVerdict.NotResolved)]
    public void Scalar_BorderOfDomain_WantsTheSlopeOfItsOneSide(double power, double given, GradientVerdict verdict)
    {
        Matrix<double> x = Matrix<double>.Build.DenseOfArray(new[,] { { 0.0, 0.1, 1, 4 } });

        GradientCheckReport report = GradientCheck.Scalar(
            "sum of powers",
            [("x", x)],
            () => x.Enumerate().Sum(v => Math.Pow(v, power)),
            () => [x.Map(v => v == 0 ? given : power * Math.Pow(v, power - 1), Zeros.Include)]);

        report.Verdict.ShouldBe(verdict, report.ToString());
        report.Rows.Single().Kinks.ShouldBe(verdict == GradientVerdict.Good ? 1 : 0);
    }

    // Gradients of 1e-14 beside values of 1: the quotient cannot see them, so it cannot say that they are right.
    [TestCase(2e-14)]
    [TestCase(3e-14)]
    public void Scalar_GradientBelowRounding_IsNotResolved(double factor)
    {
        Matrix<double> x = Some.Matrix<double>(2, 3);

        GradientCheckReport report = GradientCheck.Scalar(
            "nearly constant", [("x", x)], () => 1 + (1e-14 * x.Enumerate().Sum(v => v * v)), () => [factor * x]);

        report.Verdict.ShouldBe(GradientVerdict.NotResolved);
        report.Passed.ShouldBeFalse();
        report.ToString().ShouldContain("choose a point where the function moves more");
    }

    // A mistake that is small beside the largest gradient is a mistake all the same.
    [Test]
    public void Scalar_SmallEntryWrong_IsCaught()
    {
        Matrix<double> x = Some.Matrix<double>(2, 3);
        double[] weights = [1e6, 1e3, 1, 1e-1, 1e-2, 1e-2];

        GradientCheckReport report = GradientCheck.Scalar(
            "weighted squares",
            [("x", x)],
            () => x.Enumerate().Select((v, i) => weights[i] * v * v).Sum(),
            () => [Matrix<double>.Build.Dense(2, 3, [.. x.Enumerate().Select((v, i) => (i == 4 ? 1.9 : 2.0) * weights[i] * v)])]);

        report.Passed.ShouldBeFalse();
        (report.Rows[0].WorstRow, report.Rows[0].WorstColumn).ShouldBe((0, 2));
        report.Diagnoses.Single().Mistake.ShouldBe(GradientMistake.Unknown);
    }

    [TestCase(1e-3, GradientVerdict.Suspicious)]
    [TestCase(1e-5, GradientVerdict.Suspicious)]
    [TestCase(1e-8, GradientVerdict.Good)]
    [TestCase(0.1, GradientVerdict.Wrong)]
    public void Verdict_RelativeError_FollowsTheBands(double error, GradientVerdict verdict)
    {
        Matrix<double> x = Some.Matrix<double>(2, 3);

        GradientCheck.Scalar("squares", [("x", x)], () => x.Enumerate().Sum(v => v * v), () => [(2 + (2 * error)) * x])
            .Verdict.ShouldBe(verdict);
    }

    // A kink in one entry says nothing of its neighbours.
    [TestCase(0.0)]
    [TestCase(2.0)]
    public void Verdict_SmallErrorBesideAKink_IsSuspiciousAsWithout(double neighbour)
    {
        Matrix<double> x = Matrix<double>.Build.DenseOfArray(new[,] { { 1.0, -1, neighbour } });

        GradientCheckReport report = GradientCheck.Scalar(
            "absolute values", [("x", x)], () => x.Enumerate().Sum(Math.Abs), () => [x.Map(v => (1 + 9e-5) * Math.Sign(v))]);

        report.Verdict.ShouldBe(GradientVerdict.Suspicious);
        report.Passed.ShouldBeFalse();
    }

    // Fifteen sigmoids leave 1e-10 of a gradient beside values of 0.66: the quotient shows five digits of it.
    [Test]
    public void Verdict_WithinACoarseResolution_IsAcceptable()
    {
        Matrix<double> x = Matrix<double>.Build.DenseOfArray(new[,] { { 0.3, -0.5 } });

        GradientCheckReport report = GradientCheck.Function(SigmoidsInARow(x, 15));

        report.Verdict.ShouldBe(GradientVerdict.Acceptable, report.ToString());
        report.Passed.ShouldBeTrue();
    }

    [Test]
    public void Layer_LargeModel_SamplesEveryParameter()
    {
        var network = new Sequential<double>(
            new Linear<double>(100, 50, new Random(1)), new Sigmoid<double>(), new Linear<double>(50, 3, new Random(2)));

        GradientCheckReport report = GradientCheck.Gate(
            network, Some.Matrix<double>(4, 100), new GradientCheckOptions { EntriesPerVariable = 20 }).ThrowIfFailed();

        report.Rows.Select(row => row.EntriesChecked).ShouldBe([20, 20, 20, 20, 3]);
        report.Rows.Select(row => row.Directions).ShouldBe([4, 4, 4, 4, 0]);
        report.ToString().ShouldContain("20 of 5000 + 4 directions");
    }

    [Test]
    public void Layer_Dropout_NeedsFrozenRandomness()
    {
        var random = new Random(1);
        Matrix<double> mask = Matrix<double>.Build.Dense(4, 3);
        var dropout = new FormulaLayer(
            x =>
            {
                mask = x.Map(_ => random.NextDouble() < 0.5 ? 0.0 : 2.0);
                return x.PointwiseMultiply(mask);
            },
            (dy, x, y) => dy.PointwiseMultiply(mask));
        Matrix<double> input = Some.Matrix<double>(4, 3);

        Should.Throw<InvalidOperationException>(() => GradientCheck.Gate(dropout, input)).Message.ShouldContain("BeforeForward");
        GradientCheck.Gate(dropout, input, new GradientCheckOptions { BeforeForward = () => random = new Random(7) }).ThrowIfFailed();
    }

    [Test]
    public void Layer_OutputNotFinite_IsRefused()
    {
        Matrix<double> input = Matrix<double>.Build.Dense(1, 2, double.PositiveInfinity);

        Should.Throw<InvalidOperationException>(() => GradientCheck.Gate(new ReLU<double>(), input)).Message.ShouldContain("finite");
    }

    [Test]
    public void Layer_Float_IsCheckedThroughItsTwinInDouble()
    {
        var layer = new Sequential<float>(
            new Linear<float>(5, 4, new Random(1)), new Sigmoid<float>(), new Linear<float>(4, 2, new Random(2)));

        GradientCheckReport report = GradientCheck.Gate(
            layer,
            Some.Matrix<float>(6, 5),
            () => new Sequential<double>(new Linear<double>(5, 4, new Random(3)), new Sigmoid<double>(), new Linear<double>(4, 2, new Random(4))));

        report.ThrowIfFailed();
        report.Rows.Count.ShouldBe(10);
        report.Rows[0].WorstError.ShouldBeLessThan(1e-9);
        report.Rows[5].Variable.ShouldBe("input in float");
        report.Rows.Skip(5).ShouldAllBe(row => row.WorstError < 1e-5);
    }

    [Test]
    public void Layer_FloatUnlikeItsTwin_Fails()
    {
        GradientCheckReport report = GradientCheck.Gate(new Sigmoid<float>(), Some.Matrix<float>(2, 3), () => new ReLU<double>());

        report.Passed.ShouldBeFalse();
        report.Diagnoses.Single().Explanation.ShouldContain("twin");
        Should.Throw<ArgumentException>(() => GradientCheck.Gate(
            new Linear<float>(3, 2, new Random(1)), Some.Matrix<float>(2, 3), () => new Linear<double>(3, 2, new Random(1), bias: false)))
            .Message.ShouldContain("weight [3×2], bias [1×2]; it has weight [3×2]");
    }

    [Test]
    public void Function_BackwardOfWrongCount_IsRefused()
    {
        Matrix<double> x = Some.Matrix<double>(2, 3);

        Should.Throw<InvalidOperationException>(() => GradientCheck.Scalar("f", [("x", x)], () => x[0, 0], () => []))
            .Message.ShouldContain("one gradient for each of its variables (x [2×3]), got 0");
        Should.Throw<ArgumentException>(() => GradientCheck.Scalar("f", [], () => 0, () => []));
    }

    [Test]
    public void Options_OutOfRange_AreRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new GradientCheckOptions { Tolerance = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new GradientCheckOptions { Tolerance = double.NaN });
        Should.Throw<ArgumentOutOfRangeException>(() => new GradientCheckOptions { EntriesPerVariable = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new GradientCheckOptions { DrawnEntries = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new GradientCheckOptions { Directions = -1 });
    }

    [Test]
    public void NamedMatrix_UsesThatDiffer_AreRefused()
    {
        Should.Throw<ArgumentException>(() => new NamedMatrix<double>("y", Some.Matrix<double>(2, 2), Some.Matrix<double>(2, 2, 2)));
        Should.Throw<ArgumentException>(() => new NamedMatrix<double>("y"));
        new NamedMatrix<double>("y", Some.Matrix<double>(2, 2), Some.Matrix<double>(2, 2)).Uses.Count.ShouldBe(2);
    }

    /// <summary>The sigmoid of the sigmoid of …, entry by entry.</summary>
    internal static DifferentiableFunction<double> SigmoidsInARow(Matrix<double> x, int count)
    {
        return new DifferentiableFunction<double>(
            $"{count} sigmoids", [("x", x)], () => x.Map(v => Run(v).Value), upstream => [upstream.PointwiseMultiply(x.Map(v => Run(v).Slope))]);

        (double Value, double Slope) Run(double value)
        {
            double slope = 1;
            for (int i = 0; i < count; i++)
            {
                value = 1 / (1 + Math.Exp(-value));
                slope *= value * (1 - value);
            }

            return (value, slope);
        }
    }
}
