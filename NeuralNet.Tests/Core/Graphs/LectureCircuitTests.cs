using NeuralNet.Core;
using NeuralNet.Core.Graphs;
using NeuralNet.Tests.Core.Gates;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Tests.Core.Graphs;

/// <summary>The circuits of CS231n lecture 4 and CS224n lecture 3 with the figures on their slides.</summary>
public sealed class LectureCircuitTests
{
    [Test]
    public void Backward_SumTimesNumber_HasTheFiguresOfTheSlide()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", -2), y = graph.Variable("y", 5), z = graph.Variable("z", -4);
        Node<double> q = (x + y).Named("q");
        Node<double> f = (q * z).Named("f");

        graph.Forward();
        graph.Backward(f);

        (q.Value, f.Value).ShouldBe((3, -12));
        (f.Gradient, z.Gradient, q.Gradient, x.Gradient, y.Gradient).ShouldBe((1, 3, -4, -4, -4));
    }

    [Test]
    public void Backward_VariableUsedTwice_SumsItsBranches()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 1), y = graph.Variable("y", 2), z = graph.Variable("z", 0);
        Node<double> a = x + y, b = Max(y, z), f = a * b;

        graph.Forward();
        graph.Backward(f);

        (a.Value, b.Value, f.Value).ShouldBe((3, 2, 6));
        (a.Gradient, b.Gradient).ShouldBe((2, 3));
        (x.Gradient, y.Gradient, z.Gradient).ShouldBe((2, 5, 0));
    }

    [Test]
    public void Backward_SigmoidOfPrimitiveGates_HasTheFiguresOfTheSlide()
    {
        var graph = new Graph<double>();
        Node<double> s = Neuron(graph);
        Node<double> minus = -s, exp = Exp(minus), plus = exp + 1, f = 1 / plus;

        graph.Forward();
        graph.Backward(f);

        const double Digits = 5.1e-5;
        (s.Value, minus.Value).ShouldBe((1, -1));
        exp.Value.ShouldBe(0.3679, Digits);
        plus.Value.ShouldBe(1.3679, Digits);
        f.Value.ShouldBe(0.7311, Digits);
        f.Gradient.ShouldBe(1);
        plus.Gradient.ShouldBe(-0.5344, Digits);
        exp.Gradient.ShouldBe(-0.5344, Digits);
        minus.Gradient.ShouldBe(-0.1966, Digits);
        s.Gradient.ShouldBe(0.1966, Digits);
        graph["w0"].Gradient.ShouldBe(-0.1966, Digits);
        graph["x0"].Gradient.ShouldBe(0.3932, Digits);
        graph["w1"].Gradient.ShouldBe(-0.3932, Digits);
        graph["x1"].Gradient.ShouldBe(-0.5898, Digits);
        graph["w2"].Gradient.ShouldBe(0.1966, Digits);
    }

    [Test]
    public void Backward_OneSigmoidGate_EqualsThePrimitiveGates()
    {
        var primitive = new Graph<double>();
        Node<double> f = 1 / (1 + Exp(-Neuron(primitive)));
        primitive.Forward();
        primitive.Backward(f);
        var single = new Graph<double>();
        Node<double> sigma = Sigmoid(Neuron(single));
        single.Forward();
        single.Backward(sigma);

        sigma.Value.ShouldBe(f.Value, 1e-15);
        foreach (string name in new[] { "w0", "x0", "w1", "x1", "w2" })
        {
            single[name].Gradient.ShouldBe(primitive[name].Gradient, 1e-15, name);
        }
    }

    [Test]
    public void Gates_OfTheFirstTwoCircuits_NameTheirPatterns()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 1), y = graph.Variable("y", 2), z = graph.Variable("z", 0);
        Node<double> f = (x + y) * Max(y, z);

        f.Gate!.Pattern.ShouldBe(FlowPattern.Switcher);
        f.Inputs[0].Gate!.Pattern.ShouldBe(FlowPattern.Distributor);
        f.Inputs[1].Gate!.Pattern.ShouldBe(FlowPattern.Router);
    }

    // z = f(u, v, w) with u = x², v = e^x, w = 3x and z = u·v + w: dz/dx = v·2x + u·e^x + 3.
    [Test]
    public void Backward_SeveralIntermediates_SumsThePaths()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 0.7);
        Node<double> u = Square(x), v = Exp(x), w = 3 * x, z = u * v + w;

        graph.Forward();
        graph.Backward(z);

        double byU = v.Value * 2 * 0.7, byV = u.Value * Math.Exp(0.7), byW = 3;
        u.Gradient.ShouldBe(v.Value);
        v.Gradient.ShouldBe(u.Value);
        w.Gradient.ShouldBe(1);
        x.Gradient.ShouldBe(byU + byV + byW, 1e-14);
    }

    [Test]
    public void Backward_SquaredNormOfAProduct_HasTheFiguresOfTheSlide()
    {
        var graph = new Graph<double>();
        Node<double> w = graph.Variable("W", Matrix<double>.Build.DenseOfRowMajor(2, 2, [0.1, 0.5, -0.3, 0.8]));
        Node<double> x = graph.Variable("x", Matrix<double>.Build.Dense(2, 1, [0.2, 0.4]));
        Node<double> q = MatrixMultiply(w, x), f = SumOfSquares(q);

        graph.Forward();
        graph.Backward(f);

        ShouldBe(q.Matrix, [0.22, 0.26]);
        f.Value.ShouldBe(0.116, 1e-15);
        ShouldBe(q.MatrixGradient, [0.44, 0.52]);
        ShouldBe(w.MatrixGradient, [0.088, 0.176, 0.104, 0.208]);
        ShouldBe(x.MatrixGradient, [-0.112, 0.636]);
    }

    // s = uᵀh, h = f(z), z = Wx + b: δ = ∂s/∂z is computed once, and both ∂s/∂W = δ·xᵀ and ∂s/∂b = δ are made from it.
    [Test]
    public void Backward_LocalErrorSignal_IsComputedOnceAndReused()
    {
        var graph = new Graph<double>();
        var activation = new HalvingLayer<double>();
        Node<double> w = graph.Variable("W", Matrix<double>.Build.DenseOfRowMajor(2, 3, [1, 2, 3, 4, 5, 6]));
        Node<double> x = graph.Variable("x", Matrix<double>.Build.Dense(3, 1, [1, -1, 2]));
        Node<double> b = graph.Variable("b", Matrix<double>.Build.Dense(2, 1, [0.5, -0.5]));
        Node<double> u = graph.Variable("u", Matrix<double>.Build.Dense(2, 1, [3, -2]));
        Node<double> z = (MatrixMultiply(w, x) + b).Named("z");
        Node<double> s = MatrixMultiply(Transpose(u), graph.Apply(activation, z));

        graph.Forward();
        graph.Backward(s);

        // δ = uᵀ ∘ f′(z) with f′ = ½: [1.5, −1].
        ShouldBe(z.MatrixGradient, [1.5, -1]);
        ShouldBe(b.MatrixGradient, [1.5, -1]);
        ShouldBe(w.MatrixGradient, [1.5, -1.5, 3, -1, 1, -2]);
        activation.BackwardPasses.ShouldBe(1);
    }

    [Test]
    public void Order_ForwardAndBackward_IsTopological()
    {
        var graph = new Graph<double>();
        Node<double> f = Sigmoid(Neuron(graph));

        string[] order = [.. graph.Order.Select(node => node.Name)];

        order.Length.ShouldBe(order.Distinct().Count());
        order[^1].ShouldBe(f.Name);
        foreach (Node<double> node in graph.Order)
        {
            node.Inputs.ShouldAllBe(input => Array.IndexOf(order, input.Name) < Array.IndexOf(order, node.Name));
        }
    }

    private static Node<double> Neuron(Graph<double> graph)
    {
        Node<double> w0 = graph.Variable("w0", 2), x0 = graph.Variable("x0", -1);
        Node<double> w1 = graph.Variable("w1", -3), x1 = graph.Variable("x1", -2), w2 = graph.Variable("w2", -3);
        return w0 * x0 + w1 * x1 + w2;
    }

    private static void ShouldBe(Matrix<double> actual, double[] rowMajor)
    {
        double[] entries = actual.ToRowMajorArray();
        entries.Length.ShouldBe(rowMajor.Length);
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i].ShouldBe(rowMajor[i], 1e-15);
        }
    }
}
