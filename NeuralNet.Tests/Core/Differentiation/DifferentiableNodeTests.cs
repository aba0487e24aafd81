using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Graphs;
using NeuralNet.Core.Jacobians;
using NeuralNet.Tests.Core.Graphs.Drawings;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Tests.Core.Differentiation;

/// <summary>A node of a graph as a function.</summary>
internal sealed class DifferentiableNodeTests
{
    [TestCase("product", "f", "x y z")]
    [TestCase("neuron", "f", "w0 x0 w1 x1 w2")]
    [TestCase("norm", "q", "W x")]
    [TestCase("network", "loss", "W1 b1 W2 b2")]
    [TestCase("layers", "loss", "n1.weight n1.bias n3.weight n3.bias")]
    public void OfGraph_AnyRoot_PassesTheGradientCheck(string circuit, string root, string variables)
    {
        Graph<double> graph = Circuits.Get(circuit);

        GradientCheckReport report = GradientCheck.Graph(graph[root]);

        report.Passed.ShouldBeTrue(report.ToString());
        report.Rows.Select(row => row.Variable).ShouldBe(variables.Split(' '), ignoreOrder: true);
    }

    [Test]
    public void OfGraph_AfterACheck_TheVariablesStandWhereTheyStood()
    {
        Graph<double> graph = Circuits.Get("product");

        GradientCheck.Graph(graph["f"]);
        graph.Forward();

        (graph["x"].Value, graph["y"].Value, graph["f"].Value).ShouldBe((-2, 5, -12));
    }

    [Test]
    public void OfGraph_Jacobian_IsThatOfTheProduct()
    {
        Graph<double> graph = Circuits.Get("norm");
        var jacobian = Jacobian<double>.OfGraph(graph["q"]);

        // ∂(Wx)/∂x = W.
        jacobian.By("x").ShouldBe(graph["W"].Matrix);
    }

    [Test]
    public void OfGraph_RootOfConstants_Throws()
    {
        var graph = new Graph<double>();
        Node<double> f = Exp(graph.Constant(1)).Named("f");

        Should.Throw<ArgumentException>(() => DifferentiableFunction<double>.OfGraph(f)).Message.ShouldContain("at least one variable");
    }
}
