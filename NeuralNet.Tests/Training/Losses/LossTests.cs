using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.Functions;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Losses;

namespace NeuralNet.Tests.Training.Losses;

internal sealed class LossTests
{
    private static readonly int[] Labels = Some.Labels(6, 4);

    /// <summary>Every loss as a function of a prediction [6×4], with its gradient. A new loss is tested by adding a line here.</summary>
    private static IEnumerable<TestCaseData> Catalogue()
    {
        Matrix<double> target = Some.Matrix<double>(6, 4, seed: 5);
        yield return Entry(new SumSquaredError<double>(), target);
        yield return Entry(new MeanSquaredError<double>(), target);
        yield return Entry(new SoftmaxCrossEntropy<double>(), (ReadOnlyMemory<int>)Labels);
    }

    /// <summary>The names of the losses that are tested.</summary>
    public static IEnumerable<string> CatalogueNames() => Catalogue().Select(entry => entry.ArgDisplayNames![0]);

    [TestCaseSource(nameof(Catalogue))]
    public void Backward_RandomPredictionAndUpstream_AgreesWithTheNumericalGradient(
        Func<Matrix<double>, Cache<double>, double> forward, Func<double, Cache<double>, Matrix<double>> backward)
    {
        Matrix<double> prediction = Some.Matrix<double>(6, 4, seed: 8) * 3;
        var cache = new Cache<double>();
        const double Upstream = -1.7;
        GradientCheckReport report = GradientCheck.Scalar(
            "loss", [new NamedMatrix<double>("prediction", prediction)], () => Upstream * forward(prediction, cache), () => [backward(Upstream, cache)]);
        report.WorstError.ShouldBeLessThanOrEqualTo(1e-7, report.ToString());
    }

    [TestCaseSource(nameof(Catalogue))]
    public void Backward_CalledTwice_Repeats(
        Func<Matrix<double>, Cache<double>, double> forward, Func<double, Cache<double>, Matrix<double>> backward)
    {
        var cache = new Cache<double>();
        forward(Some.Matrix<double>(6, 4), cache);
        Matrix<double> first = backward(1, cache).Clone();
        backward(1, cache).ShouldBe(first);
    }

    [TestCaseSource(nameof(Catalogue))]
    public void ForwardAndBackward_SteadyState_AllocatesNothing(
        Func<Matrix<double>, Cache<double>, double> forward, Func<double, Cache<double>, Matrix<double>> backward)
    {
        var cache = new Cache<double>();
        Matrix<double> prediction = Some.Matrix<double>(6, 4);
        Allocation.OfThread(() =>
        {
            forward(prediction, cache);
            backward(1, cache);
        }).ShouldBe(0);
    }

    [TestCaseSource(nameof(Catalogue))]
    public void Backward_BeforeForward_SaysSo(
        Func<Matrix<double>, Cache<double>, double> forward, Func<double, Cache<double>, Matrix<double>> backward) =>
        Should.Throw<InvalidOperationException>(() => backward(1, new Cache<double>())).Message.ShouldContain("came before Forward");

    [Test]
    public void SquaredErrors_ByHand_AreSumAndMean()
    {
        // differences 1, −2, 3, 0: squares 1 + 4 + 9 + 0 = 14, mean 3.5
        Matrix<double> prediction = Matrix<double>.Build.Dense(2, 2, [2, 0, 4, 1]), target = Matrix<double>.Build.Dense(2, 2, [1, 2, 1, 1]);
        new SumSquaredError<double>().Forward(prediction, target).ShouldBe(14);
        new MeanSquaredError<double>().Forward(prediction, target).ShouldBe(3.5);
    }

    [Test]
    public void SoftmaxCrossEntropy_EqualLogits_IsLogOfTheClasses() =>
        new SoftmaxCrossEntropy<double>().Forward(Matrix<double>.Build.Dense(3, 10), new[] { 0, 5, 9 }).ShouldBe(Math.Log(10), 1e-14);

    [Test]
    public void SoftmaxCrossEntropy_CourseExample_AgreesWithIt() =>
        // CS231n, linear classification notes: scores (−2.85, 0.86, 0.28), label 2, loss 1.04 nats (1.0401907... by hand)
        new SoftmaxCrossEntropy<double>().Forward(Matrix<double>.Build.Dense(1, 3, [-2.85, 0.86, 0.28]), new[] { 2 })
            .ShouldBe(-Math.Log(Math.Exp(0.28) / (Math.Exp(-2.85) + Math.Exp(0.86) + Math.Exp(0.28))), 1e-14);

    [Test]
    public void SoftmaxCrossEntropy_LogitsOfTenThousand_AreFiniteInFloatAndDouble()
    {
        CheckExtremes<float>();
        CheckExtremes<double>();
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(63)]
    [TestCase(64)]
    [TestCase(65)]
    [TestCase(80)]
    [TestCase(255)]
    [TestCase(256)]
    [TestCase(257)]
    [TestCase(600)]
    [TestCase(1001)] // Shared among the threads.
    public void SoftmaxCrossEntropy_AnyBatchSize_AgreesWithTheSumOverSamples(int samples)
    {
        Matrix<double> logits = Some.Matrix<double>(samples, 5) * 4;
        int[] labels = Some.Labels(samples, 5);
        var cache = new Cache<double>();
        var loss = new SoftmaxCrossEntropy<double>();
        double expected = Enumerable.Range(0, samples)
            .Average(i => Math.Log(logits.Row(i).Sum(Math.Exp)) - logits[i, labels[i]]);
        loss.Forward(logits, labels, cache).ShouldBe(expected, 1e-12);
        Matrix<double> gradient = loss.Backward(cache);
        for (int i = 0; i < samples; i++)
        {
            double p = Math.Exp(logits[i, labels[i]]) / logits.Row(i).Sum(Math.Exp);
            gradient[i, labels[i]].ShouldBe((p - 1) / samples, 1e-14);
            gradient.Row(i).Sum().ShouldBe(0, 1e-14);
        }
    }

    [TestCase(4)]
    [TestCase(-1)]
    public void SoftmaxCrossEntropy_LabelOutOfRange_NamesSampleLabelAndRange(int label) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new SoftmaxCrossEntropy<float>().Forward(Some.Matrix<float>(3, 4), new[] { 0, 1, label }))
            .Message.ShouldContain($"labels from 0 to 3; the label of sample 2 is {label}");

    [Test]
    public void SoftmaxCrossEntropy_AnotherNumberOfLabels_NamesBoth() =>
        Should.Throw<ArgumentException>(() => new SoftmaxCrossEntropy<float>().Forward(Some.Matrix<float>(3, 4), new[] { 0, 1 }))
            .Message.ShouldContain("a label for each of the 3 samples of [3×4], got 2");

    [Test]
    public void SquaredError_TargetOfAnotherShape_NamesBoth() =>
        Should.Throw<ArgumentException>(() => new MeanSquaredError<float>().Forward(Some.Matrix<float>(3, 4), Some.Matrix<float>(4, 3)))
            .Message.ShouldContain("MeanSquaredError expects a target of the prediction's shape [3×4], got [4×3]");

    [Test]
    public void Forward_NoSamples_IsRefused() =>
        Should.Throw<ArgumentException>(() => new SoftmaxCrossEntropy<float>().Forward(Matrix<float>.Build.Dense(0, 4), Array.Empty<int>()))
            .Message.ShouldContain("[0×4]");

    [Test]
    public void L2Regularization_OfANetwork_AddsTermAndGradientForWeightsAlone()
    {
        var net = new Sequential<double>(new Linear<double>(3, 2, new Random(1)), new Sigmoid<double>(), new Linear<double>(2, 1, new Random(2)));
        net.Parameters[1].Parameter.Value[0, 0] = 100;
        var l2 = new L2Regularization<double>(net.Parameters, 0.1);
        double squares = net.Parameters[0].Parameter.Value.Enumerate().Sum(w => w * w) + net.Parameters[2].Parameter.Value.Enumerate().Sum(w => w * w);
        l2.Forward().ShouldBe(0.1 * squares, 1e-14);
        l2.Backward();
        l2.Backward();
        (net.Parameters[0].Parameter.Gradient - (0.4 * net.Parameters[0].Parameter.Value)).InfinityNorm().ShouldBeLessThan(1e-15);
        net.Parameters[1].Parameter.Gradient.InfinityNorm().ShouldBe(0);
    }

    [Test]
    public void NetworkWithLossAndRegularization_AllParameters_AgreesWithTheNumericalGradient()
    {
        var net = new Sequential<double>(new Linear<double>(7, 5, new Random(1)), new Sigmoid<double>(), new Linear<double>(5, 4, new Random(2)));
        var loss = new SoftmaxCrossEntropy<double>();
        var l2 = new L2Regularization<double>(net.Parameters, 0.05);
        Matrix<double> input = Some.Matrix<double>(6, 7);
        Cache<double> cache = new(), lossCache = new();
        GradientCheckReport report = GradientCheck.Scalar(
            "network",
            [.. net.Parameters.Select(named => new NamedMatrix<double>(named.Name, named.Parameter.Value))],
            () => loss.Forward(net.Forward(input, cache), Labels, lossCache) + l2.Forward(),
            () =>
            {
                net.ZeroGradients();
                loss.Backward(lossCache, net, cache);
                l2.Backward();
                return [.. net.Parameters.Select(named => named.Parameter.Gradient)];
            });
        report.WorstError.ShouldBeLessThanOrEqualTo(1e-7, report.ToString());
    }

    private static TestCaseData Entry<TTarget>(Loss<double, TTarget> loss, TTarget target) => new TestCaseData(
        (Matrix<double> prediction, Cache<double> cache) => loss.Forward(prediction, target, cache),
        (double upstream, Cache<double> cache) => loss.Backward(upstream, cache)).SetArgDisplayNames(loss.ToString());

    private static void CheckExtremes<T>() where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        T big = T.CreateTruncating(1e4);
        Matrix<T> logits = Matrix<T>.Build.Dense(2, 3, [big, -big, -big, big, T.Zero, -big]);
        var loss = new SoftmaxCrossEntropy<T>();
        var cache = new Cache<T>();

        // Row 0: (1e4, −1e4, 0), label 1: loss 2e4. Row 1: (−1e4, 1e4, −1e4), label 1: loss 0. Mean 1e4.
        double.CreateTruncating(loss.Forward(logits, new[] { 1, 1 }, cache)).ShouldBe(1e4, 1e-3);
        loss.Backward(cache).Row(0).Select(double.CreateTruncating).ShouldBe([0.5, -0.5, 0]);
        loss.Backward(cache).Row(1).Select(double.CreateTruncating).ShouldBe([0.0, 0, 0]);
    }
}
