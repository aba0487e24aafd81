using NeuralNet.Core;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Randomness;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.GradientChecking;

/// <summary>What passes write that is not theirs, and what further passes show.</summary>
internal sealed class SideEffectTests
{
    private static readonly Matrix<double> Before = Some.Matrix<double>(4, 3);

    private readonly Matrix<double> _input = Before.Clone();

    [SetUp]
    public void Reset() => Before.CopyTo(_input);

    [TearDown]
    public void EverythingIsRestored() => _input.ShouldBe(Before);

    [Test]
    public void Gate_ForwardInPlace_IsNamedAndPutBack()
    {
        var layer = new FormulaLayer(
            x =>
            {
                x.PointwiseMaximum(0, x);
                return x;
            },
            (dy, x, y) => dy.PointwiseMultiply(y.Map(v => v > 0 ? 1.0 : 0)));

        ShouldHaveEffect(GradientCheck.Gate(layer, _input), "Forward changes input");
    }

    [Test]
    public void Gate_BackwardInPlace_IsNamedAndPutBack()
    {
        var ofUpstream = new FormulaLayer(x => 2 * x, (dy, x, y) =>
        {
            dy.Multiply(2, dy);
            return dy;
        });
        var ofInput = new FormulaLayer(x => 2 * x, (dy, x, y) =>
        {
            dy.Multiply(2, x);
            return x;
        });

        ShouldHaveEffect(GradientCheck.Gate(ofUpstream, _input), "Backward changes upstream");
        ShouldHaveEffect(GradientCheck.Gate(ofInput, _input), "Backward changes input");
    }

    [Test]
    public void Gate_BackwardUpdatesWeights_IsNamedWithWhatItSpoils()
    {
        Matrix<double> start = Some.Matrix<double>(3, 2, 2);
        var weight = new Parameter<double>(start.Clone());
        var layer = new FormulaLayer(
            x => x * weight.Value,
            (dy, x, y) =>
            {
                Matrix<double> dw = x.Transpose() * dy;
                weight.AddToGradient(dw);
                weight.Value.Subtract(0.1 * dw, weight.Value);
                return dy * weight.Value.Transpose();
            },
            new NamedParameter<double>("weight", weight));

        GradientCheckReport report = GradientCheck.Gate(layer, _input);

        ShouldHaveEffect(report, "Backward changes weight");
        report.Diagnoses.First(d => d.Variable == "input").Mistake.ShouldBe(GradientMistake.UpdatedBeforeUse, report.ToString());
        weight.Value.ShouldBe(start);
    }

    [Test]
    public void Gate_BackwardChangesAState_IsNamedAndPutBack()
    {
        var layer = new StatefulLayer(changesInBackward: true, changesInEvaluation: false);

        ShouldHaveEffect(GradientCheck.Gate(layer, _input), "the state count");
        layer.Count[0, 0].ShouldBe(7);
    }

    [Test]
    public void Gate_EvaluationChangesAState_IsNamedAndPutBack()
    {
        var layer = new StatefulLayer(changesInBackward: false, changesInEvaluation: true);

        ShouldHaveEffect(GradientCheck.Gate(layer, _input), "the state count (Forward in evaluation)");
        layer.Count[0, 0].ShouldBe(7);
        GradientCheck.Gate(new StatefulLayer(false, false), _input).ThrowIfFailed();
    }

    // The mask is drawn once more in the backward pass: it is another one, although every forward pass of a check draws the same.
    [Test]
    public void Gate_MaskDrawnAgain_IsNamed()
    {
        GradientCheckReport report = GradientCheck.Gate(new RedrawingDropout(), _input);

        report.Rows[0].Verdict.ShouldBe(GradientVerdict.Wrong);
        ShouldHaveEffect(report, "the generator mask (Backward)");
    }

    [Test]
    public void Gate_RandomBackward_IsNotRepeatable()
    {
        var random = new Random(1);
        var layer = new FormulaLayer(x => 2 * x, (dy, x, y) => dy.Map(v => random.Next(2) * 4 * v));

        GradientCheck.Gate(layer, _input).Diagnoses[0].Mistake.ShouldBe(GradientMistake.NotRepeatable);
    }

    // The opposite of = for +=: what was added stays for the next pass.
    [Test]
    public void Gate_AccumulatorNeverCleared_IsNotCalledOverwritten()
    {
        var weight = new Parameter<double>(Some.Matrix<double>(3, 2, 2));
        Matrix<double> sum = Matrix<double>.Build.Dense(3, 2);
        var layer = new FormulaLayer(
            x => x * weight.Value,
            (dy, x, y) =>
            {
                sum += x.Transpose() * dy;
                weight.SetGradient(sum);
                return dy * weight.Value.Transpose();
            },
            new NamedParameter<double>("weight", weight));

        GradientDiagnosis diagnosis = GradientCheck.Gate(layer, _input).Diagnoses.Single(d => d.Variable == "weight");

        diagnosis.Mistake.ShouldBe(GradientMistake.NotCleared);
        diagnosis.Explanation.ShouldContain("never cleared");
    }

    [Test]
    public void Gate_AddsTwice_IsNotCalledOverwritten()
    {
        var weight = new Parameter<double>(Some.Matrix<double>(3, 2, 2));
        int passes = 0;
        var layer = new FormulaLayer(
            x => x * weight.Value,
            (dy, x, y) =>
            {
                weight.AddToGradient((weight.IsGradientZero ? 1 : 2) * x.Transpose() * dy);
                passes++;
                return dy * weight.Value.Transpose();
            },
            new NamedParameter<double>("weight", weight));

        GradientDiagnosis diagnosis = GradientCheck.Gate(layer, _input).Diagnoses.Single();

        diagnosis.Mistake.ShouldBe(GradientMistake.Unknown);
        diagnosis.Explanation.ShouldContain("3 times as large");
        passes.ShouldBeGreaterThan(3);
    }

    private static void ShouldHaveEffect(GradientCheckReport report, string words)
    {
        report.Passed.ShouldBeFalse();
        report.Verdict.ShouldBe(GradientVerdict.Wrong);
        report.Diagnoses.ShouldContain(d => d.Mistake == GradientMistake.SideEffect && d.Explanation.Contains(words), report.ToString());
    }

    private sealed class StatefulLayer(bool changesInBackward, bool changesInEvaluation) : Layer<double>
    {
        public Matrix<double> Count { get; } = Matrix<double>.Build.Dense(1, 1, 7);

        protected override IReadOnlyList<NamedState<double>> OwnStates => [new("count", Count)];

        protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache)
        {
            Count[0, 0] += cache.IsTraining || changesInEvaluation ? 1 : 0;
            return 2 * input;
        }

        protected override Matrix<double> BackwardCore(
            Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache)
        {
            Count[0, 0] += changesInBackward ? 1 : 0;
            return 2 * upstream;
        }
    }

    private sealed class RedrawingDropout : Layer<double>
    {
        private readonly Philox _random = new(3);

        protected override IReadOnlyList<NamedGenerator> OwnGenerators => [new("mask", _random)];

        protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache) => Mask(input);

        protected override Matrix<double> BackwardCore(
            Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache) => Mask(upstream);

        private Matrix<double> Mask(Matrix<double> x) => x.Map(v => _random.NextDouble() < 0.5 ? 0 : 2 * v);
    }
}
