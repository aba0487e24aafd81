using NeuralNet.Core;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Metrics;

namespace NeuralNet.Tests.Training.Metrics;

internal sealed class AccuracyTests
{
    [Test]
    public void Value_LargestScores_AreCountedWhereTheyMeetTheLabel() =>
        Of(new float[,] { { 1, 3, 2 }, { 5, 5, 1 }, { -1, -2, -3 }, { 0, 1, 2 } }, 1, 0, 0, 0).ShouldBe(0.75);

    [Test]
    public void Value_NaN_IsNeverLargest()
    {
        Of(new[,] { { float.NaN, 1 }, { 1, float.NaN } }, 1, 0).ShouldBe(1);
        Of(new[,] { { float.NaN, float.NaN } }, 0).ShouldBe(0);
        Of(new[,] { { float.NaN, float.NegativeInfinity } }, 1).ShouldBe(1);
    }

    [TestCase(0, 99)]
    [TestCase(0, -1)]
    [TestCase(1, 10)]
    [TestCase(2, int.MaxValue)]
    [TestCase(2, int.MinValue)]
    public void Add_LabelThatIsNoClass_IsRefusedWithPositionAndRange(int sample, int label)
    {
        int[] labels = [0, 9, 0];
        labels[sample] = label;
        var error = Should.Throw<ArgumentOutOfRangeException>(() => new Accuracy<float>().Add(Matrix<float>.Build.Dense(3, 10), labels));
        error.Message.ShouldContain($"The metric 'accuracy' expects labels from 0 to 9; the label of sample {sample} is {label}.");
        error.ParamName.ShouldBe("target");
    }

    [Test]
    public void Add_WrongLabelBehindAMaskedOne_IsRefused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Accuracy<float>().Add(
            Matrix<float>.Build.Dense(3, 2), new[] { -1, 0, 2 }, Matrix<float>.Build.Dense(3, 1, [0, 1, 1]))).Message.ShouldContain("sample 2 is 2");

    [Test]
    public void TopK_OfOne_IsTheAccuracyAlsoOfTies()
    {
        MetricSamples<double> samples = MetricSamples<double>.Random(200, 3);
        samples.Prediction.AsSpan()[..100].Fill(1);
        var accuracy = new Accuracy<double>();
        var topOne = new TopKAccuracy<double>(1);
        accuracy.Add(samples.Prediction, samples.Labels);
        topOne.Add(samples.Prediction, samples.Labels);
        topOne.Value.ShouldBe(accuracy.Value);
    }

    [Test]
    public void TopK_ByHand_CountsTheKLargestAndNoNaN()
    {
        // Second of three; third; NaN; behind a NaN that is before nothing.
        Matrix<double> scores = Matrices.FromRows<double>([3, 2, 1], [3, 2, 1], [3, 2, double.NaN], [3, double.NaN, 1]);
        var metric = new TopKAccuracy<double>(2);
        metric.Add(scores, new[] { 1, 2, 2, 2 });
        metric.Value.ShouldBe(0.5);
        metric.Name.ShouldBe("top-2 accuracy");
        metric.K.ShouldBe(2);
    }

    [Test]
    public void TopK_NoneOrMoreThanClasses_IsRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new TopKAccuracy<float>(0)).ParamName.ShouldBe("k");
        Should.Throw<ArgumentException>(() => new TopKAccuracy<float>(4).Add(Some.Matrix<float>(2, 3), new[] { 0, 1 }))
            .Message.ShouldStartWith("The metric 'top-4 accuracy' needs at least 4 classes, got predictions of 3.");
    }

    private static double Of(float[,] scores, params int[] labels)
    {
        var metric = new Accuracy<float>();
        metric.Add(Matrix<float>.Build.DenseOfArray(scores), labels);
        return metric.Value;
    }
}
