using System.Numerics;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Training.Optimizers;

/// <summary>Every optimiser in the settings that matter, each a line that brings the tests which are common to all.</summary>
internal static class OptimizerCatalogue
{
    /// <summary>The entries, in either precision.</summary>
    public static IEnumerable<OptimizerEntry<T>> All<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        yield return new("SGD", (groups, schedule) => new SGD<T>(groups.Select(g => new SGD<T>.Group(g.Parameters, g.Rate)), schedule));
        yield return new("SGD with momentum", (groups, schedule) =>
            new SGD<T>(groups.Select(g => new SGD<T>.Group(g.Parameters, g.Rate, momentum: T.CreateChecked(0.9))), schedule));
    }

    /// <summary>The entry of a name.</summary>
    public static OptimizerEntry<T> Get<T>(string name) where T : unmanaged, IFloatingPointIeee754<T> => All<T>().Single(entry => entry.Name == name);
}
