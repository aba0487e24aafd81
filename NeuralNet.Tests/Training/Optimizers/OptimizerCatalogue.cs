using System.Numerics;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Training.Optimizers;

/// <summary>Every optimiser in the settings that matter, each a line that brings the tests which are common to all. Names and settings are those of
/// Reference/optimizers.py.</summary>
internal static class OptimizerCatalogue
{
    /// <summary>The entries, in either precision.</summary>
    public static IEnumerable<OptimizerEntry<T>> All<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        yield return new("SGD", (groups, schedule) => new SGD<T>(groups.Select(g => new SGD<T>.Group(g.Parameters, g.Rate)), schedule));
        yield return new("SGD with decay", (groups, schedule) =>
            new SGD<T>(groups.Select(g => new SGD<T>.Group(g.Parameters, g.Rate, weightDecay: Of<T>(0.05))), schedule));
        yield return new("SGD with momentum", (groups, schedule) =>
            new SGD<T>(groups.Select(g => new SGD<T>.Group(g.Parameters, g.Rate, momentum: Of<T>(0.9))), schedule));
        yield return new("SGD with momentum and decay", (groups, schedule) =>
            new SGD<T>(groups.Select(g => new SGD<T>.Group(g.Parameters, g.Rate, momentum: Of<T>(0.9), weightDecay: Of<T>(0.05))), schedule));
        yield return new("SGD with Nesterov", (groups, schedule) =>
            new SGD<T>(groups.Select(g => new SGD<T>.Group(g.Parameters, g.Rate, momentum: Of<T>(0.9), nesterov: true)), schedule));
        yield return new("SGD with Nesterov and decay", (groups, schedule) =>
            new SGD<T>(groups.Select(g => new SGD<T>.Group(g.Parameters, g.Rate, momentum: Of<T>(0.9), weightDecay: Of<T>(0.05), nesterov: true)), schedule));
        yield return new("AdaGrad", (groups, schedule) => new AdaGrad<T>(groups.Select(g => new AdaGrad<T>.Group(g.Parameters, g.Rate)), schedule));
        yield return new("AdaGrad with decay", (groups, schedule) => new AdaGrad<T>(
            groups.Select(g => new AdaGrad<T>.Group(g.Parameters, g.Rate, weightDecay: Of<T>(0.05), epsilon: 1e-3, initialSquares: Of<T>(0.2))), schedule));
        yield return new("RMSProp", (groups, schedule) => new RMSProp<T>(groups.Select(g => new RMSProp<T>.Group(g.Parameters, g.Rate)), schedule));
        yield return new("RMSProp with decay", (groups, schedule) => new RMSProp<T>(
            groups.Select(g => new RMSProp<T>.Group(g.Parameters, g.Rate, smoothing: 0.9, weightDecay: Of<T>(0.05), epsilon: 1e-3)), schedule));
        yield return new("RMSProp with momentum", (groups, schedule) =>
            new RMSProp<T>(groups.Select(g => new RMSProp<T>.Group(g.Parameters, g.Rate, smoothing: 0.9, momentum: Of<T>(0.5))), schedule));
        yield return new("RMSProp with momentum and decay", (groups, schedule) =>
            new RMSProp<T>(groups.Select(g => new RMSProp<T>.Group(g.Parameters, g.Rate, momentum: Of<T>(0.5), weightDecay: Of<T>(0.05))), schedule));
        yield return new("Adam", (groups, schedule) => new Adam<T>(groups.Select(g => new Adam<T>.Group(g.Parameters, g.Rate)), schedule));
        yield return new("Adam with decay", (groups, schedule) => new Adam<T>(
            groups.Select(g => new Adam<T>.Group(g.Parameters, g.Rate, weightDecay: Of<T>(0.05), beta1: 0.8, beta2: 0.95, epsilon: 1e-3)), schedule));
        yield return new("AdamW", (groups, schedule) => new AdamW<T>(groups.Select(g => new AdamW<T>.Group(g.Parameters, g.Rate, weightDecay: Of<T>(0.1))), schedule));
        yield return new("AdamW of other settings", (groups, schedule) => new AdamW<T>(
            groups.Select(g => new AdamW<T>.Group(g.Parameters, g.Rate, weightDecay: Of<T>(0.01), beta1: 0.7, beta2: 0.9, epsilon: 1e-2)), schedule));
    }

    /// <summary>The entry of a name.</summary>
    public static OptimizerEntry<T> Get<T>(string name) where T : unmanaged, IFloatingPointIeee754<T> => All<T>().Single(entry => entry.Name == name);

    private static T Of<T>(double value) where T : unmanaged, IFloatingPointIeee754<T> => T.CreateChecked(value);
}
