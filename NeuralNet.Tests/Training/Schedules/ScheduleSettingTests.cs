using NeuralNet.Training.Schedules;

namespace NeuralNet.Tests.Training.Schedules;

/// <summary>The ends of schedules and of their settings.</summary>
internal sealed class ScheduleSettingTests
{
    private static LearningRateSchedule[] All =>
    [
        new CosineAnnealing(1), new CosineRestarts(1), new CosineRestarts(1, int.MaxValue), new LinearDecay(1), new LinearWarmup(1), new OneCycle(1), new OneCycle(7, 0), new OneCycle(7, 1),
        new OneCycle(4, 0.25), new ReduceOnPlateau(), new ConstantRate().Then(1, new LinearDecay(3)), new LinearDecay(2).Times(new LinearWarmup(2)),
    ];

    [Test]
    public void Factor_AnyStep_IsFromZeroToOne()
    {
        foreach (LearningRateSchedule schedule in All)
        {
            for (long step = 0; step < 20; step++)
            {
                schedule.Factor(step).ShouldBeInRange(0, 1 + 1e-15, $"{schedule.GetType().Name} at {step}");
            }

            schedule.Factor(long.MaxValue).ShouldBeInRange(0, 1);
            Refused(() => schedule.Factor(-1), "step");
        }
    }

    // Cosines of 10, 20 and 40 steps; half way down each is at (1 + 0.25)/2.
    [TestCase(0, 1)]
    [TestCase(5, 0.625)]
    [TestCase(10, 1)]
    [TestCase(20, 0.625)]
    [TestCase(30, 1)]
    [TestCase(50, 0.625)]
    [TestCase(70, 1)]
    public void Factor_RestartsThatGrow_BeginAgainAtOne(long step, double expected) => new CosineRestarts(10, growth: 2, minimum: 0.25).Factor(step).ShouldBe(expected, 1e-15);

    [Test]
    public void Factor_AfterTheLastStep_StaysAsItIs()
    {
        new CosineAnnealing(10, 0.1).Factor(1000).ShouldBe(0.1);
        new LinearDecay(10, 0.1).Factor(1000).ShouldBe(0.1, 1e-16);
        new LinearWarmup(10).Factor(1000).ShouldBe(1);
        new OneCycle(10).Factor(9).ShouldBe(1 / 25.0 / 1e4);
        new OneCycle(10).Factor(1000).ShouldBe(1 / 25.0 / 1e4);
        new OneCycle(10, warmup: 1).Factor(9).ShouldBe(1);
        // The rise of one step ends where it begins.
        new OneCycle(4, warmup: 0.25).Factor(0).ShouldBe(1);
    }

    [Test]
    public void Then_OfThree_ChangesAtTheStepsGiven()
    {
        LearningRateSchedule all = new ConstantRate().Then(2, new ExponentialDecay(0.5)).Then(5, new LinearDecay(4));
        Enumerable.Range(0, 10).Select(step => all.Factor(step)).ShouldBe([1, 1, 1, 0.5, 0.25, 1, 0.75, 0.5, 0.25, 0]);
    }

    [Test]
    public void Constructor_NoSteps_IsRefused()
    {
        Refused(() => new CosineAnnealing(0), "steps");
        Refused(() => new CosineRestarts(0), "steps");
        Refused(() => new CosineRestarts(1, 0), "growth");
        Refused(() => new LinearDecay(0), "steps");
        Refused(() => new LinearWarmup(0), "steps");
        Refused(() => new OneCycle(0), "steps");
        Refused(() => new ConstantRate().Then(0, new ConstantRate()), "steps");
        Should.Throw<ArgumentNullException>(() => new ConstantRate().Then(1, null!)).ParamName.ShouldBe("next");
        Should.Throw<ArgumentNullException>(() => new ConstantRate().Times(null!)).ParamName.ShouldBe("second");
        Refused(() => new ReduceOnPlateau(patience: -1), "patience");
        Refused(() => new ReduceOnPlateau(cooldown: -1), "cooldown");
    }

    [Test]
    public void Constructor_FractionOutside_IsRefusedByName()
    {
        foreach (double value in (ReadOnlySpan<double>)[-double.Epsilon, Math.BitIncrement(1.0), double.NaN])
        {
            Refused(() => new CosineAnnealing(1, value), "minimum");
            Refused(() => new CosineRestarts(1, minimum: value), "minimum");
            Refused(() => new LinearDecay(1, value), "minimum");
            Refused(() => new LinearWarmup(1, value), "start");
            Refused(() => new OneCycle(1, value), "warmup");
            Refused(() => new ReduceOnPlateau(value), "factor");
            Refused(() => new ReduceOnPlateau(threshold: value), "threshold");
            Refused(() => new ReduceOnPlateau(minimum: value), "minimum");
        }

        foreach (double value in (ReadOnlySpan<double>)[Math.BitDecrement(1.0), double.NaN, double.PositiveInfinity])
        {
            Refused(() => new OneCycle(1, divisor: value), "divisor");
            Refused(() => new OneCycle(1, finalDivisor: value), "finalDivisor");
        }

        new OneCycle(5, divisor: 1, finalDivisor: 1).Factor(4).ShouldBe(1);
    }

    [Test]
    public void ReduceOnPlateau_StateSet_GoesOnAsTheOther()
    {
        var first = new ReduceOnPlateau(factor: 0.5, patience: 1, cooldown: 1);
        foreach (double value in (ReadOnlySpan<double>)[3, 3, 3, 3])
        {
            first.Report(value);
        }

        var second = new ReduceOnPlateau(factor: 0.5, patience: 1, cooldown: 1) { State = first.State };
        first.State.ShouldBe(new PlateauState(0.5, 3, 0, 0));
        foreach (double value in (ReadOnlySpan<double>)[3, 2, 2, 2])
        {
            first.Report(value);
            second.Report(value);
            second.State.ShouldBe(first.State);
        }

        first.Factor(0).ShouldBe(0.25);
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void ReduceOnPlateau_ReportNotFinite_IsRefusedAndChangesNothing(double value)
    {
        var plateau = new ReduceOnPlateau();
        Refused(
            () =>
            {
                plateau.Report(value);
                return plateau;
            },
            "value");
        plateau.State.ShouldBe(new PlateauState(1, null, 0, 0));
    }

    [Test]
    public void ReduceOnPlateau_StateThatCannotBe_IsRefused()
    {
        var plateau = new ReduceOnPlateau();
        Refused(() => plateau.State = new PlateauState(2, null, 0, 0), "Factor");
        Refused(() => plateau.State = new PlateauState(1, double.NaN, 0, 0), "Best");
        Refused(() => plateau.State = new PlateauState(1, null, -1, 0), "BadReports");
        Refused(() => plateau.State = new PlateauState(1, null, 0, -1), "CooldownLeft");
    }

    // Negative losses, as of likelihoods: −2.1 is better than −2 by 5 %, −2.0001 is not by 1 %.
    [Test]
    public void ReduceOnPlateau_NegativeBest_AsksForMoreOfItsMagnitude()
    {
        var plateau = new ReduceOnPlateau(patience: 0, threshold: 0.01);
        plateau.Report(-2);
        plateau.Report(-2.1);
        plateau.State.Factor.ShouldBe(1);
        plateau.Report(-2.1001);
        plateau.State.Factor.ShouldBe(0.1);
    }

    private static void Refused(Func<object> action, string name) =>
        Should.Throw<ArgumentOutOfRangeException>(() => { action(); }).ParamName.ShouldEndWith(name);
}
