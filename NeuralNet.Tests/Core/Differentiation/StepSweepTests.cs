using NeuralNet.Core.Differentiation;

namespace NeuralNet.Tests.Core.Differentiation;

/// <summary>Quotients of steps that shrink by four, given one by one: what is extrapolated from them, and when they are enough.</summary>
internal sealed class StepSweepTests
{
    // a ± h.
    [Test]
    public void Add_SidesWithABend_AreExtrapolatedAway()
    {
        StepSweep sweep = Swept((1, 5, 6, 4), (0.25, 5, 5.25, 4.75), (0.0625, 5, 5.0625, 4.9375));

        (sweep.Best.Value, sweep.Best.Left, sweep.Best.Right, sweep.Best.Step).ShouldBe((5, 5, 5, 0.0625));
    }

    // a + h²: the second extrapolation agrees with the first, at both steps.
    [Test]
    public void Add_ExtrapolationsThatAgree_LeaveNoError()
    {
        StepSweep sweep = Swept((1, 6, 6, 6), (0.25, 5.0625, 5.0625, 5.0625), (0.0625, 5.00390625, 5.00390625, 5.00390625));

        (sweep.Best.Value, sweep.Best.Error, sweep.Best.IsKink, sweep.IsSettled).ShouldBe((5, 0, false, true));
    }

    [Test]
    public void Best_OneQuotient_IsNoDerivativeButHasItsSides()
    {
        StepSweep sweep = Swept((1, 4, 3, 5));

        (sweep.Best.Step, sweep.Best.IsKink, sweep.Best.Left, sweep.Best.Right).ShouldBe((0, true, 3, 5));
        double.IsNaN(sweep.Best.Value).ShouldBeTrue();
    }

    // Beyond the domain all is forgotten, but the sides as they were last.
    [Test]
    public void Add_NotFinite_StartsAnew()
    {
        StepSweep sweep = Swept((1, 4, 4, 4), (0.25, 4, 4, 4), (0.0625, double.NaN, double.NaN, 7));

        (sweep.Best.Step, double.IsNaN(sweep.Best.Value), sweep.IsSettled, sweep.Best.Right).ShouldBe((0, true, false, 8));
        sweep.Add(1.0 / 64, 9, 9, 9, 0);
        sweep.Best.Step.ShouldBe(0);
        sweep.Add(1.0 / 256, 9, 9, 9, 0);
        sweep.Best.Value.ShouldBe(9);
        sweep.IsSettled.ShouldBeFalse();
    }

    // Slopes that grow from step to step, at any scale, are none.
    [TestCase(1)]
    [TestCase(1e-4)]
    [TestCase(1e4)]
    public void Add_SidesThatGrow_HaveNoSlope(double scale)
    {
        StepSweep sweep = Swept((1, 0, -scale, scale), (0.25, 0, -2 * scale, 2 * scale), (0.0625, 0, -4 * scale, 4 * scale));

        (double.IsNaN(sweep.Best.Left), double.IsNaN(sweep.Best.Right)).ShouldBe((true, true));
    }

    // 1e-11 of the value.
    [TestCase(1e-6, 1e-12, false)]
    [TestCase(1e-6, 1e-18, true)]
    [TestCase(1e6, 1e-6, true)]
    [TestCase(1e6, 1e-4, false)]
    public void IsSettled_QuotientsThatScatter_IsByTheirValue(double value, double scatter, bool isSettled) =>
        Swept((1, value, value, value), (0.25, value + scatter, value, value), (0.0625, value - scatter, value, value)).IsSettled.ShouldBe(isSettled);

    // A kink stays: four quotients in a row at 2⁻²⁰ of the size are at the point itself; a bend goes.
    [TestCase(1.0, -20, true)]
    [TestCase(1.0, -19, false)]
    [TestCase(3.0, -19, true)]
    [TestCase(0.0, -25, true)]
    [TestCase(0.0, -24, false)]
    public void IsKinkAt_SidesThatStayApart_IsFromAShortStep(double at, int exponent, bool isKink)
    {
        StepSweep sweep = Swept((1, 0, -1, 1), (0.25, 0, -1, 1), (0.0625, 0, -1, 1), (1.0 / 64, 0, -1, 1));
        (sweep.IsBending, sweep.IsKinkAt(1e-30, at)).ShouldBe((true, false));

        sweep.Add(1.0 / 256, -1, 1, 0, 0);

        sweep.IsKinkAt(Math.ScaleB(1, exponent), at).ShouldBe(isKink);
        sweep.Add(1.0 / 1024, -0.25, 0.25, 0, 0);
        sweep.IsBending.ShouldBeFalse();
    }

    // 2⁻⁷ of the size, or of 1, and a quarter of that each time.
    [TestCase(0, 1.0, -7)]
    [TestCase(0, 1e-9, -7)]
    [TestCase(2, 5.0, -9)]
    [TestCase(-3, 0.0, -1)]
    [TestCase(0, double.PositiveInfinity, -7)]
    public void Step_OfANumber_IsAPowerOfTwo(int number, double at, int exponent) => StepSweep.Step(number, at).ShouldBe(Math.ScaleB(1, exponent));

    // 2⁻³³ of the size, where that is below 1, and 2⁻⁶⁵ at 0.
    [TestCase(1.0, -33)]
    [TestCase(100.0, -27)]
    [TestCase(0.25, -35)]
    [TestCase(0.0, -65)]
    [TestCase(double.PositiveInfinity, -33)]
    public void LastStep_OfAValue_IsTheShortest(double at, int exponent) => StepSweep.Step(StepSweep.LastStep(at), at).ShouldBe(Math.ScaleB(1, exponent));

    private static StepSweep Swept(params (double Step, double Quotient, double Left, double Right)[] quotients)
    {
        var sweep = new StepSweep();
        sweep.Clear();
        foreach ((double step, double quotient, double left, double right) in quotients)
        {
            sweep.Add(step, left, right, quotient, 0);
        }

        return sweep;
    }
}
