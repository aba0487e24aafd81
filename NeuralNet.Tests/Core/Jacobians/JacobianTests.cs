using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Jacobians;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Jacobians;

public sealed class JacobianTests
{
    // Row L8 of the lectures: of Wx + b by x it is W, by b the identity. The layer's weight is the lecture's W transposed.
    [Test]
    public void By_AffineLayer_IsWeightAndIdentity()
    {
        Matrix<double> weight = Some.Matrix<double>(3, 2);
        Jacobian<double> jacobian = Jacobian<double>.OfGate(new Linear<double>(weight, Some.Matrix<double>(1, 2)), Some.Matrix<double>(1, 3, 2));

        jacobian.By("input").ShouldBe(weight.Transpose());
        jacobian.By("bias").ShouldBe(Matrix<double>.Build.DenseIdentity(2));
    }

    // Row L8: ∂(uᵀh)/∂u = hᵀ.
    [Test]
    public void By_InnerProduct_IsTheOtherVector()
    {
        Matrix<double> u = Some.Matrix<double>(4, 1), h = Some.Matrix<double>(4, 1, 2);
        var function = new DifferentiableFunction<double>(
            "uᵀh", [("u", u), ("h", h)], () => u.Transpose() * h, upstream => [h * upstream, u * upstream]);

        new Jacobian<double>(function).By("u").ShouldBe(h.Transpose());
        new Jacobian<double>(function).By("h").ShouldBe(u.Transpose());
    }

    // Row L8: element-wise functions have diagonal Jacobians. σ′(0) = 1/4; the ReLU of row L10 is on the first and the third of [1, −2, 3, −1].
    [Test]
    public void By_ElementwiseLayer_IsDiagonal()
    {
        Jacobian<double>.OfGate(new Sigmoid<double>(), Matrix<double>.Build.Dense(2, 2)).By("x")
            .ShouldBe(0.25 * Matrix<double>.Build.DenseIdentity(4));
        Matrix<double> input = Matrix<double>.Build.DenseOfArray(new[,] { { 1.0, -2, 3, -1 } });
        Jacobian<double>.OfGate(new ReLU<double>(), input).By("x")
            .ShouldBe(Matrix<double>.Build.DenseOfDiagonalArray([1.0, 0, 1, 0]));
    }

    // Row L11: f = ‖W·x‖² has one output, so its Jacobians are its gradients as rows.
    [Test]
    public void By_ScalarFunction_IsTheGradientAsRow()
    {
        Matrix<double> w = Matrix<double>.Build.DenseOfArray(new[,] { { 0.1, 0.5 }, { -0.3, 0.8 } });
        Matrix<double> x = Matrix<double>.Build.DenseOfArray(new[,] { { 0.2 }, { 0.4 } });
        var jacobian = new Jacobian<double>(DifferentiableFunction<double>.OfScalar(
            "‖W·x‖²",
            [("W", w), ("x", x)],
            () => (w * x).Enumerate().Sum(q => q * q),
            () => [2 * (w * x) * x.Transpose(), 2 * w.Transpose() * (w * x)]));

        (jacobian.By("x") - Matrix<double>.Build.DenseOfArray(new[,] { { -0.112, 0.636 } })).L2Norm().ShouldBeLessThan(1e-15);
        (jacobian.By("W") - Matrix<double>.Build.DenseOfArray(new[,] { { 0.088, 0.104, 0.176, 0.208 } })).L2Norm().ShouldBeLessThan(1e-15);
        jacobian.VectorJacobianProduct(Matrix<double>.Build.Dense(1, 1, 10))[1][1, 0].ShouldBe(6.36, 1e-14);
    }

    [Test]
    public void Products_Network_AgreeWithExplicitJacobian()
    {
        var network = new Sequential<double>(
            new Linear<double>(3, 4, new Random(1)), new Sigmoid<double>(), new Linear<double>(4, 2, new Random(2)));
        DifferentiableFunction<double> function = DifferentiableFunction<double>.OfGate(network, Some.Matrix<double>(5, 3));
        var jacobian = new Jacobian<double>(function);
        Matrix<double> upstream = Some.Matrix<double>(5, 2, 3);
        IReadOnlyList<Matrix<double>> products = jacobian.VectorJacobianProduct(upstream);

        for (int i = 0; i < function.Variables.Count; i++)
        {
            NamedMatrix<double> variable = function.Variables[i];
            Matrix<double> j = jacobian.By(variable.Name);
            Matrix<double> v = Some.Matrix<double>(variable.Value.RowCount, variable.Value.ColumnCount, 4);

            (Vector(products[i]) - j.TransposeThisAndMultiply(Vector(upstream))).L2Norm().ShouldBeLessThan(1e-14);
            (Vector(jacobian.JacobianVectorProduct(variable.Name, v)) - (j * Vector(v))).L2Norm().ShouldBeLessThan(1e-10);
        }
    }

    [Test]
    public void JacobianVectorProduct_Float_IsWithinItsPrecision()
    {
        var layer = new Sigmoid<float>();
        Matrix<float> input = Some.Matrix<float>(2, 3), direction = 100 * Some.Matrix<float>(2, 3, 2);
        Jacobian<float> jacobian = Jacobian<float>.OfGate(layer, input);
        Matrix<float> before = input.Clone();

        Matrix<float> product = jacobian.JacobianVectorProduct("x", direction);

        Matrix<float> expected = input.Map2((x, v) => v / ((1 + MathF.Exp(-x)) * (1 + MathF.Exp(x))), direction);
        ((product - expected).L2Norm() / expected.L2Norm()).ShouldBeLessThan(1e-4);
        input.ShouldBe(before);
        jacobian.JacobianVectorProduct("x", 0 * direction).ShouldBe(0 * direction);
    }

    // Row L9: an element-wise function of 4096 numbers, and of a minibatch of 100 of them.
    [TestCase(1, 4096L * 4096)]
    [TestCase(100, 409_600L * 409_600)]
    public void Size_ElementwiseLayer_IsTheSquareOfItsElements(int samples, long entries)
    {
        JacobianSize size = Jacobian<float>.OfGate(new ReLU<float>(), Matrix<float>.Build.Dense(samples, 4096)).Size("x");

        size.Entries.ShouldBe((Int128)entries);
        size.Bytes.ShouldBe((Int128)entries * 4);
    }

    // Row L9: N = 64, D = M = 4096. 64·4096 outputs by 64·4096 inputs are 2^36 entries of 4 bytes, 2^38 bytes = 256 GiB.
    [Test]
    public void By_LargeProduct_IsRefusedAndTheProductRuns()
    {
        Matrix<float> input = Some.Matrix<float>(64, 4096), upstream = Some.Matrix<float>(64, 4096, 2);
        var layer = new Linear<float>(4096, 4096, new Random(1), bias: false);
        Jacobian<float> jacobian = Jacobian<float>.OfGate(layer, input);

        string message = Should.Throw<InvalidOperationException>(() => jacobian.By("input")).Message;
        message.ShouldBe(
            "The Jacobian of Linear(4096 → 4096, no bias) by input is 262,144 × 262,144 = 68,719,476,736 entries (2^36), 256 GiB in float; " +
            "the limit is 1 GiB. It need not be formed: VectorJacobianProduct gives Jᵀ·upstream (the backward pass) and JacobianVectorProduct gives J·v.");
        Matrix<float> downstream = jacobian.VectorJacobianProduct(upstream)[0];
        downstream[3, 5].ShouldBe((float)upstream.Row(3).ToDouble().DotProduct(layer.Weight.Value.Row(5).ToDouble()), 1e-4f);
    }

    [Test]
    public void By_UnknownVariableOrSmallLimit_IsRefused()
    {
        Jacobian<double> jacobian = Jacobian<double>.OfGate(new Sigmoid<double>(), Some.Matrix<double>(2, 2));

        Should.Throw<ArgumentException>(() => jacobian.By("weight")).Message.ShouldContain("has no variable weight; its variables are x");
        Should.Throw<InvalidOperationException>(() => jacobian.By("x", limit: 127)).Message.ShouldContain("16 entries (2^4), 128 B in double; the limit is 127 B");
        jacobian.By("x", limit: 128).RowCount.ShouldBe(4);
        Should.Throw<ArgumentException>(() => jacobian.VectorJacobianProduct(Some.Matrix<double>(1, 2))).Message.ShouldContain("[2×2], got [1×2]");
        Should.Throw<ArgumentException>(() => jacobian.JacobianVectorProduct("x", Some.Matrix<double>(1, 2))).Message.ShouldContain("[1×2]");
    }

    private static Vector<double> Vector(Matrix<double> matrix) => Vector<double>.Build.Dense(matrix.AsSpan().ToArray());
}
