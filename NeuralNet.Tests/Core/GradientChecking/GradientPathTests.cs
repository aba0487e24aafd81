using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.Gates;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training.GradientChecking;
using NeuralNet.Training.Losses;

namespace NeuralNet.Tests.Core.GradientChecking;

/// <summary>All ways to a gradient are checked, in both modes.</summary>
internal sealed class GradientPathTests
{
    [TestCase("sign", GradientMistake.SignFlipped)]
    [TestCase("transposed", GradientMistake.Transposed)]
    [TestCase("no bias", GradientMistake.Missing)]
    public void Gate_WrongPassOfParametersAlone_IsNamed(string mistake, GradientMistake expected)
    {
        var network = new Sequential<double>(new TwoPathLayer(mistake), new Linear<double>(3, 2, new Random(1)));

        GradientCheckReport report = GradientCheck.Gate(network, Some.Matrix<double>(4, 3));

        report.Passed.ShouldBeFalse();
        report.Diagnoses.Single().Mistake.ShouldBe(expected, report.ToString());
        report.Diagnoses.Single().Variable.ShouldBe(mistake == "no bias" ? "0.bias by parameters alone" : "0.weight by parameters alone");
        report.Rows.Where(row => row.Verdict == GradientVerdict.Good).Select(row => row.Variable)
            .ShouldBe(["input", "0.weight", "0.bias", "1.weight", "1.bias"], ignoreOrder: true);
    }

    [Test]
    public void Network_WrongPassOfParametersAlone_IsFoundByTheLoss()
    {
        var network = new Sequential<double>(new TwoPathLayer("sign"), new Linear<double>(3, 2, new Random(1)));

        GradientCheckReport report = GradientCheck.Network<Matrix<double>>(
            network, Some.Matrix<double>(4, 3), new MeanSquaredError<double>(), Some.Matrix<double>(4, 2, 2));

        report.Diagnoses.Single().ToString().ShouldStartWith("0.weight by parameters alone: the sign is flipped");
    }

    [Test]
    public void Gate_BothPassesRight_AddsNoRows() =>
        GradientCheck.Gate(new TwoPathLayer(""), Some.Matrix<double>(4, 3)).ThrowIfFailed().Rows.Count.ShouldBe(3);

    // A gate of two inputs whose gradient by y is right only if that by x is asked for, too.
    [Test]
    public void Gate_OneInputWanted_IsCheckedByItself()
    {
        GradientCheckReport report = GradientCheck.Gate(new ForgetfulProduct(), [Some.Matrix<double>(2, 3), Some.Matrix<double>(2, 3, 2)]);

        report.Diagnoses.Single().Variable.ShouldBe("y with y alone wanted");
        report.Diagnoses.Single().Mistake.ShouldBe(GradientMistake.SignFlipped);
    }

    [Test]
    public void Gate_WrongInEvaluationOnly_IsNamed()
    {
        GradientCheckReport report = GradientCheck.Gate(new ModeLayer(evaluationSlope: 1.5), Some.Matrix<double>(4, 3));

        report.Rows.Select(row => (row.Variable, row.Verdict)).ShouldBe([("input", GradientVerdict.Good), ("input in evaluation", GradientVerdict.Wrong)]);
        report.Diagnoses.Single().Mistake.ShouldBe(GradientMistake.WrongFactor);
        GradientCheck.Gate(new ModeLayer(evaluationSlope: 3), Some.Matrix<double>(4, 3)).ThrowIfFailed().Rows.Count.ShouldBe(1);
    }

    [Test]
    public void Gate_OutputDependsOnKeeping_IsNamed()
    {
        GradientCheckReport report = GradientCheck.Gate(new KeepingLayer(), Some.Matrix<double>(4, 3));

        report.Passed.ShouldBeFalse();
        report.Diagnoses.ShouldContain(d => d.Mistake == GradientMistake.PathsDiffer && d.Explanation.Contains("keeps nothing"));
    }

    [Test]
    public void Function_OtherPathOfTheCaller_IsChecked()
    {
        Matrix<double> x = Some.Matrix<double>(2, 3);
        var function = new DifferentiableFunction<double>("square", [("x", x)], () => x.PointwisePower(2), u => [2 * u.PointwiseMultiply(x)])
        {
            OtherBackwards = [new("by the fast path", u => [u.PointwiseMultiply(x)])],
            OtherForwards = [new("by the fast path", () => x.PointwiseMultiply(x) + 1)],
        };

        GradientCheckReport report = GradientCheck.Function(function);

        report.Diagnoses.Select(d => d.Mistake).ShouldBe([GradientMistake.PathsDiffer, GradientMistake.WrongFactor], ignoreOrder: true);
        report.Rows[1].Variable.ShouldBe("x by the fast path");
    }

    // X·W + b with a shortcut for the first layer of a network.
    private sealed class TwoPathLayer(string mistake) : Layer<double>
    {
        private readonly Parameter<double> _weight = new(Some.Matrix<double>(3, 3, 2)), _bias = new(Some.Matrix<double>(1, 3, 3));

        protected override IReadOnlyList<NamedParameter<double>> OwnParameters => [new("weight", _weight), new("bias", _bias)];

        protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache) =>
            (input * _weight.Value) + Matrix<double>.Build.Dense(input.RowCount, 3, (_, j) => _bias.Value[0, j]);

        protected override Matrix<double>? BackwardCore(
            Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache)
        {
            Matrix<double> gradient = input.Transpose() * upstream;
            _weight.AddToGradient(isInputWanted ? gradient : mistake switch { "sign" => -gradient, "transposed" => gradient.Transpose(), _ => gradient });
            if (isInputWanted || mistake != "no bias")
            {
                _bias.AddToGradient(upstream.ColumnSums().ToRowMatrix());
            }

            return isInputWanted ? upstream * _weight.Value.Transpose() : null;
        }
    }

    private sealed class ForgetfulProduct : BinaryGate<double>
    {
        protected override Matrix<double> ForwardCore(Matrix<double> x, Matrix<double> y, Cache<double> cache) => x.PointwiseMultiply(y);

        protected override (Matrix<double>? Dx, Matrix<double>? Dy) BackwardCore(
            Matrix<double> upstream, Matrix<double> x, Matrix<double> y, Matrix<double> z, Wanted wanted, Cache<double> cache) =>
            (wanted[0] ? upstream.PointwiseMultiply(y) : null, wanted[1] ? (wanted[0] ? 1 : -1) * upstream.PointwiseMultiply(x) : null);
    }

    // 2x in training and 3x in evaluation.
    private sealed class ModeLayer(double evaluationSlope) : Layer<double>
    {
        protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache) => (cache.IsTraining ? 2 : 3) * input;

        protected override Matrix<double> BackwardCore(
            Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache) =>
            (cache.IsTraining ? 2 : evaluationSlope) * upstream;
    }

    private sealed class KeepingLayer : Layer<double>
    {
        protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache) => (cache.Keeps ? 2 : 3) * input;

        protected override Matrix<double> BackwardCore(
            Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache) => 2 * upstream;
    }
}
