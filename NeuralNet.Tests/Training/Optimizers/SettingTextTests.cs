using NeuralNet.Layers;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Tests.Training.Optimizers;

/// <summary>What groups and schedules say of themselves in reports.</summary>
internal sealed class SettingTextTests
{
    private static readonly Linear<double> Layer = new(2, 3, new Random(1));

    [Test]
    public void ToString_Group_NamesWhatItsRuleHas()
    {
        new SGD<double>.Group(Layer.Parameters, 0.1).ToString().ShouldBe("learning rate 0.1");
        new SGD<double>.Group(Layer.Parameters, 0.1, 0.9, weightDecay: 0.01, nesterov: true).ToString()
            .ShouldBe("learning rate 0.1, weight decay 0.01, momentum 0.9 (Nesterov)");
        new AdaGrad<double>.Group(Layer.Parameters, 0.1, lazyRows: true).ToString().ShouldBe("learning rate 0.1, lazy rows, ε 1E-10, squares from 0");
        new RMSProp<double>.Group(Layer.Parameters, 0.1, momentum: 0.5).ToString().ShouldBe("learning rate 0.1, α 0.99, ε 1E-08, momentum 0.5");
        new Adam<double>.Group(Layer.Parameters, 0.1).ToString().ShouldBe("learning rate 0.1, β₁ 0.9, β₂ 0.999, ε 1E-08");
        new AdamW<float>.Group(new Linear<float>(2, 3, new Random(1)).Parameters, 0.1f, 0.01f).ToString()
            .ShouldBe("learning rate 0.1, weight decay 0.01, β₁ 0.9, β₂ 0.999, ε 1E-08");
    }

    [TestCaseSource(nameof(Schedules))]
    public void ToString_Schedule_HasItsSettings(LearningRateSchedule schedule, string text) => schedule.ToString().ShouldBe(text);

    private static IEnumerable<TestCaseData> Schedules()
    {
        yield return new(new ConstantRate(), "ConstantRate");
        yield return new(new StepDecay(100), "StepDecay(every 100, γ 0.5)");
        yield return new(new ExponentialDecay(0.99), "ExponentialDecay(γ 0.99)");
        yield return new(new InverseTimeDecay(0.1), "InverseTimeDecay(k 0.1)");
        yield return new(new CosineAnnealing(50, 0.1), "CosineAnnealing(50 steps, minimum 0.1)");
        yield return new(new CosineRestarts(50, 2), "CosineRestarts(50 steps, growth 2, minimum 0)");
        yield return new(new LinearDecay(20), "LinearDecay(20 steps, minimum 0)");
        yield return new(new OneCycle(90), "OneCycle(90 steps, warm-up 0.3, divisor 25, final divisor 10000)");
        yield return new(new ReduceOnPlateau(0.5, 3), "ReduceOnPlateau(factor 0.5, patience 3, threshold 0.0001, cooldown 0, minimum 0)");
        yield return new(new LinearWarmup(5, 0.5).Then(5, new LinearDecay(20)), "LinearWarmup(5 steps, from 0.5) for 5 steps, then LinearDecay(20 steps, minimum 0)");
        yield return new(new LinearWarmup(5, 0.5).Times(new StepDecay(7, 0.1)), "LinearWarmup(5 steps, from 0.5) × StepDecay(every 7, γ 0.1)");
    }
}
