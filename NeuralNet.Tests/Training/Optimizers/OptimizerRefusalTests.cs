using NeuralNet.Core;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Tests.Training.Optimizers;

/// <summary>What errors of an optimiser say, and what is none.</summary>
internal sealed class OptimizerRefusalTests
{
    [Test]
    public void RestoreState_StateItHasNot_ListsThoseItHas()
    {
        OptimizerState<double> unknown = new("speed", Matrix<double>.Build.Dense(1, 1));
        Should.Throw<ArgumentException>(() => Plain().RestoreState(0, [unknown])).Message.ShouldStartWith("SGD has no state 'speed', its states are: none.");
        Should.Throw<ArgumentException>(() => WithMomentum().RestoreState(0, [unknown])).Message
            .ShouldStartWith("SGD has no state 'speed', its states are: w/velocity, b/velocity.");
    }

    [Test]
    public void RestoreState_NoStates_IsRefusedByName() =>
        Should.Throw<ArgumentNullException>(() => Plain().RestoreState(0, null!)).ParamName.ShouldBe("states");

    [Test]
    public void CreateStates_NoParameter_IsRefusedByName() =>
        Should.Throw<ArgumentNullException>(() => new SGD<double>.Group(Parameters(), 0.1, momentum: 0.9).CreateStates(null!)).ParamName.ShouldBe("parameter");

    [Test]
    public void Step_ScheduleGivesZero_MovesNothing()
    {
        NamedParameter<double>[] parameters = Parameters();
        var sgd = new SGD<double>(parameters, 0.1, schedule: new Given(0));
        parameters[0].Parameter.Gradient[0, 0] = 5;
        sgd.Step();
        parameters[0].Parameter.Value[0, 0].ShouldBe(1);
        sgd.Steps.ShouldBe(1);
    }

    [Test]
    public void Step_ScheduleGivesNegativeFactor_NamesTheRate() =>
        Should.Throw<InvalidOperationException>(new SGD<double>(Parameters(), 0.25, schedule: new Given(-1)).Step).Message
            .ShouldEndWith("a factor is a finite number, 0 or more, and so is the rate that it makes of 0.25.");

    private static SGD<double> Plain() => new(Parameters(), 0.1);

    private static SGD<double> WithMomentum() => new([new SGD<double>.Group(Parameters(), 0.1, momentum: 0.9)]);

    private static NamedParameter<double>[] Parameters() =>
        [new("w", new Parameter<double>(Matrix<double>.Build.Dense(1, 1, 1))), new("b", new Parameter<double>(Matrix<double>.Build.Dense(1, 2, 1)))];

    private sealed class Given(double factor) : LearningRateSchedule
    {
        public override double Factor(long step) => factor;
    }
}
