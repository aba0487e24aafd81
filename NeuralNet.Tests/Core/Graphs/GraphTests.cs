using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;
using NeuralNet.Layers;
using NeuralNet.Tests.Core.Gates;
using NeuralNet.Tests.Support;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Tests.Core.Graphs;

public sealed class GraphTests
{
    [Test]
    public void Forward_MoreLeavesThanInputs_ComputesTheGate()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 3);
        graph.Variable("y", 1);
        graph.Constant(2);
        graph.Variable("z", 4);
        Node<double> f = Square(x);

        graph.Forward();
        graph.Backward(f);

        (f.Value, x.Gradient).ShouldBe((9, 6));
    }

    [Test]
    public void Forward_VariablesChanged_RunsAgainWithoutRebuilding()
    {
        var graph = new Graph<float>();
        Node<float> x = graph.Variable("x", 3f), f = x * x + 1f;
        graph.Forward();
        f.Value.ShouldBe(10f);

        x.Set(5f);
        graph.Forward();
        graph.Backward(f);

        f.Value.ShouldBe(26f);
        x.Gradient.ShouldBe(10f);
    }

    [Test]
    public void ForwardAndBackward_NumbersAndMatrices_AllocateNothing()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Constant(Some.Matrix<double>(8, 5)), w = graph.Variable("W", Some.Matrix<double>(5, 3));
        Node<double> b = graph.Variable("b", Some.Matrix<double>(1, 3)), lambda = graph.Variable("lambda", 0.1);
        Node<double> loss = Mean(Square(Sigmoid(AddRow(MatrixMultiply(x, w), b)))) + lambda * Exp(lambda);

        Allocation.OfThread(() =>
        {
            lambda.Set(0.2);
            graph.Forward();
            graph.Backward(loss);
        }).ShouldBe(0);
    }

    [Test]
    public void Backward_OneNumberRootOfMatrices_AllocatesNothing()
    {
        var graph = new Graph<double>();
        Node<double> f = SumOfSquares(MatrixMultiply(graph.Variable("W", Some.Matrix<double>(4, 4)), graph.Variable("x", Some.Matrix<double>(4, 1))));

        Allocation.OfThread(() =>
        {
            graph.Forward();
            graph.Backward(f);
        }).ShouldBe(0);
    }

    [Test]
    public void Backward_SeveralRoots_IsTheGradientOfTheirSum()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 3), f = x * x, g = 5 * x;
        graph.Forward();

        graph.Backward(f);
        x.Gradient.ShouldBe(6);
        graph.Backward(g);
        x.Gradient.ShouldBe(5);
        graph.Backward(f, g);
        x.Gradient.ShouldBe(11);
    }

    [Test]
    public void Backward_GivenUpstream_MultipliesIt()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 3), f = x * x;
        Node<double> m = graph.Variable("m", Matrix<double>.Build.Dense(1, 2, [1, 2])), s = Square(m);
        graph.Forward();

        graph.Backward(f, 10.0);
        x.Gradient.ShouldBe(60);
        m.MatrixGradient.ToRowMajorArray().ShouldBe([0, 0]);
        graph.Backward(s, Matrix<double>.Build.Dense(1, 2, [10, 100]));
        m.MatrixGradient.ToRowMajorArray().ShouldBe([20, 400]);
        x.Gradient.ShouldBe(0);
    }

    [Test]
    public void Backward_ConstantSubgraph_IsSkipped()
    {
        var graph = new Graph<double>();
        var counter = new CountingGate();
        Node<double> c = graph.Apply(counter, graph.Apply(counter, graph.Constant(2)));
        Node<double> x = graph.Variable("x", 3), f = c * graph.Apply(counter, x);
        graph.Forward();

        graph.Backward(f);

        counter.Slopes.ShouldBe(1);
        x.Gradient.ShouldBe(2);
        Should.Throw<InvalidOperationException>(() => c.Gradient).Message.ShouldContain("no variable and no parameter");
    }

    [Test]
    public void Backward_LayersAsNodes_FillTheirParameters()
    {
        var graph = new Graph<double>();
        var random = new Random(5);
        var network = new Sequential<double>(new Linear<double>(4, 6, random), new Tanh<double>(), new Linear<double>(6, 2, random));
        Matrix<double> input = Some.Matrix<double>(3, 4), upstream = Some.Matrix<double>(3, 2, seed: 2);
        Node<double> x = graph.Variable("x", input), y = x;
        foreach (Layer<double> layer in network.Layers)
        {
            y = graph.Apply(layer, y);
        }

        graph.Forward();
        graph.Backward(y, upstream);
        Matrix<double> byGraph = x.MatrixGradient.Clone();
        Matrix<double>[] gradients = [.. network.Parameters.Select(p => p.Parameter.Gradient.Clone())];
        network.ZeroGradients();
        var cache = new Cache<double>();
        Matrix<double> output = network.Forward(input, cache);

        y.Matrix.ShouldBe(output);
        byGraph.ShouldBe(network.Backward(upstream, cache));
        gradients.ShouldBe(network.Parameters.Select(p => p.Parameter.Gradient));
    }

    [Test]
    public void Backward_LayerOnConstantInput_ComputesOnlyItsParameters()
    {
        var graph = new Graph<double>();
        var layer = new HalvingLayer<double>();
        Node<double> y = Sum(graph.Apply(layer, graph.Constant(Matrix<double>.Build.Dense(1, 2, [3, 4]))));

        graph.Forward();
        graph.Backward(y);

        layer.Factor.Gradient[0, 0].ShouldBe(7);
        layer.InputGradients.ShouldBe(0);
    }

    [Test]
    public void Backward_MatrixUsedThrice_SumsItsBranches()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", Matrix<double>.Build.Dense(1, 3, [1, 2, 3]));
        Node<double> f = Sum(x * x) + Sum(x) + SumOfSquares(x);

        for (int pass = 0; pass < 2; pass++)
        {
            graph.Forward();
            graph.Backward(f);
            x.MatrixGradient.ToRowMajorArray().ShouldBe([5, 9, 13]);
        }
    }

    [Test]
    public void Set_MatrixOfAnotherShape_RunsWithIt()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", Matrix<double>.Build.Dense(2, 2, 1)), f = Sum(Square(x));
        graph.Forward();
        f.Value.ShouldBe(4);

        x.Set(Matrix<double>.Build.Dense(1, 3, 2));
        graph.Forward();
        graph.Backward(f);

        f.Value.ShouldBe(12);
        x.MatrixGradient.ToRowMajorArray().ShouldBe([4, 4, 4]);
    }

    [Test]
    public void Apply_NumbersIntoAGateOnMatrices_TakesThemAsOneByOne()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 3), y = graph.Variable("y", 4);
        Node<double> row = graph.Apply(new ConcatenateGate<double>(), x, y), f = SumOfSquares(row) * x;

        graph.Forward();
        graph.Backward(f);

        f.Value.ShouldBe(75);
        (x.Gradient, y.Gradient).ShouldBe((25 + 2 * 9, 24));
        x.Matrix[0, 0].ShouldBe(3);
        x.MatrixGradient[0, 0].ShouldBe(43);
    }

    [Test]
    public void Define_EquationsInAnyOrder_GiveTheSame()
    {
        var graph = new Graph<double>();
        Node<double> q = graph.Declare("q");
        Node<double> f = (q * graph.Variable("z", -4)).Named("f");
        graph.Define(q, graph.Variable("x", -2) + graph.Variable("y", 5));

        graph.Forward();
        graph.Backward(f);

        (q.Value, f.Value, q.Gradient, graph["x"].Gradient).ShouldBe((3, -12, -4, -4));
        graph["q"].ShouldBe(q);
        graph["q"].ToString().ShouldBe("q = add(x, y)");
    }

    [Test]
    public void Operators_WithConstantsOnEitherSide_AreThoseOfArithmetic()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 4);
        (Node<double> Node, double Value, double Slope)[] cases =
        [
            (x + 2, 6, 1), (2 + x, 6, 1), (x - 2, 2, 1), (2 - x, -2, -1), (x * 3, 12, 3), (3 * x, 12, 3), (x / 4, 1, 0.25), (8 / x, 2, -0.5),
            (-x, -4, -1), (x - x * x, -12, -7), (x / (x + 4), 0.5, 4.0 / 64), (Min(x, 2 * x), 4, 1), (Log(x), Math.Log(4), 0.25),
            (SquareRoot(x), 2, 0.25), (Absolute(-x), 4, 1), (ReLU(x), 4, 1), (Power(x, 3), 64, 48), (Tanh(x - 4), 0, 1),
        ];
        graph.Forward();

        foreach ((Node<double> node, double value, double slope) in cases)
        {
            graph.Backward(node);
            node.Value.ShouldBe(value, 1e-14, node.ToString());
            x.Gradient.ShouldBe(slope, 1e-14, node.ToString());
        }
    }

    [Test]
    public void Forward_ChainOfAMillionGates_RunsBothWaysWithoutRecursion()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 1), f = x;
        for (int i = 0; i < 500_000; i++)
        {
            f = f + 1e-6;
            f = f * 0.999999;
        }

        graph.Forward();
        graph.Backward(f);

        // dF/dx is the product of the half million factors.
        x.Gradient.ShouldBe(Math.Exp(500_000 * Math.Log(0.999999)), 1e-9);
    }

    private sealed class CountingGate : FormulaGate<double>
    {
        public int Slopes { get; private set; }

        public override string Name => "same";

        public override string Formula(string x = "x") => x;

        public override string LocalGradient(string x = "x", string y = "y") => "1";

        protected override double Value(double x) => x;

        protected override double Slope(double x, double y)
        {
            Slopes++;
            return 1;
        }
    }
}
