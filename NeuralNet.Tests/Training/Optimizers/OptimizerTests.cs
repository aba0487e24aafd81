using NeuralNet.Core;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Tests.Training.Optimizers;

/// <summary>Errors and settings of groups and states, by means of SGD; what every optimiser must do stands in <see cref="OptimizerContractTests"/>.</summary>
internal sealed class OptimizerTests
{
    [Test]
    public void Step_TwoGroups_UsesTheSettingsOfEach()
    {
        Parameter<double> a = One(10), b = One(10);
        var sgd = new SGD<double>([new SGD<double>.Group([new("a", a)], 0.1), new SGD<double>.Group([new("b", b)], 1, momentum: 0.5)]);
        for (int step = 0; step < 2; step++)
        {
            sgd.ZeroGradients();
            a.AddToGradient(Matrix<double>.Build.Dense(1, 1, 1));
            b.AddToGradient(Matrix<double>.Build.Dense(1, 1, 1));
            sgd.Step();
        }

        // a: 10 − 2·0.1; b: v = 1, 1.5, so 10 − 1 − 1.5
        a.Value[0, 0].ShouldBe(9.8, 1e-14);
        b.Value[0, 0].ShouldBe(7.5, 1e-14);
        sgd.States.ShouldHaveSingleItem().Name.ShouldBe("b/velocity");
        Should.Throw<InvalidOperationException>(() => sgd.LearningRate).Message.ShouldContain("SGD has 2 groups");
        Should.Throw<InvalidOperationException>(() => sgd.Momentum).Message.ShouldContain("SGD has 2 groups");
    }

    [Test]
    public void Constructor_ParameterInTwoGroups_IsRefusedWithBothNames()
    {
        Parameter<double> shared = One(1);
        Should.Throw<ArgumentException>(() => new SGD<double>([new SGD<double>.Group([new("a", shared)], 0.1), new SGD<double>.Group([new("b", shared)], 1)]))
            .Message.ShouldContain("Parameter 'b' of group 1 is also in group 0, as 'a'");
    }

    [Test]
    public void Constructor_NoGroups_IsRefused() =>
        Should.Throw<ArgumentException>(() => new SGD<double>(Array.Empty<SGD<double>.Group>())).Message.ShouldContain("no groups");

    [Test]
    public void RestoreState_WhatDoesNotFit_IsRefusedByNameAndChangesNothing()
    {
        (Parameter<double> parameter, SGD<double> sgd) = Run();
        Steps(parameter, sgd, 1);
        double velocity = sgd.States[0].Value[0, 0];
        Matrix<double> right = Matrix<double>.Build.Dense(1, 1, 100);
        Refused([], "The state 'w/velocity' of SGD is not given");
        Refused([new("w/speed", right)], "SGD has no state 'w/speed', its states are: w/velocity");
        Refused([new("w/velocity", Matrix<double>.Build.Dense(1, 2))], "The state 'w/velocity' of SGD is [1×1], got [1×2]");
        Refused([new("w/velocity", right), new("w/velocity", right)], "given twice");
        Should.Throw<ArgumentOutOfRangeException>(() => sgd.RestoreState(-1, [new("w/velocity", right)]));
        sgd.States[0].Value[0, 0].ShouldBe(velocity);
        sgd.Steps.ShouldBe(1);

        void Refused(OptimizerState<double>[] states, string message) =>
            Should.Throw<ArgumentException>(() => sgd.RestoreState(5, states)).Message.ShouldContain(message);
    }

    [Test]
    public void States_TwoParametersOfOneName_AreRefused()
    {
        var sgd = new SGD<double>([new("w", One(1)), new("w", One(2))], 0.1, momentum: 0.5);
        Should.Throw<InvalidOperationException>(() => sgd.States).Message.ShouldContain("named 'w'");
    }

    private static (Parameter<double> Parameter, SGD<double> Optimizer) Run()
    {
        Parameter<double> parameter = One(10);
        return (parameter, new SGD<double>([new("w", parameter)], 0.1, momentum: 0.9, new StepDecay(every: 2, gamma: 0.5)));
    }

    private static void Steps(Parameter<double> parameter, SGD<double> sgd, int count)
    {
        for (int i = 0; i < count; i++)
        {
            parameter.SetGradient(Matrix<double>.Build.Dense(1, 1, 1 + (0.1 * sgd.Steps)));
            sgd.Step();
        }
    }

    private static Parameter<double> One(double value) => new(Matrix<double>.Build.Dense(1, 1, value));
}
