using System.Numerics;
using NeuralNet.Core;

namespace NeuralNet.Tests.Layers;

/// <summary>A layer with the name under which its tests appear.</summary>
internal sealed record CatalogueLayer<T>(string Name, Layer<T> Layer) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string ToString() => Name;
}
