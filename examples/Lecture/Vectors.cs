using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Graphs;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Examples.Lecture;

/// <summary>L10 to L12: gates on vectors and matrices.</summary>
internal static class Vectors
{
    public static void Run(Figures figures)
    {
        ReLUOnAVector(figures);
        SquaredNorm(figures);
        MatrixProduct(figures);
    }

    private static void ReLUOnAVector(Figures figures)
    {
        figures.Topic("L10", "ReLU on a vector");
        var gate = new ReLU<double>();
        var cache = new Cache<double>();
        Matrix<double> y = gate.Forward(Row(1, -2, 3, -1), cache);
        Matrix<double> dx = gate.Backward(Row(4, -1, 5, 9), cache);
        figures.Compare("ReLU [1 −2 3 −1]", y, new double[,] { { 1, 0, 3, 0 } });
        figures.Compare("downstream of [4 −1 5 9]", dx, new double[,] { { 4, 0, 5, 0 } });
    }

    private static void SquaredNorm(Figures figures)
    {
        figures.Topic("L11", "f(x, W) = ‖W·x‖²");
        var graph = new Graph<double>();
        Node<double> w = graph.Variable("W", Matrix<double>.Build.DenseOfArray(new[,] { { 0.1, 0.5 }, { -0.3, 0.8 } }));
        Node<double> x = graph.Variable("x", Matrix<double>.Build.DenseOfArray(new[,] { { 0.2 }, { 0.4 } }));
        Node<double> q = MatrixMultiply(w, x).Named("q");
        Node<double> f = SumOfSquares(q).Named("f");
        graph.Forward();
        graph.Backward(f);
        figures.Draw(graph, "L11-squared-norm");
        figures.Compare("q", q.Matrix, new[,] { { 0.22 }, { 0.26 } });
        figures.Compare("f", f.Value, 0.116, 12);
        figures.Compare("∇q f = 2q", q.MatrixGradient, new[,] { { 0.44 }, { 0.52 } });
        figures.Compare("∇W f = 2q·xᵀ", w.MatrixGradient, new[,] { { 0.088, 0.176 }, { 0.104, 0.208 } });
        figures.Compare("∇x f = 2Wᵀ·q", x.MatrixGradient, new[,] { { -0.112 }, { 0.636 } });
    }

    private static void MatrixProduct(Figures figures)
    {
        figures.Topic("L12", "matrix multiply: dX = dY·Wᵀ, dW = Xᵀ·dY");
        Matrix<double> x = Matrix<double>.Build.Random(5, 3, seed: 1), w = Matrix<double>.Build.Random(3, 4, seed: 2);
        var gate = new MatrixMultiplyGate<double>();
        var cache = new Cache<double>();
        Matrix<double> y = gate.Forward(x, w, cache);
        var (dx, dw) = gate.Backward(upstream: y, cache);
        figures.Compare("shape of dX", dx.Shape(), x.Shape());
        figures.Compare("shape of dW", dw.Shape(), w.Shape());
        GradientCheckReport report = GradientCheck.Gate(gate, [x, w]);
        Console.WriteLine(report);
        figures.Expect("agrees with difference quotients", report.Passed);
    }

    private static Matrix<double> Row(params double[] entries) => Matrix<double>.Build.Dense(1, entries.Length, entries);
}
