using NeuralNet.Core.Differentiation;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Jacobians;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Jacobians;

/// <summary>J·v far from 1, what it leaves behind, and what a Jacobian refuses.</summary>
internal sealed class JacobianProductTests
{
    // f = x³ entry by entry: J·v = 3x²·v.
    [TestCase(1000, -2000, -3, 0.5)]
    [TestCase(0.001, 0.002, -100, -7)]
    [TestCase(-50, 0.5, 1e-4, -2e-4)]
    [TestCase(3, 4, 0, 0)]
    public void JacobianVectorProduct_CubesOfAnySize_IsThreeSquares(double x0, double x1, double v0, double v1)
    {
        Matrix<double> x = Matrix<double>.Build.Dense(1, 2, [x0, x1]), v = Matrix<double>.Build.Dense(1, 2, [v0, v1]);
        Matrix<double> product = new Jacobian<double>(Cubes(x)).JacobianVectorProduct("x", v);
        double scale = 3 * Math.Max(x0 * x0, x1 * x1) * Math.Max(Math.Abs(v0), Math.Abs(v1));
        Math.Abs(product[0, 0] - (3 * x0 * x0 * v0)).ShouldBeLessThanOrEqualTo(1e-7 * scale);
        Math.Abs(product[0, 1] - (3 * x1 * x1 * v1)).ShouldBeLessThanOrEqualTo(1e-7 * scale);
    }

    [Test]
    public void JacobianVectorProduct_Always_RestoresTheVariableAndTheLastPass()
    {
        Matrix<double> x = Matrix<double>.Build.Dense(1, 2, [0.1, -0.7]), before = x.Clone(), last = x.Clone();
        var function = new DifferentiableFunction<double>(
            "f", [new("x", x)],
            () =>
            {
                x.CopyTo(last);
                return x.PointwisePower(3);
            },
            upstream => [upstream]);
        new Jacobian<double>(function).JacobianVectorProduct("x", Matrix<double>.Build.Dense(1, 2, 1));
        x.ShouldBe(before);
        last.ShouldBe(before);
    }

    [Test]
    public void Jacobian_WhatItCannotDo_IsRefusedByName()
    {
        Matrix<double> x = Some.Matrix<double>(2, 2);
        var function = new DifferentiableFunction<double>("f", [new("a", x), new("b", x)], () => x, upstream => [upstream, upstream]);
        var jacobian = new Jacobian<double>(function);
        Should.Throw<ArgumentException>(() => jacobian.By("c")).Message.ShouldStartWith("f has no variable c; its variables are a, b.");
        Should.Throw<ArgumentOutOfRangeException>(() => jacobian.By("a", -1)).ParamName.ShouldBe("limit");
        Should.Throw<ArgumentException>(() => Jacobian<double>.OfGate(new Sigmoid<double>(), x).VectorJacobianProduct(Some.Matrix<double>(4, 1))).Message
            .ShouldContain("expects upstream of the output's shape [2×2], got [4×1].");
        jacobian.ToString().ShouldBe($"Jacobian of {function}");
    }

    // Only what the direction moves counts, and steps are as long as the largest number there is allows.
    [TestCase(1e6, 0, 1, 0)]
    [TestCase(0, 1e6, 0, 1)]
    [TestCase(1e6, 0, 1, 1)]
    [TestCase(0, 1e6, -1, -1)]
    public void JacobianVectorProduct_LargeNumberBesideAZero_IsExactToElevenDigits(double x0, double x1, double v0, double v1)
    {
        Matrix<double> x = Matrix<double>.Build.Dense(1, 2, [x0, x1]), v = Matrix<double>.Build.Dense(1, 2, [v0, v1]);
        Matrix<double> product = new Jacobian<double>(Cubes(x)).JacobianVectorProduct("x", v);
        int large = x0 == 0 ? 1 : 0;
        (product[0, large] / (3e12 * v[0, large])).ShouldBe(1, 1e-11);
    }

    // Noise never settles. Steps go from 2⁻⁵ down by four while they are above √ε = 2⁻²⁶ of the number that moves: eleven, of two passes each, and one before and after.
    [TestCase(1, 1, 0)]
    [TestCase(1, 0, 0)]
    public void JacobianVectorProduct_Noise_EndsWhereStepsAreLostInRounding(double moved, double still, double along)
    {
        Matrix<double> x = Matrix<double>.Build.Dense(1, 2, [moved, still]);
        int passes = 0;
        var function = new DifferentiableFunction<double>(
            "noise", [new("x", x)], () => Matrix<double>.Build.Dense(1, 1, ++passes * 7919 % 101), upstream => [Matrix<double>.Build.Dense(1, 2)]);
        new Jacobian<double>(function).JacobianVectorProduct("x", Matrix<double>.Build.Dense(1, 2, [1, along]));
        passes.ShouldBe(1 + (2 * 11) + 1);
    }

    [Test]
    public void VectorJacobianProduct_UpstreamOfAnotherShape_IsNamed()
    {
        Matrix<double> x = Some.Matrix<double>(2, 2);
        var function = new DifferentiableFunction<double>("f", [new("x", x)], () => x, upstream => [upstream]);
        Should.Throw<ArgumentException>(() => new Jacobian<double>(function).VectorJacobianProduct(Some.Matrix<double>(4, 1))).Message
            .ShouldBe("f expects upstream of the output's shape [2×2], got [4×1]. (Parameter 'upstream')");
    }

    [TestCase(512, "512 B")]
    [TestCase(2048, "2 KiB")]
    [TestCase(3L << 20, "3 MiB")]
    [TestCase(3L << 29, "1.5 GiB")]
    [TestCase(1L << 40, "1 TiB")]
    [TestCase(1L << 50, "1 PiB")]
    [TestCase(1L << 60, "1 EiB")]
    public void Describe_Bytes_AreInTheLargestUnitThatFits(long bytes, string text) => JacobianSize.Describe(bytes).ShouldBe(text);

    private static DifferentiableFunction<double> Cubes(Matrix<double> x) =>
        new("cubes", [new("x", x)], () => x.PointwiseMultiply(x).PointwiseMultiply(x), upstream => [3 * x.PointwiseMultiply(x).PointwiseMultiply(upstream)]);
}
