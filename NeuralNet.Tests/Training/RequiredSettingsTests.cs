using NeuralNet.Core;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.SanityChecking;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Tests.Training;

/// <summary>The ranges of settings: both ends belong to them, what is just beyond does not, and the error names setting, range and value.</summary>
internal sealed class RequiredSettingsTests
{
    private static readonly NamedParameter<double>[] Parameters = [new("w", new Parameter<double>(Matrix<double>.Build.Dense(1, 1)))];

    private static IEnumerable<TestCaseData> Fractions()
    {
        yield return Setting("momentum", value => new SGD<double>(Parameters, 0.1, momentum: value));
        yield return Setting("gamma", value => new StepDecay(1, value));
        yield return Setting("gamma", value => new ExponentialDecay(value), " of ExponentialDecay");
    }

    private static IEnumerable<TestCaseData> Amounts()
    {
        yield return Setting("LearningRate", value => new SGD<double>(Parameters, value));
        yield return Setting("rate", value => new InverseTimeDecay(value));
        yield return Setting("strength", value => new L2Regularization<double>(Parameters, value));
    }

    [TestCaseSource(nameof(Fractions))]
    public void Fraction_BothEnds_AreTaken(string name, Func<double, object> set)
    {
        name.ShouldNotBeEmpty();
        Should.NotThrow(() => set(0));
        Should.NotThrow(() => set(1));
    }

    [TestCaseSource(nameof(Fractions))]
    public void Fraction_BeyondTheEndsOrNaN_IsRefusedByName(string name, Func<double, object> set)
    {
        foreach (double wrong in (ReadOnlySpan<double>)[-double.Epsilon, Math.BitIncrement(1), double.NaN, double.PositiveInfinity])
        {
            ArgumentOutOfRangeException error = Should.Throw<ArgumentOutOfRangeException>(() => set(wrong));
            error.ParamName.ShouldBe(name);
            error.ActualValue.ShouldBe(wrong);
            error.Message.ShouldStartWith($"{name} must be a number from 0 to 1, got {wrong}.");
        }
    }

    [TestCaseSource(nameof(Amounts))]
    public void Amount_ZeroAndLarge_AreTaken(string name, Func<double, object> set)
    {
        name.ShouldNotBeEmpty();
        Should.NotThrow(() => set(0));
        Should.NotThrow(() => set(1e10));
    }

    [TestCaseSource(nameof(Amounts))]
    public void Amount_NegativeOrNotFinite_IsRefusedByName(string name, Func<double, object> set)
    {
        foreach (double wrong in (ReadOnlySpan<double>)[-double.Epsilon, double.NaN, double.PositiveInfinity])
        {
            ArgumentOutOfRangeException error = Should.Throw<ArgumentOutOfRangeException>(() => set(wrong));
            error.ParamName.ShouldBe(name);
            error.ActualValue.ShouldBe(wrong);
            error.Message.ShouldStartWith($"{name} must be a finite number, 0 or more, got {wrong}.");
        }
    }

    [Test]
    public void Options_EndsOfTheRanges_AreTaken()
    {
        var options = new SanityCheckOptions
        {
            OverfitSteps = 1,
            OverfitFraction = 1,
            LearningRate = 0.25,
            RegularizationStrength = 2,
            InitialLossTolerance = 0,
        };

        (options.OverfitSteps, options.OverfitFraction, options.LearningRate).ShouldBe((1, 1, 0.25));
        (options.RegularizationStrength, options.InitialLossTolerance).ShouldBe((2, 0));
    }

    private static TestCaseData Setting(string name, Func<double, object> set, string where = "") =>
        new TestCaseData(name, set).SetArgDisplayNames($"{name}{where}");
}
