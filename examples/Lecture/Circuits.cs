using NeuralNet.Core.Graphs;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Examples.Lecture;

/// <summary>L1 to L4: circuits of numbers.</summary>
internal static class Circuits
{
    public static void Run(Figures figures)
    {
        SumTimesNumber(figures);
        VariableUsedTwice(figures);
        Graph<double> primitive = SigmoidOfPrimitives(figures);
        OneSigmoidGate(figures, primitive);
    }

    private static void SumTimesNumber(Figures figures)
    {
        figures.Topic("L1", "f = (x + y)·z");
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", -2), y = graph.Variable("y", 5), z = graph.Variable("z", -4);
        Node<double> q = (x + y).Named("q");
        Node<double> f = (q * z).Named("f");
        graph.Forward();
        graph.Backward(f);
        figures.Draw(graph, "L01-sum-times-number");
        figures.Compare("q", q.Value, 3);
        figures.Compare("f", f.Value, -12);
        figures.Compare("df/dz", z.Gradient, 3);
        figures.Compare("df/dq", q.Gradient, -4);
        figures.Compare("df/dx", x.Gradient, -4);
        figures.Compare("df/dy", y.Gradient, -4);
    }

    private static void VariableUsedTwice(Figures figures)
    {
        figures.Topic("L2", "f = (x + y)·max(y, z), y used twice");
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 1), y = graph.Variable("y", 2), z = graph.Variable("z", 0);
        Node<double> a = (x + y).Named("a"), b = Max(y, z).Named("b");
        Node<double> f = (a * b).Named("f");
        graph.Forward();
        graph.Backward(f);
        figures.Draw(graph, "L02-variable-used-twice");
        figures.Compare("f", f.Value, 6);
        figures.Compare("df/dx", x.Gradient, 2);
        figures.Compare("df/dy, the sum of two branches", y.Gradient, 5);
        figures.Compare("df/dz", z.Gradient, 0);
    }

    private static Graph<double> SigmoidOfPrimitives(Figures figures)
    {
        figures.Topic("L3", "sigmoid circuit from primitive gates, 1/(1 + e^−(w0·x0 + w1·x1 + w2))");
        var graph = new Graph<double>();
        Node<double> s = Neuron(graph);
        Node<double> minus = -s, exp = Exp(minus), plus = exp + 1;
        Node<double> f = (1 / plus).Named("f");
        graph.Forward();
        graph.Backward(f);
        figures.Draw(graph, "L03-sigmoid-of-primitives");
        figures.Compare("w0·x0 + w1·x1 + w2", s.Value, 1);
        figures.Compare("·−1", minus.Value, -1);
        figures.Compare("exp", exp.Value, 0.3679, 4);
        figures.Compare("+1", plus.Value, 1.3679, 4);
        figures.Compare("1/x", f.Value, 0.7311, 4);
        figures.Compare("gradient at 1/x", f.Gradient, 1);
        figures.Compare("gradient at +1", plus.Gradient, -0.5344, 4);
        figures.Compare("gradient at exp", exp.Gradient, -0.5344, 4);
        figures.Compare("gradient at ·−1", minus.Gradient, -0.1966, 4);
        figures.Compare("gradient at the sum", s.Gradient, 0.1966, 4);
        foreach ((string name, double gradient) in Gradients)
        {
            figures.Compare($"d{name}", graph[name].Gradient, gradient, 4);
        }

        return graph;
    }

    private static void OneSigmoidGate(Figures figures, Graph<double> primitive)
    {
        figures.Topic("L4", "the same with one sigmoid gate, local gradient (1 − σ)·σ");
        var graph = new Graph<double>();
        Node<double> f = Sigmoid(Neuron(graph).Named("s")).Named("f");
        graph.Forward();
        graph.Backward(f);
        figures.Draw(graph, "L04-sigmoid-gate");
        figures.Compare("σ(1)", f.Value, 0.7311, 4);
        figures.Compare("(1 − σ)·σ", graph["s"].Gradient, 0.1966, 4);
        double worst = Gradients.Max(entry => Math.Abs(graph[entry.Name].Gradient - primitive[entry.Name].Gradient));
        figures.Expect("all gradients equal those of L3", worst < 1e-15 && Math.Abs(f.Value - primitive["f"].Value) < 1e-15);
    }

    private static (string Name, double Gradient)[] Gradients => [("w0", -0.1966), ("x0", 0.3932), ("w1", -0.3932), ("x1", -0.5898), ("w2", 0.1966)];

    private static Node<double> Neuron(Graph<double> graph)
    {
        Node<double> w0 = graph.Variable("w0", 2), x0 = graph.Variable("x0", -1);
        Node<double> w1 = graph.Variable("w1", -3), x1 = graph.Variable("x1", -2), w2 = graph.Variable("w2", -3);
        return w0 * x0 + w1 * x1 + w2;
    }
}
