using NeuralNet.Core;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Tests.Training.Optimizers;

/// <summary>What an optimiser is given by mistake: nothing is moved, and the message says what and where.</summary>
internal sealed class HostileOptimizerTests
{
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(-0.5)]
    [TestCase(1e300)]
    public void Step_ScheduleThatGivesNoFactor_IsNamedAndNothingMoves(double factor)
    {
        var parameter = new Parameter<float>(Matrix<float>.Build.Dense(1, 1, 3));
        parameter.SetGradient(Matrix<float>.Build.Dense(1, 1, 1));
        var sgd = new SGD<float>([new("w", parameter)], 0.1f, momentum: 0.9f, new Given(factor));

        Should.Throw<InvalidOperationException>(sgd.Step).Message.ShouldStartWith($"The schedule Given gave the factor {factor} at step 0;");
        parameter.Value[0, 0].ShouldBe(3);
        sgd.States[0].Value[0, 0].ShouldBe(0);
        sgd.Steps.ShouldBe(0);
    }

    [Test]
    public void Step_FactorThatMakesARateTooLarge_IsRefused()
    {
        var sgd = new SGD<double>([new("w", new Parameter<double>(Matrix<double>.Build.Dense(1, 1, 3)))], double.MaxValue, schedule: new Given(2));
        Should.Throw<InvalidOperationException>(sgd.Step).Message.ShouldContain("factor 2 at step 0");
    }

    [Test]
    public void Constructor_NoParameter_IsNamedByItsPlace()
    {
        NamedParameter<double> good = new("w", new Parameter<double>(Matrix<double>.Build.Dense(1, 1)));
        Should.Throw<ArgumentException>(() => new SGD<double>([good, default], 0.1)).Message.ShouldContain("Parameter 1, '', has no name");
        Should.Throw<ArgumentException>(() => new SGD<double>([good, new("v", null!)], 0.1)).Message.ShouldContain("Parameter 1, 'v', is null");
        Should.Throw<ArgumentNullException>(() => new SGD<double>((IEnumerable<NamedParameter<double>>)null!, 0.1)).ParamName.ShouldBe("parameters");
    }

    [Test]
    public void Constructor_NoGroup_IsRefused()
    {
        Should.Throw<ArgumentException>(() => new SGD<double>([(SGD<double>.Group)null!])).Message.ShouldContain("A group of parameters is null");
        Should.Throw<ArgumentNullException>(() => new SGD<double>((IEnumerable<SGD<double>.Group>)null!)).ParamName.ShouldBe("groups");
    }

    [Test]
    public void RestoreState_NoNameOrNoMatrix_IsRefusedAndNothingChanges()
    {
        var sgd = new SGD<double>([new("w", new Parameter<double>(Matrix<double>.Build.Dense(1, 1)))], 0.1, momentum: 0.5);
        Should.Throw<ArgumentException>(() => sgd.RestoreState(5, [default])).Message.ShouldContain("has no state ''");
        Should.Throw<ArgumentException>(() => sgd.RestoreState(5, [new("w/velocity", null!)])).Message.ShouldContain("The state 'w/velocity' has no matrix");
        sgd.Steps.ShouldBe(0);
    }

    private sealed class Given(double factor) : LearningRateSchedule
    {
        public override double Factor(long step) => factor;
    }
}
