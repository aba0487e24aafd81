using NeuralNet.Core.Functions;
using NeuralNet.Core.Graphs;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers;

internal sealed class NetworkGraphTests
{
    [Test]
    public void ApplyEach_NestedNetwork_GivesEveryLayerANodeAndTheNetworksOutput()
    {
        var network = new Sequential<double>(
            new Linear<double>(3, 4, new Random(1)), new Sequential<double>(new Sigmoid<double>(), new Linear<double>(4, 2, new Random(2))), new ReLU<double>());
        Matrix<double> input = Some.Matrix<double>(5, 3);
        var graph = new Graph<double>();

        Node<double> output = graph.ApplyEach(network, graph.Variable("x", input));

        graph.Forward();
        graph.Order.Count(node => node.Kind == NodeKind.Gate).ShouldBe(4);
        output.Matrix.ShouldBe(network.Forward(input));
    }

    [Test]
    public void ApplyEach_GraphOrNetworkMissing_IsRefusedByName()
    {
        var graph = new Graph<double>();
        Node<double> input = graph.Variable("x", Some.Matrix<double>(5, 3));

        Should.Throw<ArgumentNullException>(() => graph.ApplyEach(null!, input)).ParamName.ShouldBe("network");
        Should.Throw<ArgumentNullException>(() => NetworkGraph.ApplyEach(null!, new Sequential<double>(new ReLU<double>()), input)).ParamName.ShouldBe("graph");
    }
}
