using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Examples.OwnLayer;
using NeuralNet.Layers;
using NeuralNet.Layers.Attention;
using NeuralNet.Layers.Memory;
using NeuralNet.Layers.Recurrent;
using NeuralNet.Tests.Core.Gates;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>What is written and read again: every layer of the catalogues, networks drawn from seeds, and graphs.</summary>
internal static class OnnxCatalogue
{
    private const int Samples = 5, RandomCount = 10;

    /// <summary>Whether a layer is refused, or one of its parts: somebody's own, and those that ONNX has no one operator for.</summary>
    public static bool IsRefused<T>(Gate<T> gate) where T : unmanaged, IFloatingPointIeee754<T> =>
        gate is HalvingLayer<T> or Affine<T> or RecurrentLayer<T> or SequenceLayer<T> or PositionLayer<T> or PerPosition<T> or GroupNorm<T> or ChannelDropout<T> or Upsample<T> or NeuralTuringMachine<T>
        || gate.Children.Any(child => IsRefused(child.Gate));

    /// <summary>The names of all cases.</summary>
    public static IEnumerable<string> Names => All<float>().Select(item => item.Name);

    /// <summary>The case of a name.</summary>
    public static OnnxCase<T> Get<T>(string name) where T : unmanaged, IFloatingPointIeee754<T> => All<T>().Single(item => item.Name == name);

    /// <summary>The cases, the same each time, in either precision.</summary>
    public static IEnumerable<OnnxCase<T>> All<T>() where T : unmanaged, IFloatingPointIeee754<T> => OfLayers<T>()
        .Concat(OfShapes<T>())
        .Concat(Enumerable.Range(0, RandomCount).Select(OfSeed<T>))
        .Concat(OnnxGraphs.All<T>());

    private static OnnxCase<T> OfSeed<T>(int seed) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (Layer<T> network, Matrix<T> input) = RandomNetworks.Of<T>(seed);
        return new($"random network {seed}", network, input);
    }

    private static IEnumerable<OnnxCase<T>> OfLayers<T>() where T : unmanaged, IFloatingPointIeee754<T> => GateCatalogue.All<T>()
        .Where(entry => entry.Gate is Layer<T> && !IsRefused(entry.Gate))
        .Select(entry => new OnnxCase<T>(entry.Name, (Layer<T>)entry.Gate, entry.Inputs(Samples)[0]));

    // The same with the shape of a sample told: nodes are fewer then.
    private static IEnumerable<OnnxCase<T>> OfShapes<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (string name in (string[])["batch norm of features", "batch norm of channels", "PReLU of channels", "layer norm per position", "embedding", "ReLU"])
        {
            GateEntry<T> entry = GateCatalogue.Get<T>(name);
            Matrix<T> input = entry.Inputs(Samples)[0];
            yield return new($"{name}, shape told", (Layer<T>)entry.Gate, input) { Sample = entry.Shapes is null ? entry.Sample : input.ColumnCount };
        }
    }
}
