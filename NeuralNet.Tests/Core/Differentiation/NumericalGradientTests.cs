using NeuralNet.Core;
using NeuralNet.Core.Differentiation;

namespace NeuralNet.Tests.Core.Differentiation;

/// <summary>Difference quotients of functions whose derivatives are known, and that the point is afterwards where it was, to the bit.</summary>
internal sealed class NumericalGradientTests
{
    private static readonly double[] s_points = [1e-3, 0.7, 3, 1e3, -1e-6, -2.5, -4e4];

    // Each function with its derivative.
    private static readonly (string Name, Func<double, double> Of, Func<double, double> Slope)[] s_functions =
    [
        ("cube", x => x * x * x, x => 3 * x * x),
        ("sine", Math.Sin, Math.Cos),
        ("reciprocal", x => 1 / x, x => -1 / (x * x)),
        ("line", x => (7 * x) - 2, _ => 7),
        ("logistic", x => 1 / (1 + Math.Exp(-x)), x => Math.Exp(-Math.Abs(x)) / Math.Pow(1 + Math.Exp(-Math.Abs(x)), 2)),
    ];

    private static IEnumerable<TestCaseData> Cases() => s_functions.SelectMany(function => s_points.Select(at => new TestCaseData(function.Name, at)));

    [TestCaseSource(nameof(Cases))]
    public void By_AnyPoint_IsTheDerivativeWithinItsError(string name, double at)
    {
        (_, Func<double, double> of, Func<double, double> slope) = s_functions.Single(function => function.Name == name);
        var point = new Point(x => of(x[0]), at);

        foreach (DerivativeEstimate estimate in (DerivativeEstimate[])
            [point.Gradient.By(point.Variable, 0), point.Gradient.By(point.Variable, 0, slope(at)), point.Gradient.Thoroughly(point.Variable, 0, out _)])
        {
            estimate.IsKink.ShouldBeFalse();
            Math.Abs(estimate.Value - slope(at)).ShouldBeLessThanOrEqualTo(estimate.Resolution + (1e-9 * Math.Abs(slope(at))));

            // What the sine of a large number is rounded by is all that may be wide.
            estimate.Resolution.ShouldBeLessThanOrEqualTo((1e-7 * Math.Abs(slope(at))) + (1e-9 * Math.Max(1, Math.Abs(of(at))) / Math.Max(1, Math.Abs(at))));
        }

        point.ShouldBeWhereItWas();
    }

    // The longest steps reach over the pole, where quotients look surer than they are: what is in doubt is looked at thoroughly.
    [TestCase(1e-9)]
    [TestCase(-1e-12)]
    public void Thoroughly_ByAPole_IsTheDerivative(double at)
    {
        var point = new Point(x => 1 / x[0], at);

        (point.Gradient.Thoroughly(point.Variable, 0, out _).Value * at * at).ShouldBe(-1, 1e-11);
        point.ShouldBeWhereItWas();
    }

    [Test]
    public void By_Kink_HasBothSlopes()
    {
        var point = new Point(x => Math.Max(2 * x[0], -x[0]), 0.0);

        DerivativeEstimate estimate = point.Gradient.By(point.Variable, 0);

        estimate.IsKink.ShouldBeTrue();
        estimate.Left.ShouldBe(-1, 1e-9);
        estimate.Right.ShouldBe(2, 1e-9);
        point.ShouldBeWhereItWas();
    }

    [Test]
    public void By_LikelyValueMet_TakesFewerSteps()
    {
        var point = new Point(x => Math.Exp(x[0]), 1.0);
        NumericalGradient gradient = point.Gradient;
        int before = point.Calls;
        gradient.By(point.Variable, 0);
        int without = point.Calls - before;
        gradient.By(point.Variable, 0, Math.E);

        (point.Calls - before - without).ShouldBeLessThan(without);
    }

    [Test]
    public void Along_SeveralVariables_IsTheSumOfTheirShares()
    {
        var point = new Point(x => x[0] * x[1] * x[1], 3, 5);
        var line = new Movement((point.Variable, [0, 1], [2.0, -1.0]));

        point.Gradient.Along(line).Value.ShouldBe((2 * 25) - (2 * 3 * 5), 1e-8);
        point.ShouldBeWhereItWas();
    }

    [Test]
    public void Value_SeveralOutputs_IsTheSumOfTheirSizes()
    {
        Matrix<double> x = Matrices.FromRows<double>([2, -3]), upstream = Matrices.FromRows<double>([-1, 4]);

        new NumericalGradient(() => x, upstream).Value.ShouldBe(2 + 12);
    }

    [Test]
    public void Column_Cubes_AreExact()
    {
        Matrix<double> x = Matrices.FromRows<double>([2, -3]);
        var variable = new NamedMatrix<double>("x", x);
        var gradient = new NumericalGradient(() => Matrices.FromRows<double>([x[0, 0] * x[0, 0] * x[0, 0], x[0, 1] * x[0, 0], 5]), Matrix<double>.Build.Dense(1, 3, 1));

        double[] column = gradient.Column(variable, 0, 0.25);

        column[0].ShouldBe(12, 1e-12);
        column[1].ShouldBe(-3, 1e-12);
        column[2].ShouldBe(0);
        x.ShouldBe(Matrices.FromRows<double>([2, -3]));
    }

    [TestCase(0.5, 0, 63.5 / 64)]
    [TestCase(0.5, 0.4, 0.5)]
    [TestCase(20, 0, 44.0 / 64)]
    [TestCase(100, 0, 0)]
    public void Elsewhere_FlatHere_IsTheSteepestSlopeOnEitherSide(double edge, double enough, double expected)
    {
        var right = new Point(x => Math.Max(0, x[0] - edge), 0.0);
        var left = new Point(x => Math.Max(0, -x[0] - edge), 0.0);

        right.Gradient.Elsewhere(right.Variable, 0, enough == 0 ? double.PositiveInfinity : enough).ShouldBe(expected, 1e-12);
        left.Gradient.Elsewhere(left.Variable, 0, enough == 0 ? double.PositiveInfinity : enough).ShouldBe(expected, 1e-12);
        right.ShouldBeWhereItWas();
    }

    [Test]
    public void Elsewhere_SteepFunction_IsAtMostTheUpstreamOfWhatMoves()
    {
        Matrix<double> x = Matrices.FromRows<double>([0]);
        var gradient = new NumericalGradient(() => Matrices.FromRows<double>([50 * x[0, 0], 3, 1 / Math.Max(0, x[0, 0])]), Matrices.FromRows<double>([-2, 9, 1]));

        // The third is infinite at the point, and no number then.
        gradient.Elsewhere(new NamedMatrix<double>("x", x), 0, double.PositiveInfinity).ShouldBe(2);
    }

    [Test]
    public void OrdinaryValue_DeadPoint_IsTheLargestOfTheMirrored()
    {
        Matrix<double> x = Matrices.FromRows<double>([-3]), y = Matrices.FromRows<double>([-4]);
        NamedMatrix<double>[] variables = [new("x", x), new("y", y)];
        static double Relu(double v) => Math.Max(0, v);
        NumericalGradient Of(Func<double> f) => new(() => Matrices.FromRows<double>([f()]), Matrices.FromRows<double>([-2]));

        Of(() => Relu(x[0, 0]) * Relu(y[0, 0])).OrdinaryValue(variables).ShouldBe(24);
        Of(() => Relu(y[0, 0]) * Relu(-x[0, 0])).OrdinaryValue(variables).ShouldBe(24);
        Of(() => Relu(x[0, 0]) * 5).OrdinaryValue([variables[0]]).ShouldBe(30);
        x[0, 0].ShouldBe(-3);
        y[0, 0].ShouldBe(-4);
    }

    [Test]
    public void Thoroughly_GranularFunction_SeesTheSmallestChange()
    {
        var point = new Point(x => Math.Round(x[0] * 1000) / 1000, 0.3002);

        DerivativeEstimate estimate = point.Gradient.Thoroughly(point.Variable, 0, out double granularity);

        granularity.ShouldBe(0.001, 1e-12);
        Math.Abs(estimate.Value - 1).ShouldBeLessThanOrEqualTo(estimate.Resolution);
        point.ShouldBeWhereItWas();
    }

    [Test]
    public void Thoroughly_NarrowFeature_CountsAboveWhatIsSeenFromAfar()
    {
        // A steep ramp of a width of 1e-5 in a flat slope of 1.
        var point = new Point(x => x[0] + (1e-4 * Math.Tanh(1e5 * x[0])), 0.0);

        point.Gradient.Thoroughly(point.Variable, 0, out _).Value.ShouldBe(11, 1e-5);
        point.Gradient.By(point.Variable, 0, 11).Value.ShouldBe(11, 1e-4);
    }

    [TestCase(0.25)]
    [TestCase(-3.0)]
    [TestCase(1e6)]
    public void Movement_OfOneEntry_IsAtItsValueAndKnowsHowFarItMoves(double at)
    {
        var variable = new NamedMatrix<double>("x", Matrices.FromRows<double>([1, at]));
        var line = new Movement(variable, 1);

        line.At.ShouldBe(at);
        line.Width(1e-11).ShouldBe(at + 1e-11 - (at - 1e-11));
        new Movement((variable, [1], [2.0])).Width(1e-11).ShouldBe(2e-11);
        line.To(0.5);
        variable[1].ShouldBe(at + 0.5);
        variable[0].ShouldBe(1);
        line.To(0);
        variable[1].ShouldBe(at);
    }

    [Test]
    public void Movement_OfSeveralEntries_IsAtTheRootOfTheirMeanSquare()
    {
        NamedMatrix<double> x = new("x", Matrices.FromRows<double>([3, -4])), y = new("y", Matrices.FromRows<double>([-0.0]));
        var line = new Movement((x, [0, 1], [1.0, 2.0]), (y, [0], [1.0]));

        line.At.ShouldBe(Math.Sqrt(25.0 / 3), 1e-15);
        line.Width(0.25).ShouldBe(0.5);
        line.To(2);
        (x[0], x[1], y[0]).ShouldBe((5, 0, 2));
        line.To(0);
        (x[0], x[1], double.IsNegative(y[0])).ShouldBe((3, -4, true));
    }

    // A function of a row of numbers, and how often it was asked.
    private sealed class Point
    {
        private readonly double[] _at;
        private readonly Matrix<double> _x;

        public Point(Func<double[], double> of, params double[] at)
        {
            (_at, _x) = (at, Matrices.FromRows<double>(at));
            Variable = new NamedMatrix<double>("x", _x);
            Gradient = new NumericalGradient(() =>
            {
                Calls++;
                return Matrices.FromRows<double>([of(_x.AsSpan().ToArray())]);
            }, Matrices.FromRows<double>([1]));
        }

        public NamedMatrix<double> Variable { get; }

        public NumericalGradient Gradient { get; }

        public int Calls { get; private set; }

        public void ShouldBeWhereItWas() => _x.AsSpan().ToArray().ShouldBe(_at);
    }
}
