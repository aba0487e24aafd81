using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Randomness;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training.GradientChecking;
using NeuralNet.Training.Losses;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.DifficultGradients;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Formulas;

namespace NeuralNet.Tests.Core.GradientChecking.Diagnosis;

/// <summary>Right but difficult gradients that were written down after the check was.</summary>
internal static class UnseenGradients
{
    /// <summary>As <see cref="DifficultGradients.All"/>.</summary>
    public static IEnumerable<TestCaseData> All()
    {
        yield return Each("log1p near 0", x => Math.Log(1 + x), x => 1 / (1 + x), 1e-9, -1e-4, 0);
        yield return Each("atanh near 1", Math.Atanh, x => 1 / (1 - (x * x)), 0.999, -0.99999, 0.5);
        yield return Each("asin", Math.Asin, x => 1 / Math.Sqrt(1 - (x * x)), 0.999, 0, -0.5);
        yield return Each("x^0.1", x => Math.Pow(x, 0.1), x => 0.1 * Math.Pow(x, -0.9), 1e-8, 1, 1e8);
        yield return Each("x^20", x => Math.Pow(x, 20), x => 20 * Math.Pow(x, 19), 0.01, 1, -3);
        yield return Each("1/x²", x => 1 / (x * x), x => -2 / (x * x * x), 1e-5, -1e3, 1);
        yield return Each("sin(1/x)", x => Math.Sin(1 / x), x => -Math.Cos(1 / x) / (x * x), 1e-3, 0.1, 2);
        yield return Each("narrow bell", x => Math.Exp(-x * x * 1e8), x => -2e8 * x * Math.Exp(-x * x * 1e8), 1e-5, -1e-4, 2e-4);
        yield return Each("sinc at 0", x => x == 0 ? 1 : Math.Sin(x) / x, x => x == 0 ? 0 : ((x * Math.Cos(x)) - Math.Sin(x)) / (x * x), 0, 1, -0.1);
        yield return Each("hard tanh", x => Math.Clamp(x, -1, 1), x => Math.Abs(x) < 1 ? 1 : 0, 0.5, 1, -1.0001, 0.9999);
        yield return Each("Huber at its joint", x => Math.Abs(x) < 1 ? x * x / 2 : Math.Abs(x) - 0.5, x => Math.Clamp(x, -1, 1), 1, -1, 1 + 1e-9, 0.3);
        yield return Each("x·|x|", x => x * Math.Abs(x), x => 2 * Math.Abs(x), 0, 1e-6, -2);
        yield return Each("erf-like integral of a bell", x => Math.Tanh(1.1 * x), x => 1.1 * (1 - (Math.Tanh(1.1 * x) * Math.Tanh(1.1 * x))), 8, -12, 0.1);
        yield return Each("round", Math.Round, _ => 0, 0.3, 2.7);
        yield return Each("leaky ReLU at 0", x => x > 0 ? x : 0.01 * x, x => x > 0 ? 1 : 0.01, 0, 1e-8, -1e-8, 3);
        yield return Total("differences of large squares", x => 1e6 * x * x, x => 2e6 * x, 1, 1e-6, -1);
        yield return Total("sum of roots", Math.Sqrt, x => 0.5 / Math.Sqrt(x), 1e-6, 1e-2, 1, 100);
        yield return Total("sum of sines of large numbers", Math.Sin, Math.Cos, 1e3, 1e5, -1e4);
        yield return Total("sum of x log x", x => x * Math.Log(x), x => 1 + Math.Log(x), Math.Exp(-1), 1e-6, 3);
        yield return Total("stationary point", x => Math.Pow(x - 1, 4), x => 4 * Math.Pow(x - 1, 3), 1, 1.0001, 2);
        yield return Case("variance of nearly equal numbers", Function("variance", [("x", Row(1e3 + 1e-3, 1e3, 1e3 - 2e-3))],
            v => Scalar((v[0] - Mean(v[0], rows: true)).PointwisePower(2).RowSums()[0]), (u, v) => [2 * u[0, 0] * (v[0] - Mean(v[0], rows: true))]));
        yield return Case("layer norm of a nearly constant row", DifferentiableFunction<double>.OfGate(new LayerNorm<double>(4), Row(1, 1.0001, 0.9999, 1)));
        yield return Case("batch norm of two samples", DifferentiableFunction<double>.OfGate(new BatchNorm<double>(3), Some.Matrix<double>(2, 3)));
        yield return Case("a bias before batch norm", DifferentiableFunction<double>.OfGate(
            new Sequential<double>(new Linear<double>(3, 4, new Random(1)), new BatchNorm<double>(4), new ReLU<double>()), Some.Matrix<double>(6, 3)));
        yield return Case("dropout", DifferentiableFunction<double>.OfGate(new Sequential<double>(new Dropout<double>(0.5, new Philox(3)), new Tanh<double>()), Some.Matrix<double>(6, 3)));
        yield return Case("softmax of extreme scores", Function("softmax", [("z", Row(50, 0, -50))], v => Softmax(v[0]), (u, v) => [SoftmaxBack(u, Softmax(v[0]))]));
        yield return Case("maximum of a row with a tie, shared", Function("largest", [("x", Row(3, 1, 3, 3))],
            v => Scalar(v[0].Row(0).Maximum()), (u, v) => [Row(u[0, 0] / 3, 0, u[0, 0] / 3, u[0, 0] / 3)]));
        yield return Case("smallest of two, tie to the second", Function("min", [("x", Row(1, 2)), ("y", Row(1, 3))],
            v => v[0].PointwiseMinimum(v[1]), (u, v) => [u.PointwiseMultiply(Mask(v[1] - v[0])), u.PointwiseMultiply(1 - Mask(v[1] - v[0]))]));
        yield return Case("norm of a small vector", Function("norm", [("x", Row(1e-8, -2e-8))],
            v => Scalar(v[0].L2Norm()), (u, v) => [u[0, 0] * v[0] / v[0].L2Norm()]));
        yield return Case("determinant near singular", Function("determinant", [("A", Matrix<double>.Build.DenseOfArray(new[,] { { 1, 2 }, { 2, 4 + 1e-9 } }))],
            v => Scalar((v[0][0, 0] * v[0][1, 1]) - (v[0][0, 1] * v[0][1, 0])),
            (u, v) => [u[0, 0] * Matrix<double>.Build.DenseOfArray(new[,] { { v[0][1, 1], -v[0][1, 0] }, { -v[0][0, 1], v[0][0, 0] } })]));
        yield return Case("mean squared error at its target", DifferentiableFunction<double>.OfLoss(new MeanSquaredError<double>(), Some.Matrix<double>(3, 2), Some.Matrix<double>(3, 2)));
        yield return Case("deep network of sigmoids", DifferentiableFunction<double>.OfGate(
            new Sequential<double>(Enumerable.Range(0, 5).SelectMany(i => (Layer<double>[])[new Linear<double>(4, 4, new Random(i)), new Sigmoid<double>()])), Some.Matrix<double>(5, 4)));
    }

    private static Matrix<double> SoftmaxBack(Matrix<double> u, Matrix<double> y) => y.PointwiseMultiply(u - Along(u.PointwiseMultiply(y), rows: true));
}
