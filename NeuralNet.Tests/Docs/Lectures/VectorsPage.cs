using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Graphs;
using NeuralNet.Core.Jacobians;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Tests.Docs.Lectures;

/// <summary>The code of docs/lectures/vectors.md and docs/lectures/jacobians.md.</summary>
internal sealed class VectorsPage
{
    [Test]
    public void ReLU_OnAVector_IsThePages()
    {
        #region relu
        var gate = new ReLU<double>();
        var cache = new Cache<double>();
        Matrix<double> y = gate.Forward(Matrix<double>.Build.DenseOfArray(new double[,] { { 1, -2, 3, -1 } }), cache);     // [1 0 3 0]
        Matrix<double> dx = gate.Backward(Matrix<double>.Build.DenseOfArray(new double[,] { { 4, -1, 5, 9 } }), cache);    // [4 0 5 0]
        #endregion

        y.ToRowMajorArray().ShouldBe([1, 0, 3, 0]);
        dx.ToRowMajorArray().ShouldBe([4, 0, 5, 0]);
    }

    [Test]
    public void Norm_Drawn_IsThePagesPicture()
    {
        #region norm
        var graph = new Graph<double>();
        var w = graph.Variable("W", Matrix<double>.Build.DenseOfArray(new[,] { { 0.1, 0.5 }, { -0.3, 0.8 } }));
        var x = graph.Variable("x", Matrix<double>.Build.DenseOfArray(new[,] { { 0.2 }, { 0.4 } }));
        var q = MatrixMultiply(w, x).Named("q");
        var f = SumOfSquares(q).Named("f");

        graph.Forward();
        graph.Backward(f);
        Console.WriteLine(graph.Draw());
        #endregion

        graph.Draw().ToString().TrimEnd().ShouldBe(Page.Read("docs/lectures/vectors.md").Printed("norm"));
        graph.Explain().TrimEnd().ShouldBe(Page.Read("docs/lectures/drawing.md").Printed("explain"));
    }

    [Test]
    public void MatrixProduct_Checked_Passes()
    {
        #region matrix-multiply
        Matrix<double> x = Matrix<double>.Build.Random(5, 3, seed: 1), w = Matrix<double>.Build.Random(3, 4, seed: 2);
        var gate = new MatrixMultiplyGate<double>();
        var cache = new Cache<double>();
        Matrix<double> y = gate.Forward(x, w, cache);               // [5×4]
        var (dx, dw) = gate.Backward(upstream: y, cache);           // [5×3] = dY·Wᵀ and [3×4] = Xᵀ·dY
        GradientCheck.Gate(gate, [x, w]).ThrowIfFailed();
        #endregion

        (dx.Shape(), dw.Shape()).ShouldBe((x.Shape(), w.Shape()));
    }

    [Test]
    public void Jacobians_OfThePage_AreTheLectures()
    {
        #region small
        Matrix<double> z = Matrix<double>.Build.DenseOfArray(new[,] { { 0.5 }, { -1 } });
        Matrix<double> diagonal = Jacobian<double>.OfGate(new Sigmoid<double>(), z).By("x");   // diag(σ′(z))

        var graph = new Graph<double>();
        var w = graph.Variable("W", Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }));
        var x = graph.Variable("x", Matrix<double>.Build.Dense(3, 1, 1));
        var b = graph.Variable("b", Matrix<double>.Build.Dense(2, 1, 1));
        var affine = MatrixMultiply(w, x) + b;
        var jacobian = Jacobian<double>.OfGraph(affine);
        Matrix<double> byX = jacobian.By("x");                      // W
        Matrix<double> byB = jacobian.By("b");                      // the identity
        #endregion

        diagonal[0, 1].ShouldBe(0);
        diagonal[0, 0].ShouldBe(0.235, 5e-4);
        byX.ShouldBe(w.Matrix);
        byB.ShouldBe(Matrix<double>.Build.DenseIdentity(2));
    }

    [Test]
    public void LargeJacobian_AskedFor_IsRefusedWithItsSize()
    {
        #region large
        Matrix<float> x = Matrix<float>.Build.Dense(64, 4096, 1), w = Matrix<float>.Build.Dense(4096, 4096, 0.5f);
        var jacobian = Jacobian<float>.OfGate(new MatrixMultiplyGate<float>(), x, w);
        Console.WriteLine(jacobian.Size("x"));
        IReadOnlyList<Matrix<float>> gradients = jacobian.VectorJacobianProduct(Matrix<float>.Build.Dense(64, 4096, 1));
        #endregion

        jacobian.Size("x").ToString().ShouldBe(Page.Read("docs/lectures/jacobians.md").Printed("large"));
        Should.Throw<InvalidOperationException>(() => jacobian.By("x")).Message.ShouldContain("256 GiB");
        gradients[0][0, 0].ShouldBe(2048);
    }
}
