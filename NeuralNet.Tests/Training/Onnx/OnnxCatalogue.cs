using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Tests.Core.Gates;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>What is written and read again: every layer of the catalogues, networks drawn from seeds, and graphs.</summary>
internal static class OnnxCatalogue
{
    private const int Samples = 5, RandomCount = 10;

    /// <summary>Layers of the catalogues that are somebody's own, and so refused.</summary>
    public static readonly string[] Refused = ["Halving", "layer of one's own", "neural Turing machine", "neural Turing machine of several heads", "neural Turing machine of one location"];

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
        .Where(entry => entry.Gate is Layer<T> && !Refused.Contains(entry.Name))
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
