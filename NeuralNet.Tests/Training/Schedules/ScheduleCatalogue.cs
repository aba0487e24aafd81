using NeuralNet.Training.Schedules;

namespace NeuralNet.Tests.Training.Schedules;

/// <summary>Every schedule, with what it says of itself: one line brings the tests that are common to all.</summary>
internal static class ScheduleCatalogue
{
    /// <summary>The entries.</summary>
    public static IEnumerable<(LearningRateSchedule Schedule, string Text)> All =>
    [
        (new ConstantRate(), "ConstantRate"),
        (new StepDecay(100), "StepDecay(every 100, γ 0.5)"),
        (new ExponentialDecay(0.99), "ExponentialDecay(γ 0.99)"),
        (new InverseTimeDecay(0.1), "InverseTimeDecay(k 0.1)"),
        (new CosineAnnealing(50, 0.1), "CosineAnnealing(50 steps, minimum 0.1)"),
        (new CosineRestarts(50, 2), "CosineRestarts(50 steps, growth 2, minimum 0)"),
        (new LinearDecay(20), "LinearDecay(20 steps, minimum 0)"),
        (new LinearWarmup(5, 0.5), "LinearWarmup(5 steps, from 0.5)"),
        (new OneCycle(90), "OneCycle(90 steps, warm-up 0.3, divisor 25, final divisor 10000)"),
        (new ReduceOnPlateau(0.5, 3), "ReduceOnPlateau(factor 0.5, patience 3, threshold 0.0001, cooldown 0, minimum 0)"),
        (new LinearWarmup(5, 0.5).Then(5, new LinearDecay(20)), "LinearWarmup(5 steps, from 0.5) for 5 steps, then LinearDecay(20 steps, minimum 0)"),
        (new LinearWarmup(5, 0.5).Times(new StepDecay(7, 0.1)), "LinearWarmup(5 steps, from 0.5) × StepDecay(every 7, γ 0.1)"),
    ];
}
