using NeuralNet.Core;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.SanityChecking;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Tests.Training;

/// <summary>The ends of each range: the last number inside is taken, the first outside is refused, and so is what is no number.</summary>
internal sealed class SettingBoundsTests
{
    private static readonly double AboveOne = Math.BitIncrement(1.0);

    private static NamedParameter<double>[] Parameters => [new("w", new Parameter<double>(Matrix<double>.Build.Dense(1, 1, 1)))];

    [TestCase(0.0)]
    [TestCase(double.Epsilon)]
    [TestCase(double.MaxValue)]
    public void NotNegative_NumberInside_IsTaken(double value)
    {
        var sgd = new SGD<double>(Parameters, value);
        sgd.LearningRate.ShouldBe(value);
        sgd.LearningRate = 0.5;
        sgd.LearningRate = value;
        sgd.LearningRate.ShouldBe(value);
        new L2Regularization<double>(Parameters, value).Strength.ShouldBe(value);
        new L1Regularization<double>(Parameters, value).Strength.ShouldBe(value);
        new InverseTimeDecay(value).Rate.ShouldBe(value);
        var options = new SanityCheckOptions { InitialLossTolerance = value, RegularizationStrength = value, LearningRate = value };
        (options.InitialLossTolerance, options.RegularizationStrength, options.LearningRate).ShouldBe((value, value, value));
    }

    [TestCase(-double.Epsilon)]
    [TestCase(-1.0)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(double.NegativeInfinity)]
    public void NotNegative_NumberOutside_IsRefusedByName(double value)
    {
        var sgd = new SGD<double>(Parameters, 0.1);
        Refused(() => new SGD<double>(Parameters, value), "LearningRate");
        Refused(() => sgd.LearningRate = value, "LearningRate");
        sgd.LearningRate.ShouldBe(0.1);
        Refused(() => new L2Regularization<double>(Parameters, value), "strength");
        Refused(() => new L1Regularization<double>(Parameters, value), "strength");
        Refused(() => new InverseTimeDecay(value), "rate");
        Refused(() => new SanityCheckOptions { InitialLossTolerance = value }, nameof(SanityCheckOptions.InitialLossTolerance));
        Refused(() => new SanityCheckOptions { RegularizationStrength = value }, nameof(SanityCheckOptions.RegularizationStrength));
        Refused(() => new SanityCheckOptions { LearningRate = value }, nameof(SanityCheckOptions.LearningRate));
    }

    [TestCase(0.0)]
    [TestCase(double.Epsilon)]
    [TestCase(1.0)]
    public void Fraction_NumberInside_IsTaken(double value)
    {
        new SGD<double>(Parameters, 0.1, momentum: value).Momentum.ShouldBe(value);
        new ExponentialDecay(value).Gamma.ShouldBe(value);
        new StepDecay(1, value).Gamma.ShouldBe(value);
        new SanityCheckOptions { OverfitFraction = value }.OverfitFraction.ShouldBe(value);
    }

    [Test]
    public void Fraction_NumberOutside_IsRefusedByName()
    {
        foreach (double value in (ReadOnlySpan<double>)[-double.Epsilon, AboveOne, double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            Refused(() => new SGD<double>(Parameters, 0.1, momentum: value), "momentum");
            Refused(() => new ExponentialDecay(value), "gamma");
            Refused(() => new StepDecay(1, value), "gamma");
            Refused(() => new SanityCheckOptions { OverfitFraction = value }, nameof(SanityCheckOptions.OverfitFraction));
        }
    }

    [Test]
    public void Messages_OfRefusedNumbers_SayTheRangeAndTheNumber()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new SGD<double>(Parameters, 0.1, momentum: 2)).Message
            .ShouldStartWith("momentum must be a number from 0 to 1, got 2.");
        Should.Throw<ArgumentOutOfRangeException>(() => new SGD<double>(Parameters, -1)).Message
            .ShouldStartWith("learningRate must be a finite number, 0 or more, got -1.");
        Should.Throw<ArgumentOutOfRangeException>(() => new SanityCheckOptions { ExpectedInitialLoss = double.NaN }).Message
            .ShouldStartWith("ExpectedInitialLoss must be a finite number or null, got NaN.");
    }

    [Test]
    public void Counts_OneIsTaken_ZeroIsRefused()
    {
        new StepDecay(1).Every.ShouldBe(1);
        new SanityCheckOptions { OverfitSteps = 1 }.OverfitSteps.ShouldBe(1);
        Refused(() => new StepDecay(0), "every");
        Refused(() => new SanityCheckOptions { OverfitSteps = 0 }, nameof(SanityCheckOptions.OverfitSteps));
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void ExpectedInitialLoss_NotFinite_IsRefused(double value) =>
        Refused(() => new SanityCheckOptions { ExpectedInitialLoss = value }, nameof(SanityCheckOptions.ExpectedInitialLoss));

    [Test]
    public void Factor_NegativeStep_IsRefused()
    {
        foreach (LearningRateSchedule schedule in (LearningRateSchedule[])[new ConstantRate(), new StepDecay(2), new ExponentialDecay(0.5), new InverseTimeDecay(1)])
        {
            Refused(() => schedule.Factor(-1), "step");
            schedule.Factor(long.MaxValue).ShouldBeInRange(0, 1);
        }
    }

    private static void Refused(Func<object> action, string name)
    {
        var error = Should.Throw<ArgumentOutOfRangeException>(() => { action(); });
        error.ParamName.ShouldBe(name);
        error.Message.ShouldContain(name);
    }
}
