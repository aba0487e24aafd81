using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;
using NeuralNet.Core.Jacobians;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Examples.Lecture;

/// <summary>L8 and L9: Jacobians, and why they are never formed.</summary>
internal static class Jacobians
{
    public static void Run(Figures figures)
    {
        SmallOnes(figures);
        NeverFormed(figures);
    }

    private static void SmallOnes(Figures figures)
    {
        figures.Topic("L8", "Jacobians: element-wise, of Wx + b, of uᵀh");
        Matrix<double> v = Column(0.5, -1, 2);
        var sigmoid = new Sigmoid<double>();
        Matrix<double> slopes = v.Map(x => Math.Exp(-x) / ((1 + Math.Exp(-x)) * (1 + Math.Exp(-x))));
        figures.Expect("element-wise: ∂f(z)/∂z = diag(f′(z))", Near(Jacobian<double>.OfGate(sigmoid, v).By("x"), Diagonal(slopes)));

        var graph = new Graph<double>();
        Node<double> w = graph.Variable("W", Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }));
        Node<double> x = graph.Variable("x", Column(1, -1, 2)), b = graph.Variable("b", Column(0.5, -0.5)), u = graph.Variable("u", Column(3, -2));
        Node<double> z = (MatrixMultiply(w, x) + b).Named("z");
        Node<double> h = Sigmoid(z).Named("h");
        Node<double> s = MatrixMultiply(Transpose(u), h).Named("s");
        graph.Forward();
        var ofZ = Jacobian<double>.OfGraph(z);
        figures.Expect("∂(Wx + b)/∂x = W", Near(ofZ.By("x"), w.Matrix));
        figures.Expect("∂(Wx + b)/∂b = I", Near(ofZ.By("b"), Matrix<double>.Build.DenseIdentity(2)));
        Matrix<double> hidden = h.Matrix.Clone();
        figures.Expect("∂(uᵀh)/∂u = hᵀ", Near(Jacobian<double>.OfGraph(s).By("u"), hidden.Transpose()));

        Matrix<double> upstream = Column(2, -3);
        Matrix<double> transposed = ofZ.By("x").Transpose() * upstream;
        graph.Forward();
        graph.Backward(z, upstream);
        figures.Expect("Jᵀ·upstream = Backward", Near(transposed, x.MatrixGradient));
    }

    private static void NeverFormed(Figures figures)
    {
        figures.Topic("L9", "never form the Jacobian");
        JacobianSize one = Jacobian<float>.OfGate(new ReLU<float>(), Matrix<float>.Build.Dense(1, 4096)).Size("x");
        figures.Compare("element-wise, 4096 → 4096", $"{one.Outputs} x {one.Inputs}", "4096 x 4096");
        JacobianSize batch = Jacobian<float>.OfGate(new ReLU<float>(), Matrix<float>.Build.Dense(100, 4096)).Size("x");
        figures.Compare("a minibatch of 100", $"{batch.Outputs:N0} x {batch.Inputs:N0}", "409,600 x 409,600");

        Matrix<float> x = Matrix<float>.Build.Dense(64, 4096, 1), w = Matrix<float>.Build.Dense(4096, 4096, 0.5f);
        Jacobian<float> product = Jacobian<float>.OfGate(new MatrixMultiplyGate<float>(), x, w);
        JacobianSize size = product.Size("x");
        figures.Compare("X·W with N = 64, D = M = 4096", $"{size.Entries} entries", $"{1L << 36} entries");
        figures.Compare("in float", $"{size.Bytes >> 30} GiB", "256 GiB");
        string refusal = "";
        try
        {
            product.By("x");
        }
        catch (InvalidOperationException error)
        {
            refusal = error.Message;
        }

        Console.WriteLine($"  asked for: {refusal}");
        figures.Expect("it is refused with that figure", refusal.Contains("256 GiB", StringComparison.Ordinal));

        // Every entry of dX is a sum of 4096 products 1·0.5, of dW one of 64 products 1·1.
        IReadOnlyList<Matrix<float>> gradients = product.VectorJacobianProduct(Matrix<float>.Build.Dense(64, 4096, 1));
        figures.Compare("the product Jᵀ·1 runs: dX[0, 0]", gradients[0][0, 0], 2048);
        figures.Compare("dW[0, 0]", gradients[1][0, 0], 64);
    }

    private static bool Near(Matrix<double> a, Matrix<double> b) =>
        a.RowCount == b.RowCount && a.ColumnCount == b.ColumnCount && (a - b).InfinityNorm() < 1e-12;

    private static Matrix<double> Diagonal(Matrix<double> column) => Matrix<double>.Build.DenseOfDiagonalArray(column.ToColumnMajorArray());

    private static Matrix<double> Column(params double[] entries) => Matrix<double>.Build.Dense(entries.Length, 1, entries);
}
