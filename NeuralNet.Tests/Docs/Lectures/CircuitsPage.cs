using NeuralNet.Core.Graphs;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Tests.Docs.Lectures;

/// <summary>The code of docs/lectures/circuits.md.</summary>
internal sealed class CircuitsPage
{
    private static readonly Page Docs = Page.Read("docs/lectures/circuits.md");

    [Test]
    public void Product_Drawn_IsThePagesPicture()
    {
        #region product
        var graph = new Graph<double>();
        var x = graph.Variable("x", -2);
        var y = graph.Variable("y", 5);
        var z = graph.Variable("z", -4);
        var q = (x + y).Named("q");
        var f = (q * z).Named("f");

        graph.Forward();
        graph.Backward(f);
        Console.WriteLine(graph.Draw());
        #endregion

        graph.Draw().ToString().TrimEnd().ShouldBe(Docs.Printed("product"));

        #region again
        x.Set(1);
        graph.Forward();
        graph.Backward(f);          // f = (1 + 5)·(−4) = −24, df/dz = 6
        #endregion

        (f.Value, z.Gradient).ShouldBe((-24, 6));
    }

    [Test]
    public void Shared_Drawn_IsThePagesPicture()
    {
        #region shared
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 1), y = graph.Variable("y", 2), z = graph.Variable("z", 0);
        var f = ((x + y) * Max(y, z)).Named("f");

        graph.Forward();
        graph.Backward(f);
        Console.WriteLine(graph.Draw());
        #endregion

        graph.Draw().ToString().TrimEnd().ShouldBe(Docs.Printed("shared"));
    }

    [Test]
    public void Neuron_Drawn_IsThePagesPicture()
    {
        #region neuron
        var graph = new Graph<double>();
        Node<double> w0 = graph.Variable("w0", 2), x0 = graph.Variable("x0", -1);
        Node<double> w1 = graph.Variable("w1", -3), x1 = graph.Variable("x1", -2), w2 = graph.Variable("w2", -3);
        var f = (1 / (1 + Exp(-(w0 * x0 + w1 * x1 + w2)))).Named("f");

        graph.Forward();
        graph.Backward(f);
        Console.WriteLine(graph.Draw());
        #endregion

        graph.Draw().ToString().TrimEnd().ShouldBe(Docs.Printed("neuron"));
        double byPrimitives = w0.Gradient;

        #region sigmoid
        var sigma = Sigmoid(w0 * x0 + w1 * x1 + w2);
        graph.Forward();
        graph.Backward(sigma);      // the same value and the same gradients
        #endregion

        sigma.Value.ShouldBe(f.Value, 1e-15);
        w0.Gradient.ShouldBe(byPrimitives, 1e-15);
    }

    [Test]
    public void Paths_Summed_AreTheChainRule()
    {
        #region paths
        var graph = new Graph<double>();
        var x = graph.Variable("x", 2);
        Node<double> u = Square(x), v = 3 * x, w = -x;
        var z = u * v + w;

        graph.Forward();
        graph.Backward(z);          // dz/dx = 6·4 + 4·3 + 1·(−1) = 35
        #endregion

        (u.Gradient, v.Gradient, w.Gradient, x.Gradient).ShouldBe((6, 4, 1, 35));
    }
}
