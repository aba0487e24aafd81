using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Evidence;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Formulas;

namespace NeuralNet.Tests.Core.GradientChecking;

/// <summary>A gradient along directions whose speeds are drawn as each test wants them. Of each variable only the last entry is compared by itself.</summary>
internal sealed class DirectionCheckTests
{
    // (1 − e^(−½), 0) is the pair of speeds (1, 0) by Box and Muller, an eighth of a turn further both are √½.
    private static readonly double[] Diagonal = [1 - Math.Exp(-0.5), 0.125];

    [Test]
    public void Run_UniformNumbers_BecomeNormalSpeeds()
    {
        var line = new Line(Row(0, 0), x => x[0] + (2 * x[1]), Row(1, 2), [0.5, 0.3]);
        line.Points.Clear();

        line.Check.Run(1).ShouldBeTrue();

        // The first step is 2⁻¹³: the radius is √(2 ln 2), the angle 0.3 of a turn.
        double[] speeds = [.. line.Points[0].Select(x => x * 8192)];
        speeds[0].ShouldBe(Math.Sqrt(2 * Math.Log(2)) * Math.Cos(0.6 * Math.PI), 1e-12);
        speeds[1].ShouldBe(Math.Sqrt(2 * Math.Log(2)) * Math.Sin(0.6 * Math.PI), 1e-12);
    }

    // A tenth of the tolerance is told apart; k directions see 0.8 of that over the k-th root of 1e-3.
    [TestCase(1, 0.8e-5 / 1e-3)]
    [TestCase(2, 0.8e-5 / 0.0316227766)]
    [TestCase(3, 0.8e-5 / 0.1)]
    public void Run_RightGradient_TellsWhatItSees(int count, double seen)
    {
        var line = new Line(Row(0.5, -2), x => (x[0] * x[0]) + (3 * x[1]), Row(1, 3), Diagonal, tolerance: 1e-4);

        line.Check.Run(count).ShouldBeTrue();

        line.Check.Directions.ShouldBe(count);
        line.Check.SmallestSeen.ShouldBe(seen, 1e-6 * seen);
        line.Entries.ShouldBe([1]);
    }

    [Test]
    public void Run_WrongEntries_AreAllNamed()
    {
        var line = new Line(Row(1, 2, 3, 4, 5), x => x[0] + x[1] + x[2] + x[3] + x[4], Row(1, 1, 2, -3, 1), [0.3, 0.2, 0.6, 0.9, 0.4, 0.7]);

        line.Check.Run(4).ShouldBeFalse();

        line.Entries.ShouldBe([4, 2, 3], ignoreOrder: true);
    }

    // Each half is off by 0.8 of what is seen; both together, √2 times as much.
    [Test]
    public void Run_ErrorThatNoHalfShows_IsLeft()
    {
        var line = new Line(Row(1, 2, 3), x => x[0] + x[1] + (0 * x[2]), Row(1 + 0.8e-5, 1 + 0.8e-5, 0), [.. Diagonal, 1e-300, 0], tolerance: 1e-4);

        line.Check.Run(1).ShouldBeTrue();

        line.Entries.ShouldBe([2]);
    }

    // f = s·|x₀| + s·x₁: at the kink any slope from −s to s will do.
    [TestCase(0, true, 1)]
    [TestCase(1, true, 1)]
    [TestCase(-1, true, 1)]
    [TestCase(1.5, false, 1)]
    [TestCase(-1.5, false, 1)]
    [TestCase(1.5, false, 1e-3)]
    [TestCase(-1.5, false, 1e-3)]
    [TestCase(1 + 1e-6, true, 1e6)]
    public void Run_AcrossAKink_WantsASlopeBetweenItsSides(double share, bool isRight, double scale)
    {
        var line = new Line(Row(0, 1), x => scale * (Math.Abs(x[0]) + x[1]), Row(scale * share, scale), Diagonal);

        line.Check.Run(1).ShouldBe(isRight);

        line.Check.Directions.ShouldBe(0);
        line.IsComplete.ShouldBe(!isRight);
    }

    // Unit speeds leave the domain of ln x at 1e-13; those in proportion to each entry do not, and 0 moves as the smallest.
    [TestCase(1, 1e12, true)]
    [TestCase(1.5, 1e12, false)]
    [TestCase(1, 1.5e12, false)]
    public void Run_EntriesOfDifferentScale_MoveInProportion(double ofLargest, double ofZero, bool isRight)
    {
        var line = new Line(
            Row(1e-13, 0, 1, 0.5), x => Math.Log(x[0]) + Math.Tanh(1e12 * x[1]) + x[2] + x[3], Row(1e13, ofZero, ofLargest, 1), [0.3, 0.15, 0.6, 0.1]);

        line.Check.Run(1).ShouldBe(isRight);

        line.Check.Directions.ShouldBe(isRight ? 1 : 0);
        line.Check.SmallestSeen.ShouldBe(isRight ? 0.8e-8 / 1e-3 : 0, 1e-9);
    }

    [Test]
    public void Run_Constant_TellsThatNothingMoves()
    {
        var five = new Line(Row(1, 2, 3), _ => 5, Row(0, 0, 0), Diagonal);
        var zero = new Line(Row(1, 2, 3), _ => 0, Row(0, 0, 0), Diagonal);

        five.Check.Run(2).ShouldBeTrue();
        zero.Check.Run(2).ShouldBeTrue();

        (five.Check.Directions, zero.Check.Directions).ShouldBe((2, 2));
        (five.IsComplete, zero.IsComplete).ShouldBe((false, false));
        zero.Entries.ShouldBe([2]);
    }

    // What entries of 1e6 are rounded by as they move, 2ε·√Σ(g·x)² over the step, which is 64 at most there.
    [Test]
    public void Run_LargeEntries_CountTheirOwnRounding()
    {
        var line = new Line(Row(1e6, 1e6), x => x[0] - x[1], Row(1, -1), [1 - Math.Exp(-0.5), 0.375], tolerance: 1e-14);

        line.Check.Run(1).ShouldBeTrue();

        double rounding = 2 * Math.Pow(2, -52) * 1e6 * Math.Sqrt(2) / 64;
        line.Check.SmallestSeen.ShouldBeGreaterThanOrEqualTo(0.8 * rounding / 1e-3);
    }

    // A function of one row, its gradient as it is given, and the check with speeds from a list of uniform numbers, again and again.
    private sealed class Line
    {
        private readonly VariableComparison _comparison;

        public Line(Matrix<double> x, Func<double[], double> f, Matrix<double> gradient, double[] uniform, double tolerance = 1e-7)
        {
            NamedMatrix<double> variable = new("x", x);
            var numerical = new NumericalGradient(
                () =>
                {
                    Points.Add(x.AsSpan().ToArray());
                    return Scalar(f(x.AsSpan().ToArray()));
                },
                Rows([1]));
            _comparison = new VariableComparison(variable, [variable.Count - 1], new FunctionSize([variable], 1), numerical, tolerance);
            _comparison.Compare(gradient);
            Check = new DirectionCheck(_comparison, gradient, numerical, new Listed(uniform), tolerance);
        }

        public DirectionCheck Check { get; }

        public List<double[]> Points { get; } = [];

        public bool IsComplete => _comparison.IsComplete;

        public int[] Entries => _comparison.Smooth().Entries;
    }

    private sealed class Listed(double[] numbers) : Random
    {
        private int _next;

        public override double NextDouble() => numbers[_next++ % numbers.Length];
    }
}
