using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Evidence;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Formulas;

namespace NeuralNet.Tests.Core.GradientChecking;

/// <summary>Passes that are watched, those that follow a check, and a gate in float beside its twin.</summary>
internal sealed class GuardedPassesTests
{
    [Test]
    public void Gradients_PassesThatChangeTheirVariable_AreNamedAndUndone()
    {
        Matrix<double> x = Row(1, 2);
        NamedMatrix<double> variable = new("x", x);
        var ofForward = new GuardedPasses(new("f", [variable], () => Changed(x, 5), u => [u]), null);
        var ofBackward = new GuardedPasses(new("f", [variable], () => 2 * x, u => [Changed(x, 7)]), null);

        ofForward.Gradients(Row(1, 1), u => [u]).Single().ShouldBe(Row(1, 1));
        ofBackward.Gradients(Row(1, 1), u => [Changed(x, 7)]);

        ofForward.Effects.ShouldBe(["Forward changes x"]);
        ofForward.ValuesAfterBackward(variable).ShouldBeNull();
        ofBackward.Effects.ShouldBe(["Backward changes x"]);
        ofBackward.ValuesAfterBackward(variable).ShouldBe([7, 2]);
        x.ShouldBe(Row(1, 2));
    }

    // A forward pass that changed nothing so far is called without copies.
    [TestCase(false)]
    [TestCase(true)]
    public void TrustForward_PassWithoutEffect_IsNotWatchedAnyMore(bool changes)
    {
        Matrix<double> x = Row(1, 2), output = Row(3, 4);
        var passes = new GuardedPasses(new("f", [("x", x)], () => changes ? Changed(x, 5) : output, u => [u]), null);

        passes.Forward().ShouldNotBeSameAs(output);
        passes.TrustForward();

        ReferenceEquals(passes.Forward(), output).ShouldBe(!changes);
        x.ShouldBe(Row(1, 2));
    }

    [Test]
    public void Function_AfterTheCheck_WasLastAskedAtItsPoint()
    {
        Matrix<double> x = Some.Matrix<double>(2, 3), last = x.Clone();
        DifferentiableFunction<double> square = new(
            "square",
            [("x", x)],
            () =>
            {
                x.CopyTo(last);
                return x.PointwisePower(2);
            },
            u => [2 * u.PointwiseMultiply(x)]);

        GradientCheck.Function(square).ThrowIfFailed();

        last.ShouldBe(x);
    }

    // Right at first, and another gradient when the pass is made again.
    [Test]
    public void Function_SecondPassDiffers_IsNotRepeatable()
    {
        Matrix<double> x = Some.Matrix<double>(2, 3);
        int passes = 0;

        GradientCheckReport report = GradientCheck.Function(
            new DifferentiableFunction<double>("square", [("x", x)], () => x.PointwisePower(2), u => [(++passes == 3 ? 5 : 2) * u.PointwiseMultiply(x)]));

        report.Verdict.ShouldBe(GradientVerdict.Wrong);
        report.Diagnoses.Single().Mistake.ShouldBe(GradientMistake.NotRepeatable);
    }

    [Test]
    public void Function_TwoOutputsAtOnePoint_IsRefusedWithAdvice()
    {
        Matrix<double> x = Some.Matrix<double>(2, 3);
        var random = new Random(1);

        Should.Throw<InvalidOperationException>(() => GradientCheck.Function(
            new DifferentiableFunction<double>("dropout", [("x", x)], () => random.NextDouble() * x, u => [u]))).Message.ShouldBe(
            "dropout gave two different outputs at one point, so differences mean nothing. If it draws random numbers (dropout), let it name its Philox among its " +
            "OwnGenerators, or reseed its generator in GradientCheckOptions.BeforeForward.");
    }

    // Of evaluation those rows are told that fail: in it the input's gradient is off by less than can be seen beside 1e12, the offset's by a half.
    [Test]
    public void Gate_OneVariableWrongInEvaluation_IsToldAlone()
    {
        GradientCheckReport report = GradientCheck.Gate(new Offset(), Matrix<double>.Build.Dense(1, 1, 1));

        report.Rows.Select(row => (row.Variable, row.Verdict)).ShouldBe(
            [("input", GradientVerdict.Good), ("offset", GradientVerdict.Good), ("offset in evaluation", GradientVerdict.Wrong)]);
    }

    // 1e-4 is the rounding of float, beyond 1e-2 is wrong; what is small is measured by 1% of the largest.
    [TestCase(1.00005f, 1, GradientVerdict.Good)]
    [TestCase(1.002f, 1, GradientVerdict.Suspicious)]
    [TestCase(1.05f, 1, GradientVerdict.Wrong)]
    [TestCase(1.05f, 1e-5f, GradientVerdict.Good)]
    [TestCase(1.05f, 1e-3f, GradientVerdict.Suspicious)]
    public void Twin_OneColumnOff_IsJudgedByItsShare(float off, float size, GradientVerdict verdict)
    {
        GradientCheckReport report = GradientCheck.Gate(new Columns<float>([1, size], [1, size * off]), Some.Matrix<float>(3, 2), () => new Columns<double>([1, size], [1, size]));

        report.Rows.Select(row => (row.Variable, row.Verdict)).ShouldBe([("input", GradientVerdict.Good), ("input in float", verdict)]);
        report.Diagnoses.Count.ShouldBe(verdict == GradientVerdict.Good ? 0 : 1);
    }

    [Test]
    public void Twin_UpstreamOfFloat_HasBothSigns()
    {
        var gate = new Columns<float>([1, 1], [1, 1]);

        GradientCheck.Gate(gate, Some.Matrix<float>(20, 2), () => new Columns<double>([1, 1], [1, 1])).ThrowIfFailed();

        gate.Upstream!.Enumerate().ShouldAllBe(u => u >= -1 && u < 1);
        gate.Upstream.Enumerate().Min().ShouldBeLessThan(-0.5f);
        gate.Upstream.Enumerate().Max().ShouldBeGreaterThan(0.5f);
    }

    [Test]
    public void Twin_OtherParameters_AreTold() => Should.Throw<ArgumentException>(() => GradientCheck.Gate(
        new Linear<float>(3, 2, new Random(1), bias: false), Some.Matrix<float>(2, 3), () => new Linear<double>(3, 2, new Random(1))))
        .Message.ShouldEndWith(", weight [3×2]; it has weight [3×2], bias [1×2].");

    [Test]
    public void Twin_Options_AreThoseOfItsCheck() => GradientCheck.Gate(
        new Columns<float>([1, 1], [1, 1]), Some.Matrix<float>(20, 2), () => new Columns<double>([1, 1], [1, 1]),
        new GradientCheckOptions { EntriesPerVariable = 5, DrawnEntries = 3, Directions = 2 })
        .Rows[0].ShouldSatisfyAllConditions(row => row.EntriesChecked.ShouldBe(3), row => row.Directions.ShouldBe(2));

    private static Matrix<double> Changed(Matrix<double> x, double first)
    {
        x[0, 0] = first;
        return x.Clone();
    }

    // 8x + 8c, and 1e12 more in evaluation.
    private sealed class Offset : Layer<double>
    {
        private readonly Parameter<double> _offset = new(Matrix<double>.Build.Dense(1, 1, 1));

        protected override IReadOnlyList<NamedParameter<double>> OwnParameters => [new("offset", _offset)];

        protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache) => (8 * (input + _offset.Value)) + (cache.IsTraining ? 0 : 1e12);

        protected override Matrix<double> BackwardCore(
            Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache)
        {
            _offset.AddToGradient((cache.IsTraining ? 8 : 4) * upstream);
            return (cache.IsTraining ? 8 : 8.0001) * upstream;
        }
    }

    // Each column times a number, and on the way back times another.
    private sealed class Columns<T>(T[] factors, T[] back) : Layer<T>
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        public Matrix<T>? Upstream { get; private set; }

        protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache) => input.MapIndexed((_, j, x) => x * factors[j], Zeros.Include);

        protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
        {
            Upstream = upstream.Clone();
            return upstream.MapIndexed((_, j, u) => u * back[j], Zeros.Include);
        }
    }
}
