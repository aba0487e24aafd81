using System.Text.RegularExpressions;
using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Graphs;
using NeuralNet.Core.Jacobians;
using NeuralNet.Layers;
using NeuralNet.Training.GradientChecking;
using NeuralNet.Training.Losses;
using NeuralNet.Training.SanityChecking;

namespace NeuralNet.Tests.Docs;

/// <summary>The code of docs/gradient-checking.md.</summary>
public sealed partial class GradientCheckingPage
{
    private static readonly Page Docs = Page.Read("docs/gradient-checking.md");

    #region your-layer
    /// <summary>A layer of your own: y = ln(1 + e^x), with the local gradient σ(x).</summary>
    public sealed class Softplus : Layer<double>
    {
        protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache) =>
            input.Map(x => Math.Log(1 + Math.Exp(x)));

        protected override Matrix<double> BackwardCore(
            Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache) =>
            upstream.Map2((u, x) => u / (1 + Math.Exp(-x)), input);
    }
    #endregion

    [Test]
    public void YourLayer_Checked_Passes()
    {
        #region check-your-layer
        Matrix<double> input = Matrix<double>.Build.Random(4, 3, seed: 1);
        GradientCheck.Gate(new Softplus(), input).ThrowIfFailed();
        #endregion
    }

    [Test]
    public void WrongLayer_Checked_PrintsTheTable()
    {
        #region wrong-layer
        Matrix<double> weight = Matrix<double>.Build.Random(3, 2, seed: 1), input = Matrix<double>.Build.Random(4, 3, seed: 2);
        var affine = new DifferentiableFunction<double>(
            "X·W by hand",
            [("X", input), ("W", weight)],
            forward: () => input * weight,
            backward: upstream => [upstream * weight.Transpose(), input.Transpose() * upstream / 4]);
        GradientCheckReport report = GradientCheck.Function(affine);
        Console.WriteLine(report);
        #endregion

        Same(report.ToString(), Docs.Printed("wrong-layer"));
        report.Diagnoses.Single().Mistake.ShouldBe(GradientMistake.WrongFactor);
    }

    [Test]
    public void YourFunction_Checked_Passes()
    {
        #region your-function
        // f = ‖W·x‖², ∇W = 2q·xᵀ and ∇x = 2Wᵀ·q with q = W·x
        var w = Matrix<double>.Build.DenseOfArray(new[,] { { 0.1, 0.5 }, { -0.3, 0.8 } });
        var x = Matrix<double>.Build.DenseOfArray(new[,] { { 0.2 }, { 0.4 } });
        GradientCheck.Scalar(
            "‖W·x‖²",
            [("W", w), ("x", x)],
            value: () => (w * x).PointwisePower(2).ColumnSums().Sum(),
            gradients: () => [2 * (w * x) * x.Transpose(), 2 * w.Transpose() * (w * x)]).ThrowIfFailed();
        #endregion
    }

    [Test]
    public void LossAndNetwork_Checked_Pass()
    {
        #region network
        var random = new Random(1);
        var network = new Sequential<double>(
            new Linear<double>(3, 5, random), new ReLU<double>(), new Linear<double>(5, 2, random));
        Matrix<double> input = Matrix<double>.Build.Random(4, 3, seed: 1);
        int[] labels = [0, 1, 1, 0];

        GradientCheck.Loss<ReadOnlyMemory<int>>(new SoftmaxCrossEntropy<double>(), network.Forward(input), labels).ThrowIfFailed();
        GradientCheck.Network<ReadOnlyMemory<int>>(
            network, input, new SoftmaxCrossEntropy<double>(), labels, new L2Regularization<double>(network.Parameters, 0.01)).ThrowIfFailed();
        #endregion

        #region float
        var trained = new Sequential<float>(
            new Linear<float>(3, 5, random), new ReLU<float>(), new Linear<float>(5, 2, random));
        GradientCheck.Gate(trained, input.Map(x => (float)x), twin: () => new Sequential<double>(
            new Linear<double>(3, 5, random), new ReLU<double>(), new Linear<double>(5, 2, random))).ThrowIfFailed();
        #endregion

        #region options
        var options = new GradientCheckOptions
        {
            EntriesPerVariable = 50,                                      // larger variables: some entries, and directions over all
            NamedNumbers = new Dictionary<string, double> { ["learning rate"] = 0.1 },
            BeforeForward = () => random = new Random(7),                 // the same random numbers in every pass
        };
        GradientCheck.Gate(network, input, options).ThrowIfFailed();
        #endregion
    }

    [Test]
    public void Class_Checked_PrintsTheSummary()
    {
        #region class
        Matrix<double> x = Matrix<double>.Build.Random(4, 3, seed: 1);
        DifferentiableFunction<double> Sigmoid(string author, Func<Matrix<double>, Matrix<double>> slopeOfOutput) => new(
            author,
            [("x", x)],
            forward: () => x.Map(v => 1 / (1 + Math.Exp(-v))),
            backward: upstream => [upstream.PointwiseMultiply(slopeOfOutput(x.Map(v => 1 / (1 + Math.Exp(-v)))))]);

        GradientCheckSummary summary = GradientCheck.All(
            [Sigmoid("Ada", y => y.PointwiseMultiply(1 - y)), Sigmoid("Bob", y => y), Sigmoid("Eve", y => -y.PointwiseMultiply(1 - y))]);
        Console.WriteLine(summary.ToMarkdown());
        #endregion

        Same(summary.ToMarkdown(), Docs.Printed("class"));
        summary.Reports.Select(report => report.Passed).ShouldBe([true, false, false]);
    }

    [Test]
    public void Fork_Checked_Passes()
    {
        #region fork
        // f = (x + y)·max(y, z): y stands at two places, so it is given as two matrices that move together
        Matrix<double> x = Scalar(1), y = Scalar(2), yInMax = Scalar(2), z = Scalar(0);
        GradientCheck.Scalar(
            "(x + y)·max(y, z)",
            [("x", x), new NamedMatrix<double>("y", y, yInMax), ("z", z)],
            value: () => (x[0, 0] + y[0, 0]) * Math.Max(yInMax[0, 0], z[0, 0]),
            gradients: () => [Scalar(2), Scalar(5), Scalar(0)]).ThrowIfFailed();
        #endregion

        static Matrix<double> Scalar(double value) => Matrix<double>.Build.Dense(1, 1, value);
    }

    #region your-gate
    /// <summary>A gate of your own: y = x³, with the local gradient 3x².</summary>
    public sealed class CubeGate : FormulaGate<double>
    {
        public override string Name => "cube";

        public override FlowPattern Pattern => FlowPattern.Switcher;

        public override string Formula(string x = "x") => $"{x}^3";

        public override string LocalGradient(string x = "x", string y = "y") => $"3 {x}^2";

        protected override double Value(double x) => x * x * x;

        protected override double Slope(double x, double y) => 3 * x * x;
    }
    #endregion

    [Test]
    public void YourGate_Checked_Passes()
    {
        #region check-your-gate
        GradientCheck.Gate(new CubeGate(), [Matrix<double>.Build.Random(4, 3, seed: 1)]).ThrowIfFailed();

        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 1), y = graph.Variable("y", 2);
        GradientCheck.Graph((x + y) * graph.Apply(new CubeGate(), y)).ThrowIfFailed();
        #endregion
    }

    [Test]
    public void Jacobians_OfALayer_AreItsDerivatives()
    {
        #region jacobian
        var layer = new Linear<double>(3, 2, new Random(1));
        Jacobian<double> jacobian = Jacobian<double>.OfGate(layer, Matrix<double>.Build.Random(1, 3, seed: 1));
        Matrix<double> byInput = jacobian.By("input");                    // [2×3]: Wᵀ
        Matrix<double> byBias = jacobian.By("bias");                      // [2×2]: the identity
        Matrix<double> moved = jacobian.JacobianVectorProduct("input", Matrix<double>.Build.Dense(1, 3, 1));
        IReadOnlyList<Matrix<double>> back = jacobian.VectorJacobianProduct(Matrix<double>.Build.Dense(1, 2, 1));
        #endregion

        byInput.ShouldBe(layer.Weight.Value.Transpose());
        byBias.ShouldBe(Matrix<double>.Build.DenseIdentity(2));
        moved.Row(0).ShouldBe(byInput.RowSums(), 1e-10);
        back[0].Row(0).ShouldBe(byInput.ColumnSums(), 1e-10);
    }

    [Test]
    public void SanityCheck_OfANetwork_Prints()
    {
        #region sanity
        var random = new Random(1);
        var network = new Sequential<float>(
            new Linear<float>(30, 40, random), new Sigmoid<float>(), new Linear<float>(40, 10, random));
        Matrix<float> samples = Matrix<float>.Build.Random(20, 30, seed: 1);
        int[] labels = [.. Enumerable.Range(0, 20).Select(i => i % 10)];

        SanityCheckReport report = SanityCheck.Run<float, ReadOnlyMemory<int>>(
            network, new SoftmaxCrossEntropy<float>(), samples, labels, new SanityCheckOptions { LearningRate = 0.1 });
        Console.WriteLine(report);
        #endregion

        report.Passed.ShouldBeTrue(report.ToString());
        report.ToString().Split('\n')[2].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(Docs.Printed("sanity").Split('\n')[2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    // The errors of right gradients are rounding, which differs from one CPU to the next, and with it where the largest is and the width of the columns.
    private static void Same(string printed, string inDocs) => Normalize(printed).ShouldBe(Normalize(inDocs));

    private static string Normalize(string text) => Spaces().Replace(Rounding().Replace(text, "#"), " ").Trim();

    [GeneratedRegex(@"\d(\.\d)?e-\d\d?|\(\d+, \d+\)")]
    private static partial Regex Rounding();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
