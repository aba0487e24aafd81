using NeuralNet.Training.Schedules;

namespace NeuralNet.Tests.Training.Schedules;

/// <summary>What holds of every schedule.</summary>
[TestFixtureSource(nameof(Fixtures))]
internal sealed class ScheduleContractTests(LearningRateSchedule schedule, string text)
{
    public static IEnumerable<TestFixtureData> Fixtures => ScheduleCatalogue.All.Select(entry => new TestFixtureData(entry.Schedule, entry.Text));

    [Test]
    public void Factor_AnyStep_IsFiniteAndNotNegative()
    {
        long[] steps = [.. Enumerable.Range(0, 300).Select(step => (long)step), 1_000_000, long.MaxValue / 2, long.MaxValue];
        steps.Select(schedule.Factor).ShouldAllBe(factor => double.IsFinite(factor) && factor >= 0);
    }

    [Test]
    public void Factor_SameStepAgain_IsTheSame()
    {
        double first = schedule.Factor(17);
        schedule.Factor(3);
        schedule.Factor(17).ShouldBe(first);
    }

    [Test]
    public void Factor_NegativeStep_IsRefused() => Should.Throw<ArgumentOutOfRangeException>(() => schedule.Factor(-1)).ParamName.ShouldBe("step");

    [Test]
    public void ToString_HasTheSettings() => schedule.ToString().ShouldBe(text);
}
