using System.Numerics;

namespace NeuralNet.Tests.Training.Metrics;

/// <summary>A metric of the catalogue.</summary>
/// <param name="Name">The name under which its tests appear.</param>
/// <param name="Columns">Columns of the predictions that it is tested with.</param>
/// <param name="Make">Makes it.</param>
/// <param name="IsOfBatches">Whether it sees whole batches, so that others give other last digits, and takes no weights.</param>
internal sealed record MetricEntry<T>(string Name, int Columns, Func<MetricRun<T>> Make, bool IsOfBatches = false)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string ToString() => Name;
}
