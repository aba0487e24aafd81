using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Graphs;
using NeuralNet.Layers;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Tests.Docs.Lectures;

/// <summary>The code of docs/lectures/graphs.md, docs/lectures/drawing.md and docs/lectures/gradient-check.md.</summary>
internal sealed class GraphsPage
{
    [Test]
    public void Delta_OfThePage_IsReused()
    {
        #region delta
        var graph = new Graph<double>();
        var w = graph.Variable("W", Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 0, -1 }, { 2, 1, 0 } }));
        var x = graph.Variable("x", Matrix<double>.Build.Dense(3, 1, [1, -1, 1]));
        var b = graph.Variable("b", Matrix<double>.Build.Dense(2, 1));
        var u = graph.Variable("u", Matrix<double>.Build.Dense(2, 1, [4, -8]));
        var z = (MatrixMultiply(w, x) + b).Named("z");
        var s = MatrixMultiply(Transpose(u), Sigmoid(z)).Named("s");

        graph.Forward();
        graph.Backward(s);
        Matrix<double> delta = z.MatrixGradient;                    // u ∘ σ′(z)
        #endregion

        delta[0, 0].ShouldBe(1);
        b.MatrixGradient.ShouldBe(delta);
        w.MatrixGradient.ShouldBe(delta * x.Matrix.Transpose());
    }

    [Test]
    public void Declare_AnyOrder_IsSorted()
    {
        #region declare
        var graph = new Graph<double>();
        var q = graph.Declare("q");
        var f = (q * graph.Variable("z", -4)).Named("f");           // q is used before it is defined
        graph.Define(q, graph.Variable("x", -2) + graph.Variable("y", 5));
        Console.WriteLine(string.Join(", ", graph.Order.Select(node => node.Name)));
        #endregion

        string order = string.Join(", ", graph.Order.Select(node => node.Name));
        order.ShouldBe(Page.Read("docs/lectures/graphs.md").Printed("declare"));
        graph.Forward();
        f.Value.ShouldBe(-12);
    }

    [Test]
    public void Constants_AndLayers_AreNodes()
    {
        #region layers
        var random = new Random(1);
        var network = new Sequential<double>(new Linear<double>(3, 4, random), new Tanh<double>(), new Linear<double>(4, 2, random));
        var graph = new Graph<double>();
        var batch = graph.Constant(Matrix<double>.Build.Random(5, 3, seed: 1), "X");       // data: no gradient
        var scores = graph.ApplyEach(network, batch);                                      // each layer a node
        var loss = Mean(Square(scores)).Named("loss");

        graph.Forward();
        graph.Backward(loss);                                       // fills the parameters' gradients
        string svg = graph.Draw().ToSvg();
        #endregion

        network.Parameters.ShouldAllBe(named => !named.Parameter.IsGradientZero);
        svg.ShouldContain("Linear(3 → 4)");
    }

    [Test]
    public void Model_OfAGraph_IsALayer()
    {
        #region model
        var graph = new Graph<double>();
        var x = graph.Variable("x", Matrix<double>.Build.Random(4, 3, seed: 1));
        var w = graph.Parameter("W", new Parameter<double>(Matrix<double>.Build.Random(3, 3, seed: 2)));
        var block = new GraphLayer<double>(x, Tanh(MatrixMultiply(x, w)) + x);             // a residual block
        var network = new Sequential<double>(block, block, new Linear<double>(3, 2, new Random(1)));
        Console.WriteLine(string.Join(", ", network.Parameters.Select(named => named.Name)));
        #endregion

        string names = string.Join(", ", network.Parameters.Select(named => named.Name));
        names.ShouldBe(Page.Read("docs/lectures/graphs.md").Printed("model"));
        GradientCheck.Gate(network, Matrix<double>.Build.Random(4, 3, seed: 3)).ThrowIfFailed();
    }

    [Test]
    public void Check_OfAGraph_Passes()
    {
        #region check
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", -2), y = graph.Variable("y", 5), z = graph.Variable("z", -4);
        var f = Sigmoid(0.1 * (x + y)) * Tanh(z / 4);
        GradientCheck.Graph(f).ThrowIfFailed();
        #endregion

        graph.Forward();
        x.Value.ShouldBe(-2);
    }

    [Test]
    public void Formats_OfADrawing_AreFour()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", -2), y = graph.Variable("y", 5), z = graph.Variable("z", -4);
        Node<double> f = ((x + y).Named("q") * z).Named("f");
        graph.Forward();
        graph.Backward(f);

        #region formats
        var drawing = graph.Draw();
        string text = drawing.ToText();             // for a terminal
        string svg = drawing.ToSvg();               // one file, for a browser
        string mermaid = drawing.ToMermaid();       // for a Markdown page
        string dot = drawing.ToDot();               // for Graphviz
        #endregion

        new[] { text, svg, dot }.ShouldAllBe(format => format.Contains("switcher"));
        mermaid.TrimEnd().ShouldBe(Page.Read("docs/lectures/drawing.md").Printed("mermaid"));
    }
}
