using NeuralNet.Training.Schedules;

namespace NeuralNet.Tests.Training.Schedules;

internal sealed class LearningRateScheduleTests
{
    private static IEnumerable<TestCaseData> Catalogue()
    {
        yield return new TestCaseData(new ConstantRate(), 1000L, 1.0);
        yield return new TestCaseData(new StepDecay(10), 9L, 1.0);
        yield return new TestCaseData(new StepDecay(10), 25L, 0.25);
        yield return new TestCaseData(new ExponentialDecay(0.9), 2L, 0.81);
        yield return new TestCaseData(new InverseTimeDecay(0.5), 6L, 0.25);
    }

    [TestCaseSource(nameof(Catalogue))]
    public void Factor_AtAStep_IsTheFormulas(LearningRateSchedule schedule, long step, double expected)
    {
        schedule.Factor(0).ShouldBe(1);
        schedule.Factor(step).ShouldBe(expected, 1e-15);
    }

    [Test]
    public void Constructor_BadSettings_AreRefusedByName()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new StepDecay(0)).ParamName.ShouldBe("every");
        Should.Throw<ArgumentOutOfRangeException>(() => new StepDecay(1, 1.5)).ParamName.ShouldBe("gamma");
        Should.Throw<ArgumentOutOfRangeException>(() => new ExponentialDecay(-0.1)).ParamName.ShouldBe("gamma");
        Should.Throw<ArgumentOutOfRangeException>(() => new InverseTimeDecay(double.NaN)).ParamName.ShouldBe("rate");
    }
}
