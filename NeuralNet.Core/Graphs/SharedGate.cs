using System.Numerics;

namespace NeuralNet.Core.Graphs;

/// <summary>The one object of a kind of gate that all graphs use.</summary>
internal static class SharedGate<T, TGate>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TGate : Gate<T>, new()
{
    /// <summary>The gate.</summary>
    public static TGate Gate { get; } = new();
}
