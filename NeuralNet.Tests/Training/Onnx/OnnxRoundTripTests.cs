using System.Numerics;
using System.Text.RegularExpressions;
using NeuralNet.Core;
using NeuralNet.Core.Graphs;
using NeuralNet.Layers;
using NeuralNet.Training.Onnx;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>Written and read again, every layer computes the same bits.</summary>
internal sealed class OnnxRoundTripTests
{
    [TestCaseSource(typeof(OnnxCatalogue), nameof(OnnxCatalogue.Names))]
    public void Load_OfWhatWasSaved_ComputesTheSameBitsInFloat(string name) => CheckBits(OnnxCatalogue.Get<float>(name));

    [TestCaseSource(typeof(OnnxCatalogue), nameof(OnnxCatalogue.Names))]
    public void Load_OfWhatWasSaved_ComputesTheSameBitsInDouble(string name) => CheckBits(OnnxCatalogue.Get<double>(name));

    private static void CheckBits<T>(OnnxCase<T> item) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Matrix<T> expected = item.Network.Forward(item.Input);
        byte[] bytes = Saved(item.Network, item);
        Layer<T> read = OnnxFile.Load<T>(bytes, item.Name);
        Check(read.Forward(item.Input), expected);
        // A product with a matrix that is a leaf of a graph becomes a Linear, which calls it its weight.
        if (item.Name != "graph: x·W + b")
        {
            read.Parameters.Select(named => (named.Name, named.Parameter.Value.Shape())).ShouldBe(
                item.Network.Parameters.Select(named => (named.Name, named.Parameter.Value.Shape())), ignoreOrder: true);
        }

        read.States.Select(named => (named.Name, named.Value.Shape())).ShouldBe(item.Network.States.Select(named => (named.Name, named.Value.Shape())), ignoreOrder: true);
        if (IsChain(item.Network))
        {
            NameOf(read).ShouldBe(NameOf(item.Network));
        }

        // What was read can be written too.
        Check(OnnxFile.Load<T>(Saved(read, item), "again").Forward(item.Input), expected);
    }

    // What trained slopes started from is in no model.
    private static string NameOf<T>(Layer<T> network) where T : unmanaged, IFloatingPointIeee754<T> => Regex.Replace(network.ToString(), @"PReLU\((\d+), [^)]+\)", "PReLU($1)");

    // Of other networks the graph is read, and not what it was made of.
    private static bool IsChain<T>(Gate<T> gate) where T : unmanaged, IFloatingPointIeee754<T> => gate is Sequential<T> chain
        ? chain.Layers.All(IsChain)
        : gate is not (Residual<T> or Concatenate<T> or GraphLayer<T>);

    private static byte[] Saved<T>(Layer<T> network, OnnxCase<T> item) where T : unmanaged, IFloatingPointIeee754<T> =>
        OnnxBytes.Of(network, new OnnxExportOptions { InputShape = item.Sample });

    private static void Check<T>(Matrix<T> actual, Matrix<T> expected) where T : unmanaged, IFloatingPointIeee754<T>
    {
        actual.Shape().ShouldBe(expected.Shape());
        actual.AsSpan().ToArray().ShouldBe(expected.AsSpan().ToArray());
    }
}
