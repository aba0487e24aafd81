using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.GradientChecking;

namespace NeuralNet.Tests.Core.GradientChecking;

public sealed class GradientCheckTests
{
    [Test]
    public void Layer_SigmoidLayer_Agrees()
    {
        GradientCheckReport report = GradientCheck.Layer(new Elementwise<SigmoidFunction<double>>(), Normal(5, 3));
        report.ThrowIfFailed().WorstError.ShouldBeLessThan(1e-8);
        report.Rows.Single().EntriesChecked.ShouldBe(15);
    }

    [Test]
    public void Layer_ReLUAwayFromZero_Agrees()
    {
        Matrix<double> input = Matrix<double>.Build.DenseOfArray(new[,] { { 1.0, -2, 3, -1, 1e-3, -1e-6 } });
        GradientCheckReport report = GradientCheck.Layer(new Elementwise<ReLUFunction<double>>(), input).ThrowIfFailed();
        report.Rows.Single().Kinks.ShouldBe(0);
    }

    [Test]
    public void Layer_ReLUAtZero_SetsKinkAside()
    {
        Matrix<double> input = Matrix<double>.Build.DenseOfArray(new[,] { { 1.0, 0, -3, 1e-12 } });
        GradientCheckReport report = GradientCheck.Layer(new Elementwise<ReLUFunction<double>>(), input).ThrowIfFailed();
        report.Rows.Single().Kinks.ShouldBe(2);
        report.Rows.Single().EntriesChecked.ShouldBe(2);
    }

    // Row L11 of the lectures: f = ‖W·x‖², ∇W = 2q·xᵀ, ∇x = 2Wᵀq.
    [Test]
    public void Scalar_LectureSquaredNorm_Agrees()
    {
        Matrix<double> w = Matrix<double>.Build.DenseOfArray(new[,] { { 0.1, 0.5 }, { -0.3, 0.8 } });
        Matrix<double> x = Matrix<double>.Build.DenseOfArray(new[,] { { 0.2 }, { 0.4 } });
        GradientCheckReport report = GradientCheck.Scalar(
            "‖W·x‖²",
            [("W", w), ("x", x)],
            () => (w * x).Enumerate().Sum(q => q * q),
            () => [2 * (w * x) * x.Transpose(), 2 * w.Transpose() * (w * x)]);
        report.ThrowIfFailed().WorstError.ShouldBeLessThan(1e-9);
        w[1, 0].ShouldBe(-0.3);
    }

    [Test]
    public void ThrowIfFailed_WrongGradient_ThrowsTheTable()
    {
        Matrix<double> x = Normal(3, 2);
        GradientCheckReport report = GradientCheck.Scalar(
            "sum of cubes", [("x", x)], () => x.Enumerate().Sum(v => v * v * v), () => [x.Map(v => 3 * v)]);
        report.Verdict.ShouldBe(GradientVerdict.Wrong);
        Should.Throw<GradientCheckException>(() => report.ThrowIfFailed()).Message.ShouldContain("WRONG");
    }

    private static Matrix<double> Normal(int rows, int columns)
    {
        var random = new Random(1);
        return Matrix<double>.Build.Dense(rows, columns, (_, _) => (4 * random.NextDouble()) - 2);
    }

    private sealed class Elementwise<TFunction> : Layer<double> where TFunction : struct, IElementwiseFunction<double>
    {
        protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache)
        {
            Matrix<double> output = cache.Buffer(0, input.RowCount, input.ColumnCount);
            default(TFunction).Forward(input.AsSpan(), output.AsSpan());
            return output;
        }

        protected override Matrix<double> BackwardCore(Matrix<double> upstream, Matrix<double> input, Matrix<double> output, Cache<double> cache)
        {
            Matrix<double> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
            default(TFunction).Backward(input.AsSpan(), output.AsSpan(), upstream.AsSpan(), downstream.AsSpan());
            return downstream;
        }
    }
}
