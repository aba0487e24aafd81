using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.Jacobians;

namespace NeuralNet.Tests.Core.Jacobians;

/// <summary>The steps of J·v: from a 32nd of the largest entry to what rounding leaves of the smallest that moves.</summary>
internal sealed class DirectionalDerivativeTests
{
    // f = x³: J·v = 3x²·v, and what stands still adds nothing.
    [TestCase(3, 5, 1, 0)]
    [TestCase(3, 5, 0, -2)]
    [TestCase(1e6, 1e-3, 1, 0)]
    [TestCase(1e6, 2e6, 1e-5, 1)]
    public void JacobianVectorProduct_EntriesAtRest_AddNothing(double x0, double x1, double v0, double v1)
    {
        Matrix<double> x = Matrices.FromRows<double>([x0, x1]);
        var cubes = new DifferentiableFunction<double>("cubes", [("x", x)], () => x.PointwisePower(3), u => [u]);

        Matrix<double> product = new Jacobian<double>(cubes).JacobianVectorProduct("x", Matrices.FromRows<double>([v0, v1]));

        product[0, 0].ShouldBe(3 * x0 * x0 * v0, 1e-12 + (1e-9 * Math.Abs(3 * x0 * x0 * v0)));
        product[0, 1].ShouldBe(3 * x1 * x1 * v1, 1e-12 + (1e-9 * Math.Abs(3 * x1 * x1 * v1)));
    }

    // Where nothing else is finite all steps are taken; those of 2⁻²⁶ of the smallest number that moves and below are lost in rounding.
    [TestCase(1, 0, 1, 0, -5, -25)]
    [TestCase(0.5, 0, 1, 0, -5, -25)]
    [TestCase(0.25, 0, 1, 0, -5, -27)]
    [TestCase(1, 0, 1, 1, -5, -25)]
    [TestCase(1, 0.001, 1, 0, -5, -25)]
    [TestCase(64, 1, 1, 1, 1, -25)]
    public void JacobianVectorProduct_NowhereElseFinite_TakesAllSteps(double x0, double x1, double v0, double v1, int longest, int shortest)
    {
        Matrix<double> x = Matrices.FromRows<double>([x0, x1]);
        List<double> steps = [];
        var function = new DifferentiableFunction<double>(
            "f",
            [("x", x)],
            () =>
            {
                if (x[0, 0] != x0)
                {
                    steps.Add(Math.Abs(x[0, 0] - x0));
                }

                return Matrices.FromRows<double>([x[0, 0] == x0 ? 1 : double.NaN]);
            },
            u => [u]);

        new Jacobian<double>(function).JacobianVectorProduct("x", Matrices.FromRows<double>([v0, v1]));

        (steps.Max(), steps.Min()).ShouldBe((Math.ScaleB(1, longest), Math.ScaleB(1, shortest)));
    }

    [Test]
    public void VectorJacobianProduct_OtherShape_IsRefusedBeforeThePass()
    {
        Matrix<double> x = Matrices.FromRows<double>([1, 2]);
        int passes = 0;
        var jacobian = new Jacobian<double>(new DifferentiableFunction<double>("f", [("x", x)], () => x, _ => [x * ++passes]));

        Should.Throw<ArgumentException>(() => jacobian.VectorJacobianProduct(Matrices.FromRows<double>([1, 2, 3])))
            .Message.ShouldStartWith("f expects upstream of the output's shape [1×2], got [1×3].");
        passes.ShouldBe(0);
    }
}
