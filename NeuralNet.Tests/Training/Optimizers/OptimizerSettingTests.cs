using NeuralNet.Core;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Training.Optimizers;

/// <summary>The ends of the ranges of all settings: the last number inside is taken, the first outside refused by name.</summary>
internal sealed class OptimizerSettingTests
{
    private static readonly double BelowOne = Math.BitDecrement(1.0);

    private static NamedParameter<double>[] Parameters => [new("w", new Parameter<double>(Matrix<double>.Build.Dense(1, 1, 1)))];

    [Test]
    public void WeightDecayAndInitialSquares_NegativeOrNotFinite_AreRefused()
    {
        foreach (double value in (ReadOnlySpan<double>)[-double.Epsilon, double.NaN, double.PositiveInfinity])
        {
            Refused(() => new SGD<double>(Parameters, 0.1, weightDecay: value), "weightDecay");
            Refused(() => new AdaGrad<double>(Parameters, 0.1, weightDecay: value), "weightDecay");
            Refused(() => new RMSProp<double>(Parameters, 0.1, weightDecay: value), "weightDecay");
            Refused(() => new Adam<double>(Parameters, 0.1, weightDecay: value), "weightDecay");
            Refused(() => new AdamW<double>(Parameters, 0.1, value), "weightDecay");
            Refused(() => new AdaGrad<double>(Parameters, 0.1, initialSquares: value), "initialSquares");
            var group = new Adam<double>.Group(Parameters, 0.1, weightDecay: 0.5);
            Refused(() => group.WeightDecay = value, "WeightDecay");
            group.WeightDecay.ShouldBe(0.5);
        }

        new SGD<double>.Group(Parameters, 0.1, weightDecay: double.MaxValue).WeightDecay.ShouldBe(double.MaxValue);
        new AdaGrad<double>.Group(Parameters, 0.1, initialSquares: double.MaxValue).InitialSquares.ShouldBe(double.MaxValue);
    }

    [Test]
    public void Smoothings_OutsideZeroToBelowOne_AreRefused()
    {
        foreach (double value in (ReadOnlySpan<double>)[-double.Epsilon, 1, double.NaN])
        {
            Refused(() => new RMSProp<double>(Parameters, 0.1, smoothing: value), "smoothing");
            Refused(() => new Adam<double>(Parameters, 0.1, beta1: value), "beta1");
            Refused(() => new Adam<double>(Parameters, 0.1, beta2: value), "beta2");
            Refused(() => new AdamW<double>(Parameters, 0.1, 0, beta1: value), "beta1");
            Refused(() => new NeuralNet.Core.Operations.Smoothing<double>(value), "beta");
        }

        foreach (double value in (ReadOnlySpan<double>)[0, BelowOne])
        {
            new RMSProp<double>.Group(Parameters, 0.1, smoothing: value).Smoothing.Kept.ShouldBe(value);
            new Adam<double>.Group(Parameters, 0.1, beta1: value).Beta1.Taken.ShouldBe(1 - value);
            new AdamW<double>.Group(Parameters, 0.1, 0, beta2: value).Beta2.Kept.ShouldBe(value);
        }
    }

    [Test]
    public void Momentum_OutsideItsRange_IsRefused()
    {
        foreach (double value in (ReadOnlySpan<double>)[-double.Epsilon, 1.1, double.NaN])
        {
            Refused(() => new RMSProp<double>(Parameters, 0.1, momentum: value), "momentum");
        }

        Refused(() => new SGD<double>(Parameters, 0.1, nesterov: true), "momentum");
        new SGD<double>.Group(Parameters, 0.1, double.Epsilon, nesterov: true).IsNesterov.ShouldBeTrue();
        new RMSProp<double>.Group(Parameters, 0.1, momentum: 1).Momentum.ShouldBe(1);
    }

    [Test]
    public void Epsilon_NotAboveZeroInTheElement_IsRefused()
    {
        foreach (double value in (ReadOnlySpan<double>)[0, -1, double.NaN, double.PositiveInfinity])
        {
            Refused(() => new AdaGrad<double>(Parameters, 0.1, epsilon: value), "epsilon");
            Refused(() => new RMSProp<double>(Parameters, 0.1, epsilon: value), "epsilon");
            Refused(() => new Adam<double>(Parameters, 0.1, epsilon: value), "epsilon");
            Refused(() => new AdamW<double>(Parameters, 0.1, 0, epsilon: value), "epsilon");
        }

        NamedParameter<float>[] singles = [new("w", new Parameter<float>(Matrix<float>.Build.Dense(1, 1, 1)))];
        Refused(() => new Adam<float>(singles, 0.1f, epsilon: 1e-60), "epsilon");
        new Adam<double>.Group(Parameters, 0.1, epsilon: double.Epsilon).Epsilon.ShouldBe(double.Epsilon);
    }

    private static void Refused(Func<object> action, string name) =>
        Should.Throw<ArgumentOutOfRangeException>(() => { action(); }).ParamName.ShouldBe(name);
}
