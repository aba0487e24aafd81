using NeuralNet.Layers;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Training.Optimizers;

/// <summary>What groups of parameters say of themselves in reports.</summary>
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
}
