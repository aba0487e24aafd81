using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Tests.Training.Optimizers;

/// <summary>An optimiser of the catalogue.</summary>
/// <param name="Name">The name under which its tests appear.</param>
/// <param name="Make">Makes it for groups of parameters, each with its learning rate, and a schedule.</param>
internal sealed record OptimizerEntry<T>(
    string Name, Func<IEnumerable<(NamedParameter<T>[] Parameters, T Rate)>, LearningRateSchedule?, Optimizer<T>> Make)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The optimiser for one parameter named <c>w</c>.</summary>
    public Optimizer<T> For(Parameter<T> parameter, double rate = 0.1, LearningRateSchedule? schedule = null) =>
        Make([([new("w", parameter)], T.CreateChecked(rate))], schedule);

    public override string ToString() => Name;
}
