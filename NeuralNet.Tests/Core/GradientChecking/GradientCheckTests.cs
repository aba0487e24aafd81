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
        Matrix<double> input = Matrix<double>.Build.DenseOfArray(new[,] { { 1.0, 0, -3, 1e-12 } });
        GradientCheckReport report = GradientCheck.Gate(new ReLU<double>(), input).ThrowIfFailed();
        report.Rows.Single().Kinks.ShouldBe(2);
        report.Rows.Single().EntriesChecked.ShouldBe(2);
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

    // √x at the border of its domain: no quotient is finite.
    [Test]
    public void Scalar_BorderOfDomain_IsSetAside()
    {
        Matrix<double> x = Matrix<double>.Build.DenseOfArray(new[,] { { 0.0, 1e-4, 1, 100 } });

        GradientCheckReport report = GradientCheck.Scalar(
            "sum of roots", [("x", x)], () => x.Enumerate().Sum(Math.Sqrt), () => [x.Map(v => 0.5 / Math.Sqrt(v))]);

        report.ThrowIfFailed().Rows.Single().Kinks.ShouldBe(1);
    }

    // Gradients of 1e-14 beside values of 1: the quotient cannot see them, and that is no mistake.
    [Test]
    public void Scalar_GradientBelowRounding_IsGood()
    {
        Matrix<double> x = Some.Matrix<double>(2, 3);

        GradientCheck.Scalar(
            "nearly constant", [("x", x)], () => 1 + (1e-14 * x.Enumerate().Sum(v => v * v)), () => [2e-14 * x]).ThrowIfFailed();
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

    // Between 1e-7 and 1e-4 it depends on whether the function has kinks.
    [Test]
    public void Verdict_SmallErrorBesideKinks_IsAcceptable()
    {
        Matrix<double> x = Matrix<double>.Build.DenseOfArray(new[,] { { 0.0, 1, -2 } });

        GradientCheckReport report = GradientCheck.Scalar(
            "absolute values", [("x", x)], () => x.Enumerate().Sum(Math.Abs), () => [x.Map(v => (1 + 1e-5) * Math.Sign(v))]);

        report.Verdict.ShouldBe(GradientVerdict.Acceptable);
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
        report.ToString().ShouldContain("20 of 5000");
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
    }

    [Test]
    public void NamedMatrix_UsesThatDiffer_AreRefused()
    {
        Should.Throw<ArgumentException>(() => new NamedMatrix<double>("y", Some.Matrix<double>(2, 2), Some.Matrix<double>(2, 2, 2)));
        Should.Throw<ArgumentException>(() => new NamedMatrix<double>("y"));
        new NamedMatrix<double>("y", Some.Matrix<double>(2, 2), Some.Matrix<double>(2, 2)).Uses.Count.ShouldBe(2);
    }
}
