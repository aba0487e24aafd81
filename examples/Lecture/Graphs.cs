using System.Diagnostics;
using NeuralNet.Core.Graphs;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Examples.Lecture;

/// <summary>L21 and L22: one pass for all gradients, and the general computation graph.</summary>
internal static class Graphs
{
    public static void Run(Figures figures)
    {
        LocalErrorSignal(figures);
        LongChains(figures);
    }

    private static void LocalErrorSignal(Figures figures)
    {
        figures.Topic("L21", "δ, the local error signal, computed once for ∂s/∂W and ∂s/∂b", "by hand");
        var graph = new Graph<double>();
        Node<double> w = graph.Variable("W", Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 0, -1 }, { 2, 1, 0 } }));
        Node<double> x = graph.Variable("x", Matrix<double>.Build.Dense(3, 1, [1, -1, 1])), b = graph.Variable("b", Matrix<double>.Build.Dense(2, 1));
        Node<double> u = graph.Variable("u", Matrix<double>.Build.Dense(2, 1, [4, -8]));
        Node<double> z = (MatrixMultiply(w, x) + b).Named("z");
        Node<double> s = MatrixMultiply(Transpose(u), Sigmoid(z).Named("h")).Named("s");
        graph.Forward();
        graph.Backward(s);
        figures.Draw(graph, "L21-local-error-signal");

        // z = [0, 1]; δ = u ∘ σ′(z) = [4·0.25, −8·0.1966].
        double second = -8 / (2 + Math.E + 1 / Math.E);
        figures.Compare("δ = ∂s/∂z = u ∘ f′(z)", z.MatrixGradient, new[,] { { 1 }, { second } });
        figures.Compare("∂s/∂b = δ", b.MatrixGradient, new[,] { { 1 }, { second } });
        figures.Compare("∂s/∂W = δ·xᵀ", w.MatrixGradient, new[,] { { 1, -1, 1 }, { second, -second, second } });
    }

    private static void LongChains(Figures figures)
    {
        figures.Topic("L22", "any graph: topological order forward, reverse order back", "by hand");
        Console.WriteLine("       gates   forward   backward   backward/forward   (a time is no figure: none is compared)");
        foreach (int length in (int[])[10_000, 100_000, 1_000_000])
        {
            var graph = new Graph<double>();
            Node<double> x = graph.Variable("x", 1), f = x;
            for (int i = 0; i < length; i += 2)
            {
                f = (f + 0.5) * 0.5;
            }

            graph.Forward();
            graph.Backward(f);
            (double forward, double backward) = (Milliseconds(graph.Forward), Milliseconds(() => graph.Backward(f)));
            Console.WriteLine($"  {length,10:N0}  {forward,5:F2} ms   {backward,5:F2} ms   {backward / forward,8:F2}");
            figures.Compare("f, whose fixed point is 0.5", f.Value, 0.5, 12);
        }

        var product = new Graph<double>();
        Node<double> first = product.Variable("x", 3), last = first;
        for (int i = 1; i < 20; i++)
        {
            last = last * first;
        }

        product.Forward();
        product.Backward(last);
        figures.Compare("x²⁰ as a chain that uses x 20 times", first.Gradient, 20 * Math.Pow(3, 19));
        figures.Expect("every node behind its inputs", IsTopological(product));
    }

    private static bool IsTopological(Graph<double> graph)
    {
        var seen = new HashSet<Node<double>>();
        return graph.Order.All(node => node.Inputs.All(seen.Contains) && seen.Add(node));
    }

    private static double Milliseconds(Action pass)
    {
        double least = double.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            long start = Stopwatch.GetTimestamp();
            pass();
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return least;
    }
}
