using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.Functions;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training.GradientChecking;
using NeuralNet.Training.Losses;

namespace NeuralNet.Tests.Training.Losses;

internal sealed class LossTests
{
    private static readonly int[] Labels = Some.Labels(6, 4);

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
    public void ToString_OfEach_IsItsNameWithItsSetting()
    {
        new MeanSquaredError<double>().ToString().ShouldBe("MeanSquaredError");
        new SumSquaredError<double>().ToString().ShouldBe("SumSquaredError");
        new MeanAbsoluteError<double>().ToString().ShouldBe("MeanAbsoluteError");
        new HuberLoss<double>(0.5).ToString().ShouldBe("HuberLoss(0.5)");
        new BinaryCrossEntropy<double>().ToString().ShouldBe("BinaryCrossEntropy");
        new SoftCrossEntropy<double>().ToString().ShouldBe("SoftCrossEntropy");
        new KLDivergence<double>().ToString().ShouldBe("KLDivergence");
        new SoftmaxCrossEntropy<double>().ToString().ShouldBe("SoftmaxCrossEntropy");
        new NegativeLogLikelihood<double>().ToString().ShouldBe("NegativeLogLikelihood");
        new MulticlassHinge<double>(2).ToString().ShouldBe("MulticlassHinge(2)");
    }

    // CS231n lecture 3: cat, car and frog with labels 0, 1, 2. Losses 2.9, 0 and 12.9, mean 15.8/3 = 5.27.
    [Test]
    public void MulticlassHinge_CourseExample_AgreesWithIt()
    {
        Matrix<double> scores = Matrix<double>.Build.DenseOfArray(new[,] { { 3.2, 5.1, -1.7 }, { 1.3, 4.9, 2.0 }, { 2.2, 2.5, -3.1 } });
        int[] labels = [0, 1, 2];
        double[] expected = [2.9, 0, 12.9];
        var loss = new MulticlassHinge<double>();
        for (int i = 0; i < 3; i++)
        {
            loss.Forward(Matrix<double>.Build.DenseOfRows([scores.Row(i)]), new[] { labels[i] }).ShouldBe(expected[i], 1e-14);
        }

        var cache = new Cache<double>();
        loss.Forward(scores, labels, cache).ShouldBe(15.8 / 3, 1e-14);

        // Of the first the margin of class 1 is violated, of the third those of both others.
        (3 * loss.Backward(cache)).ToRowMajorArray().ShouldBe([-1.0, 1, 0, 0, 0, 0, 1, 1, -2], 1e-15);
    }

    // x = ln 3: σ(x) = ¾. By yes −ln ¾, by no −ln ¼.
    [Test]
    public void BinaryCrossEntropy_ByHand_IsTheLogarithmOfTheAnswer()
    {
        Matrix<double> logits = Matrix<double>.Build.Dense(2, 1, Math.Log(3)), targets = Matrix<double>.Build.Dense(2, 1, [1, 0]);
        new BinaryCrossEntropy<double>(reduction: Reduction.Sum).Forward(logits, targets).ShouldBe(Math.Log(4.0 / 3) + Math.Log(4), 1e-15);
        new BinaryCrossEntropy<double>(5, Reduction.Sum).Forward(logits, targets).ShouldBe((5 * Math.Log(4.0 / 3)) + Math.Log(4), 1e-14);
    }

    // Right and sure: e^−x = 1e-30 is both loss and, negated, slope.
    [Test]
    public void BinaryCrossEntropy_SurePrediction_HasItsDigits()
    {
        var cache = new Cache<double>();
        var loss = new BinaryCrossEntropy<double>();
        double x = 30 * Math.Log(10);
        loss.Forward(Matrix<double>.Build.Dense(1, 1, x), Matrix<double>.Build.Dense(1, 1, 1), cache).ShouldBe(1e-30, 1e-43);
        loss.Backward(cache)[0, 0].ShouldBe(-1e-30, 1e-43);
    }

    [Test]
    public void MeanAbsoluteError_NoError_HasSlopeZero()
    {
        var cache = new Cache<double>();
        var loss = new MeanAbsoluteError<double>();
        loss.Forward(Matrix<double>.Build.Dense(1, 4, [1, 2, 3, 4]), Matrix<double>.Build.Dense(1, 4, [1, 3, 2, 4]), cache).ShouldBe(0.5);
        loss.Backward(cache).ToColumnMajorArray().ShouldBe([0, -0.25, 0.25, 0]);
    }

    // At δ both formulas are ½δ²; beyond, it is a line.
    [Test]
    public void HuberLoss_ByHand_IsASquareInsideAndALineOutside()
    {
        var cache = new Cache<double>();
        var loss = new HuberLoss<double>(2, Reduction.Sum);
        loss.Delta.ShouldBe(2);
        loss.Forward(Matrix<double>.Build.Dense(1, 4, [1, 2, 5, -5]), Matrix<double>.Build.Dense(1, 4), cache).ShouldBe(0.5 + 2 + 8 + 8);
        loss.Backward(cache).ToColumnMajorArray().ShouldBe([1.0, 2, 2, -2]);
    }

    // The prediction is the target: 0. And ½·ln(½/¼) + ½·ln(½/¾) = ½·ln(4/3).
    [Test]
    public void KLDivergence_ByHand_IsZeroOrAboveAndKnowsZeros()
    {
        Matrix<double> half = Matrix<double>.Build.Dense(1, 2, [0.5, 0.5]), sure = Matrix<double>.Build.Dense(1, 2, [1, 0]);
        var loss = new KLDivergence<double>();
        loss.Forward(half.PointwiseLog(), half).ShouldBe(0, 1e-16);
        loss.Forward(Matrix<double>.Build.Dense(1, 2, [Math.Log(0.25), Math.Log(0.75)]), half).ShouldBe(0.5 * Math.Log(4.0 / 3), 1e-15);
        loss.Forward(sure.PointwiseLog(), sure).ShouldBe(0);
    }

    // The view of positions as rows, and what the loss does itself.
    [Test]
    public void SoftmaxCrossEntropy_LabelsOfPositions_AreThoseOfTheViewsRows()
    {
        Matrix<double> prediction = Some.Matrix<double>(5, 3 * 4);
        int[] labels = Some.Labels(5 * 4, 3);
        Cache<double> cache = new(), ofView = new();
        var loss = new SoftmaxCrossEntropy<double>(positions: 4);
        var plain = new SoftmaxCrossEntropy<double>();
        var shape = SampleShape.Sequence(3, 4);
        loss.Forward(prediction, labels, cache).ShouldBe(plain.Forward(MatrixViews.AsPositions(prediction, shape), labels, ofView));
        loss.Backward(cache).ShouldBe(MatrixViews.AsSamples(plain.Backward(ofView), shape));
    }

    [Test]
    public void SoftmaxCrossEntropy_OnlyClassesOfNoWeightOccur_IsZero()
    {
        var cache = new Cache<double>();
        var loss = new SoftmaxCrossEntropy<double>(0.1, [0, 1]);
        loss.Forward(Some.Matrix<double>(2, 2), new[] { 0, 0 }, cache).ShouldBe(0);
        loss.Backward(cache).Enumerate().ShouldAllBe(value => value == 0);
    }

    [Test]
    public void NegativeLogLikelihood_ImpossibleClassOfNoWeight_AddsNothing() =>
        new NegativeLogLikelihood<double>([0, 1])
            .Forward(Matrix<double>.Build.Dense(2, 2, [double.NegativeInfinity, -1, 0, -0.5]), new[] { 0, 1 }).ShouldBe(0.5);

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

    // λ = 0.1: 0.1·(|3| + |−4| + 0), and its sign times λ, 0 at 0; written first, added after.
    [Test]
    public void L1Regularization_ByHand_AddsTermAndSigns()
    {
        var weight = new Parameter<double>(Matrix<double>.Build.Dense(1, 3, [3, -4, 0]));
        var bias = new Parameter<double>(Matrix<double>.Build.Dense(1, 1, 100), isRegularized: false);
        weight.Gradient.AsSpan().Fill(double.NaN);
        weight.ZeroGradient();
        var l1 = new L1Regularization<double>([new("weight", weight), new("bias", bias)], 0.1);
        l1.ToString().ShouldBe("L1Regularization(0.1)");
        l1.Strength.ShouldBe(0.1);
        l1.Forward().ShouldBe(0.7, 1e-15);
        l1.Backward();
        weight.Gradient.ToColumnMajorArray().ShouldBe([0.1, -0.1, 0]);
        l1.Backward();
        weight.Gradient.ToColumnMajorArray().ShouldBe([0.2, -0.2, 0]);
        bias.Gradient[0, 0].ShouldBe(0);
    }

    [Test]
    public void L1Regularization_OfANetwork_AgreesWithTheNumericalGradient()
    {
        var net = new Sequential<double>(new Linear<double>(7, 5, new Random(1)), new Sigmoid<double>(), new Linear<double>(5, 4, new Random(2)));
        GradientCheckReport report = GradientCheck.Network(
            net, Some.Matrix<double>(6, 7), new SoftmaxCrossEntropy<double>(), (ReadOnlyMemory<int>)Labels, new L1Regularization<double>(net.Parameters, 0.05));
        report.WorstError.ShouldBeLessThanOrEqualTo(1e-7, report.ToString());
        report.ToString().ShouldContain("L1Regularization(0.05)");
    }

    [Test]
    public void Regularization_SteadyState_AllocatesNothing()
    {
        var net = new Linear<float>(300, 200, new Random(1));
        Regularization<float>[] terms = [new L1Regularization<float>(net.Parameters, 0.1f), new L2Regularization<float>(net.Parameters, 0.1f)];
        Allocation.OfThread(() =>
        {
            net.ZeroGradients();
            foreach (Regularization<float> term in terms)
            {
                term.Forward();
                term.Backward();
            }
        }).ShouldBe(0);
    }

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
