using NeuralNet.Tests.Support;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Tests.Training.Schedules;

/// <summary>Schedules against those of PyTorch 1.13 (Reference/schedules.py), step by step.</summary>
internal sealed class ScheduleReferenceTests
{
    private static readonly IReadOnlyDictionary<string, double[]> Figures = ReferenceFile.Read("schedules.txt");

    private static readonly double[] Losses =
    [
        5, 4, 4.2, 3.9, 3.8996, 3.95, 3.8997, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3.2, 3.1, 3, 2.9999, 2.5, 2.6, 2.6, 2.6, 2.6, 2.6, 2.6, 2.6, 2.6,
    ];

    private static IEnumerable<TestCaseData> Schedules() =>
    [
        Case("cosine", new CosineAnnealing(10, 0.1)),
        Case("restarts", new CosineRestarts(5, minimum: 0.1)),
        Case("growing restarts", new CosineRestarts(3, growth: 2)),
        Case("decay", new LinearDecay(8, 0.25)),
        Case("warm-up", new LinearWarmup(6)),
        Case("slow warm-up", new LinearWarmup(6, 0.01)),
        Case("one cycle", new OneCycle(20)),
        Case("late one cycle", new OneCycle(33, warmup: 0.8, divisor: 5, finalDivisor: 10)),
        Case("sequence", new LinearWarmup(4, 0.1).Then(5, new ExponentialDecay(0.5))),
        Case("product", new LinearWarmup(4, 0.5).Times(new ExponentialDecay(0.9))),
        Case("plateau", new ReduceOnPlateau(factor: 0.5, patience: 2)),
        Case("plateau with cooldown", new ReduceOnPlateau(factor: 0.3, patience: 1, cooldown: 2, minimum: 0.05, threshold: 0.05)),
        Case("plateau of accuracy", new ReduceOnPlateau(factor: 0.5, patience: 1, larger: true)),
    ];

    [TestCaseSource(nameof(Schedules))]
    public void Factor_StepByStep_AgreesWithPyTorch(string name, LearningRateSchedule schedule)
    {
        double[] expected = Figures[name];
        for (int step = 0; step < expected.Length; step++)
        {
            schedule.Factor(step).ShouldBe(expected[step], 1e-12, $"step {step}");
            (schedule as ReduceOnPlateau)?.Report(Losses[step]);
        }
    }

    [Test]
    public void Schedules_OfTheScript_AreAllCompared() => Schedules().Select(one => (string)one.Arguments[0]!).ShouldBe(Figures.Keys, ignoreOrder: true);

    private static TestCaseData Case(string name, LearningRateSchedule schedule) => new TestCaseData(name, schedule).SetArgDisplayNames(name);
}
