using NeuralNet.Training.Metrics;

namespace NeuralNet.Tests.Training.Metrics;

internal sealed class AccuracyTests
{
    [Test]
    public void CountCorrect_LargestScores_AreCountedWhereTheyMeetTheLabel()
    {
        Matrix<float> scores = Matrix<float>.Build.DenseOfArray(new float[,] { { 1, 3, 2 }, { 5, 5, 1 }, { -1, -2, -3 }, { 0, 1, 2 } });
        Accuracy.CountCorrect(scores, [1, 0, 0, 0]).ShouldBe(3);
    }

    [Test]
    public void CountCorrect_NaN_IsNeverLargest()
    {
        Accuracy.CountCorrect(Matrix<float>.Build.DenseOfArray(new float[,] { { float.NaN, 1 }, { 1, float.NaN } }), [1, 0]).ShouldBe(2);
        Accuracy.CountCorrect(Matrix<float>.Build.DenseOfArray(new[,] { { float.NaN, float.NaN } }), [0]).ShouldBe(0);
    }

    [Test]
    public void CountCorrect_AnotherNumberOfLabels_NamesBoth() =>
        Should.Throw<ArgumentException>(() => Accuracy.CountCorrect(Matrix<float>.Build.Dense(3, 2), [0, 1]))
            .Message.ShouldContain("each of the 3 samples, got 2");

    [TestCase(0, 99)]
    [TestCase(0, -1)]
    [TestCase(1, 10)]
    [TestCase(2, int.MaxValue)]
    [TestCase(2, int.MinValue)]
    public void CountCorrect_LabelThatIsNoClass_IsRefusedWithPositionAndRange(int sample, int label)
    {
        int[] labels = [0, 9, 0];
        labels[sample] = label;
        var error = Should.Throw<ArgumentOutOfRangeException>(() => Accuracy.CountCorrect(Matrix<float>.Build.Dense(3, 10), labels));
        error.Message.ShouldContain($"labels from 0 to 9; the label of sample {sample} is {label}.");
        error.ParamName.ShouldBe("labels");
    }

    [Test]
    public void CountCorrect_NoColumn_IsRefused() =>
        Should.Throw<ArgumentException>(() => Accuracy.CountCorrect(Matrix<float>.Build.Dense(2, 0), [0, 0])).Message.ShouldContain("at least one, got [2×0]");

    [Test]
    public void CountCorrect_SparseScores_AreRefused() =>
        Should.Throw<ArgumentException>(() => Accuracy.CountCorrect(Matrix<float>.Build.Sparse(2, 3), [0, 0])).Message.ShouldContain("dense");
}
