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
}
