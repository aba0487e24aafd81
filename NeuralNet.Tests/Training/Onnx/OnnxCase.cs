using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>A network to be written as ONNX, with an input that suits it.</summary>
/// <param name="Name">The name under which its tests appear.</param>
/// <param name="Network">The network.</param>
/// <param name="Input">The input.</param>
internal sealed record OnnxCase<T>(string Name, Layer<T> Network, Matrix<T> Input) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The shape of a sample, where it is told to the exporter.</summary>
    public SampleShape? Sample { get; init; }

    public override string ToString() => Name;
}
