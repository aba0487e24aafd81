using NeuralNet.Core;
using NeuralNet.Core.Differentiation;

namespace NeuralNet.Tests.Core.Differentiation;

/// <summary>All quotients of a place, given one by one, and how far a numerical gradient goes.</summary>
internal sealed class ThoroughSweepTests
{
    [Test]
    public void Best_ThreeQuotients_AreExtrapolatedTwice()
    {
        double[] quotients = [7, 5 + 0.0625 + 0.00390625, 5 + 0.00390625 + 0.0000152587890625];
        double before = quotients[1] + ((quotients[1] - quotients[0]) / 15), one = quotients[2] + ((quotients[2] - quotients[1]) / 15);

        DerivativeEstimate best = Swept(quotients).Best();

        best.Value.ShouldBe(5, 1e-14);
        best.Error.ShouldBe(Math.Abs(one - before), 1e-14);
        (best.Rounding, best.Step, best.IsKink).ShouldBe((0, 0.0625, false));
    }

    // What was seen outside the domain does not count.
    [Test]
    public void Add_NotFinite_StartsAnew()
    {
        double[] quotients = [5, 5.125, 4.9375, 5.0625, 5];
        ThoroughSweep fresh = Swept(quotients), after = new();
        after.Add(64, 1, new Slopes(3, 3, 3, 0, 1e-9));
        after.Add(16, 1, new Slopes(3, 3, 3, 0, 1e-9));
        after.Add(4, 1, new Slopes(double.NaN, double.NaN, double.NaN, 0, 0));
        after.Granularity.ShouldBe(0);
        Add(after, quotients);

        (after.Best().Value, after.Best().Error, after.Best().Rounding, after.Best().Step)
            .ShouldBe((fresh.Best().Value, fresh.Best().Error, fresh.Best().Rounding, fresh.Best().Step));
        after.Granularity.ShouldBe(0.5);
    }

    // From the seventh quotient on, where rounding is 64 times as large as the last two.
    [TestCase(1, 1, 65, true)]
    [TestCase(1, 1, 63, false)]
    [TestCase(10, 0.1, 65, false)]
    [TestCase(0.1, 10, 65, false)]
    [TestCase(-1, -1, 65, true)]
    public void IsOver_RoundingAboveTheQuotients_IsFromTheSeventh(double before, double last, double rounding, bool isOver)
    {
        var sweep = new ThoroughSweep();
        for (int i = 0; i < 7; i++)
        {
            sweep.IsOver.ShouldBeFalse();
            double quotient = i == 6 ? last : before;
            sweep.Add(Math.ScaleB(1, -2 * i), 1, new Slopes(quotient, quotient, quotient, rounding, 1));
        }

        sweep.IsOver.ShouldBe(isOver);
    }

    [Test]
    public void IsOver_AtAKink_IsFromTheFifth()
    {
        var sweep = new ThoroughSweep();
        for (int i = 0; i < 5; i++)
        {
            sweep.IsOver.ShouldBeFalse();
            sweep.Add(Math.ScaleB(1, -14 - (2 * i)), 1, new Slopes(-1, 1, 0, 0, 0));
        }

        sweep.IsOver.ShouldBeTrue();
        (sweep.Best().IsKink, sweep.Best().Left, sweep.Best().Right).ShouldBe((true, -1, 1));
    }

    [Test]
    public void By_Line_TakesThreeStepsAndNoMore()
    {
        List<double> points = [];
        Matrix<double> x = Matrices.FromRows<double>([1]);
        NumericalGradient gradient = Of(() =>
        {
            points.Add(x[0, 0]);
            return Matrices.FromRows<double>([(7 * x[0, 0]) - 2]);
        });

        gradient.By(new NamedMatrix<double>("x", x), 0).Value.ShouldBe(7);

        points.Select(point => point - 1).ShouldBe([0, 1.0 / 128, -1.0 / 128, 1.0 / 512, -1.0 / 512, 1.0 / 2048, -1.0 / 2048]);
    }

    // Where no step is finite, all are tried: to 2⁻³³.
    [Test]
    public void By_NowhereFinite_TakesTheShortestStep()
    {
        double nearest = 1;
        Matrix<double> x = Matrices.FromRows<double>([1]);
        NumericalGradient gradient = Of(() =>
        {
            nearest = x[0, 0] == 1 ? nearest : Math.Min(nearest, Math.Abs(x[0, 0] - 1));
            return Matrices.FromRows<double>([x[0, 0] == 1 ? 0 : double.NaN]);
        });

        double.IsNaN(gradient.By(new NamedMatrix<double>("x", x), 0).Value).ShouldBeTrue();

        nearest.ShouldBe(Math.ScaleB(1, -33));
    }

    // What does not move has no rounding, unless nothing does: then it may hide behind the largest, 4ε·100 over the second step's width.
    [Test]
    public void By_OutputsThatDoNotMove_RoundOnlyIfNoneMoves()
    {
        Matrix<double> x = Matrices.FromRows<double>([1]), upstream = Matrices.FromRows<double>([1, 1, 1]);
        NamedMatrix<double> variable = new("x", x);
        var one = new NumericalGradient(() => Matrices.FromRows<double>([x[0, 0], 1e6, 3]), upstream);
        var none = new NumericalGradient(() => Matrices.FromRows<double>([7, 100, 3]), upstream);

        one.By(variable, 0).Rounding.ShouldBeLessThan(1e-12);
        none.By(variable, 0).Rounding.ShouldBe(4 * Math.ScaleB(1, -52) * 100 * 256, 1e-20);
    }

    [Test]
    public void Value_OutputsThatAreInfinite_DoNotCount() =>
        new NumericalGradient(() => Matrices.FromRows<double>([2, double.NegativeInfinity, double.NaN]), Matrices.FromRows<double>([3, 1, 1])).Value.ShouldBe(6);

    // Half of 1 at a distance of 1 is enough; more would be found at 64.
    [Test]
    public void Elsewhere_AsMuchAsWanted_IsEnough()
    {
        Matrix<double> x = Matrices.FromRows<double>([0]);

        Of(() => Matrices.FromRows<double>([Math.Max(0, x[0, 0] - 0.5)])).Elsewhere(new NamedMatrix<double>("x", x), 0, 0.5).ShouldBe(0.5);
    }

    private static NumericalGradient Of(Func<Matrix<double>> forward) => new(forward, Matrices.FromRows<double>([1]));

    private static ThoroughSweep Swept(double[] quotients)
    {
        var sweep = new ThoroughSweep();
        Add(sweep, quotients);
        return sweep;
    }

    // Steps 1, 1/4, 1/16, …; each changes the function by a half.
    private static void Add(ThoroughSweep sweep, double[] quotients)
    {
        for (int i = 0; i < quotients.Length; i++)
        {
            sweep.Add(Math.ScaleB(1, -2 * i), 1, new Slopes(quotients[i], quotients[i], quotients[i], 0, 0.5));
        }
    }
}
