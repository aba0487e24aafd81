using NeuralNet.Core;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Tests.Training.Optimizers;

internal sealed class SGDTests
{
    [Test]
    public void Step_Plain_SubtractsRateTimesGradient()
    {
        Parameter<double> parameter = One(10);
        var sgd = new SGD<double>([new("w", parameter)], 0.1);
        parameter.AddToGradient(Matrix<double>.Build.Dense(1, 1, 3));
        sgd.Step();
        parameter.Value[0, 0].ShouldBe(9.7, 1e-15);
    }

    [Test]
    public void Step_Momentum_FollowsTheRecurrence()
    {
        // g = 1 each time, μ = 0.5, η = 0.1: v = 1, 1.5, 1.75; θ = 10 − 0.1, − 0.15, − 0.175
        Parameter<double> parameter = One(10);
        var sgd = new SGD<double>([new("w", parameter)], 0.1, momentum: 0.5);
        foreach (double expected in (ReadOnlySpan<double>)[9.9, 9.75, 9.575])
        {
            sgd.ZeroGradients();
            parameter.AddToGradient(Matrix<double>.Build.Dense(1, 1, 1));
            sgd.Step();
            parameter.Value[0, 0].ShouldBe(expected, 1e-14);
        }
    }

    [Test]
    public void Step_Schedule_ScalesTheRateByTheStepsTaken()
    {
        Parameter<double> parameter = One(0);
        var sgd = new SGD<double>([new("w", parameter)], 1, schedule: new StepDecay(every: 2, gamma: 0.1));
        parameter.AddToGradient(Matrix<double>.Build.Dense(1, 1, -1));
        foreach (double expected in (ReadOnlySpan<double>)[1, 2, 2.1, 2.2, 2.21])
        {
            sgd.Step();
            parameter.Value[0, 0].ShouldBe(expected, 1e-14);
        }

        sgd.Steps.ShouldBe(5);
    }

    [Test]
    public void Step_NoBackwardPassReachedAParameter_LeavesIt()
    {
        Parameter<double> parameter = One(10);
        new SGD<double>([new("w", parameter)], 0.1).Step();
        parameter.Value[0, 0].ShouldBe(10);
    }

    [Test]
    public void Step_MomentumAndNoBackwardPass_KeepsValueAndVelocity()
    {
        // v = 2 after the first step. The second is skipped, so the third has v = 0.5·2 + 2 = 3 and θ = 10 − 0.2 − 0.3.
        Parameter<double> parameter = One(10);
        var sgd = new SGD<double>([new("w", parameter)], 0.1, momentum: 0.5);
        foreach ((double gradient, double expected) in (ReadOnlySpan<(double, double)>)[(2, 9.8), (double.NaN, 9.8), (2, 9.5)])
        {
            sgd.ZeroGradients();
            if (!double.IsNaN(gradient))
            {
                parameter.AddToGradient(Matrix<double>.Build.Dense(1, 1, gradient));
            }

            sgd.Step();
            parameter.Value[0, 0].ShouldBe(expected, 1e-14);
        }

        sgd.States.ShouldHaveSingleItem().Value[0, 0].ShouldBe(3, 1e-15);
    }

    [Test]
    public void Step_MomentumAndGradientOfZeros_MovesByTheVelocity()
    {
        Parameter<double> parameter = One(10);
        var sgd = new SGD<double>([new("w", parameter)], 0.1, momentum: 0.5);
        parameter.SetGradient(Matrix<double>.Build.Dense(1, 1, 2));
        sgd.Step();
        parameter.SetGradient(Matrix<double>.Build.Dense(1, 1, 0));
        sgd.Step();
        parameter.Value[0, 0].ShouldBe(9.7, 1e-14);
    }

    [Test]
    public void Step_SameParameterListedTwice_MovesItOnce()
    {
        Parameter<double> parameter = One(10);
        var sgd = new SGD<double>([new("a", parameter), new("b", parameter)], 0.1);
        parameter.AddToGradient(Matrix<double>.Build.Dense(1, 1, 1));
        sgd.Step();
        parameter.Value[0, 0].ShouldBe(9.9, 1e-15);
    }

    [Test]
    public void Constructor_BadSettings_AreRefusedByName()
    {
        NamedParameter<double>[] parameters = [new("w", One(1))];
        Should.Throw<ArgumentOutOfRangeException>(() => new SGD<double>(parameters, -0.1)).ParamName.ShouldBe("LearningRate");
        Should.Throw<ArgumentOutOfRangeException>(() => new SGD<double>(parameters, double.NaN)).ParamName.ShouldBe("LearningRate");
        Should.Throw<ArgumentOutOfRangeException>(() => new SGD<double>(parameters, 0.1, momentum: 1.1)).ParamName.ShouldBe("momentum");
        Should.Throw<ArgumentException>(() => new SGD<double>([], 0.1)).Message.ShouldContain("no parameters");
    }

    private static Parameter<double> One(double value) => new(Matrix<double>.Build.Dense(1, 1, value));
}
