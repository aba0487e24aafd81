using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Evidence;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Formulas;

namespace NeuralNet.Tests.Core.GradientChecking;

/// <summary>Gradients at ties, each alone possible, that do or do not add up.</summary>
internal sealed class TieCheckTests
{
    // f = s·max(x, r·y): along (1, 1/r) it rises by s.
    [TestCase(3, 1, 3, 3, "rises by 3, but the gradients add up to 6")]
    [TestCase(3, 1, 0, 0, "rises by 3, but the gradients add up to 0")]
    [TestCase(3, 1, 1, 2, null)]
    [TestCase(3, 1, 1, 2.00001, null)]
    [TestCase(1, 100, 0.5, 50, null)]
    [TestCase(1, 100, 0.5, 50.1, "rises by 1, but the gradients add up to 1.001")]
    [TestCase(10_000, 1, 5000, 5000.01, null)]
    [TestCase(10_000, 1, 5000, 5001, "rises by 10000, but the gradients add up to 10001")]
    public void Run_Maximum_SharesMustAddUp(double scale, double ratio, double ofX, double ofY, string? words)
    {
        Matrix<double> x = Scalar(0), y = Scalar(0);

        (string Variable, string Explanation)[] found = Run(() => scale * x.PointwiseMaximum(ratio * y), [("x", x), ("y", y)], [Scalar(ofX), Scalar(ofY)]);

        string explanation = $"a tie: along the line on which it stays the function is smooth and {words}; of equal values one takes all of upstream, or they share it";
        found.ShouldBe(words is null ? [] : [("x", explanation), ("y", explanation)]);
    }

    // |z| bends by itself, and has no line on which it does not.
    [Test]
    public void Run_MaximumBesideASize_IsLookedAtAlone()
    {
        Matrix<double> x = Scalar(0), y = Scalar(0), z = Scalar(0);

        Run(() => x.PointwiseMaximum(y) + z.PointwiseAbs(), [("x", x), ("y", y), ("z", z)], [Scalar(1), Scalar(1), Scalar(0)])
            .Select(tie => tie.Variable).ShouldBe(["x", "y"]);
    }

    // 2·max(z, 0) − z at two outputs: both slopes cancel, and there is no speed that keeps it in step.
    [Test]
    public void Run_KinkWithoutAMeanSlope_IsNoPartOfTheTie()
    {
        Matrix<double> x = Scalar(0), y = Scalar(0), z = Scalar(0);

        Run(() => Row(Math.Max(x[0, 0], y[0, 0]) + (2 * Math.Max(z[0, 0], 0)), -z[0, 0]), [("x", x), ("y", y), ("z", z)], [Scalar(1), Scalar(1), Scalar(0)])
            .Select(tie => tie.Variable).ShouldBe(["x", "y"]);
    }

    // An output that the tie does not move takes no part in it.
    [Test]
    public void Run_KinkOfAnotherOutput_IsNoPartOfTheTie()
    {
        Matrix<double> x = Scalar(0), y = Scalar(0), z = Scalar(0);

        Run(() => Row(Math.Max(x[0, 0], y[0, 0]), Math.Max(z[0, 0], 0)), [("x", x), ("y", y), ("z", z)], [Scalar(1), Scalar(1), Scalar(1)])
            .Select(tie => tie.Variable).ShouldBe(["x", "y"]);
    }

    private static (string Variable, string Explanation)[] Run(Func<Matrix<double>> forward, NamedMatrix<double>[] variables, Matrix<double>[] gradients)
    {
        var numerical = new NumericalGradient(forward, Matrix<double>.Build.Dense(1, forward().ColumnCount, 1));
        VariableComparison[] comparisons = [.. variables.Select(v => new VariableComparison(v, [0], new FunctionSize(variables, 1), numerical, 1e-7))];
        foreach ((VariableComparison comparison, Matrix<double> gradient) in comparisons.Zip(gradients))
        {
            comparison.Compare(gradient);
        }

        return [.. new TieCheck(numerical).Run(comparisons.Zip(gradients)).Select(tie => (tie.Variable.Name, tie.Explanation))];
    }
}
