using NeuralNet.Core.Gates;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Graphs;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Proofs;

/// <summary>A recurrent cell over five steps with shared weights: the gates compose, and gradients of what is shared add up.</summary>
internal sealed class LongShortTermMemoryTests
{
    private const int Steps = 5, Samples = 3, Features = 2, Units = 3;

    [Test]
    public void Forward_FiveSteps_AgreesWithLoops()
    {
        Unrolled unrolled = Unroll(isShared: true);
        unrolled.Graph.Forward();
        double[,] h = unrolled.H0.Matrix.ToArray(), c = unrolled.C0.Matrix.ToArray();
        for (int step = 0; step < Steps; step++)
        {
            LongShortTermMemory.Step(unrolled.X[step].Matrix, h, c, unrolled.W[0].Matrix, unrolled.B[0].Matrix);
            (unrolled.H[step].Matrix - Matrix<double>.Build.DenseOfArray(h)).L2Norm().ShouldBeLessThan(1e-14);
            (unrolled.C[step].Matrix - Matrix<double>.Build.DenseOfArray(c)).L2Norm().ShouldBeLessThan(1e-14);
        }
    }

    [Test]
    public void Backward_UpstreamAtTheEnd_IsGood() =>
        GradientCheck.Graph(Unroll(isShared: true).H[^1]).ShouldBeGood("x0", "x1", "x2", "x3", "x4", "h0", "c0", "w", "b");

    [Test]
    public void Backward_UpstreamAtEachStep_IsGood() =>
        GradientCheck.Graph(AllSteps(Unroll(isShared: true))).ShouldBeGood("x0", "x1", "x2", "x3", "x4", "h0", "c0", "w", "b");

    // The chain rule: a variable that stands in five places has the sum of the gradients of five variables with its value.
    [Test]
    public void Backward_SharedWeights_AreTheSumOverTheSteps()
    {
        Matrix<double> upstream = Some.Matrix<double>(Steps * Samples, Units, 77);
        Unrolled shared = Unroll(isShared: true), apart = Unroll(isShared: false);
        foreach (Unrolled unrolled in new[] { shared, apart })
        {
            Node<double> all = AllSteps(unrolled);
            unrolled.Graph.Forward();
            unrolled.Graph.Backward(all, upstream);
        }

        Compare(shared.W[0].MatrixGradient, apart.W);
        Compare(shared.B[0].MatrixGradient, apart.B);

        static void Compare(Matrix<double> sum, Node<double>[] parts)
        {
            parts.ShouldAllBe(part => part.MatrixGradient.L2Norm() > 0.01);
            (sum - parts.Select(part => part.MatrixGradient).Aggregate((a, b) => a + b)).L2Norm().ShouldBeLessThan(1e-14 * sum.L2Norm() * Steps);
        }
    }

    private static Node<double> AllSteps(Unrolled unrolled) => unrolled.Graph.Apply(new ConcatenateGate<double>(Axis.Rows), unrolled.H);

    private static Unrolled Unroll(bool isShared)
    {
        var graph = new Graph<double>();
        Node<double>[] x = [.. Enumerable.Range(0, Steps).Select(step => graph.Variable($"x{step}", Some.Matrix<double>(Samples, Features, 10 + step)))];
        Node<double> h = graph.Variable("h0", Some.Matrix<double>(Samples, Units, 2)), c = graph.Variable("c0", Some.Matrix<double>(Samples, Units, 3));
        Node<double>[] w = Weights("w", Features + Units, 4), b = Weights("b", 1, 5);
        var unrolled = new Unrolled(graph, x, w, b, h, c, new Node<double>[Steps], new Node<double>[Steps]);
        for (int step = 0; step < Steps; step++)
        {
            (h, c) = LongShortTermMemory.Step(x[step], h, c, w[isShared ? 0 : step], b[isShared ? 0 : step], Units);
            (unrolled.H[step], unrolled.C[step]) = (h, c);
        }

        return unrolled;

        Node<double>[] Weights(string name, int rows, int seed) => isShared
            ? [graph.Variable(name, Some.Matrix<double>(rows, 4 * Units, seed))]
            : [.. Enumerable.Range(0, Steps).Select(step => graph.Variable($"{name}{step}", Some.Matrix<double>(rows, 4 * Units, seed)))];
    }

    private sealed record Unrolled(
        Graph<double> Graph, Node<double>[] X, Node<double>[] W, Node<double>[] B, Node<double> H0, Node<double> C0, Node<double>[] H, Node<double>[] C);
}
