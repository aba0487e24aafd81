using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>One logit a sample as scores of two classes.</summary>
internal sealed class BinaryOutputTests
{
    [Test]
    public void Scores_Logits_AreThoseOfClassOneAgainstZero()
    {
        Matrix<double> scores = BinaryOutput.Scores(Matrix<double>.Build.Dense(3, 1, [2, -1, double.NaN]));

        scores.Row(0).ToArray().ShouldBe([0, 2]);
        scores.Row(1).ToArray().ShouldBe([0, -1]);
        // Nothing is the larger one.
        scores.Row(2).ToArray().ShouldAllBe(score => double.IsNaN(score));
    }

    [Test]
    public void Labels_Targets_AreZeroOrOne() =>
        BinaryOutput.Labels(Matrix<double>.Build.Dense(2, 1, [1, 0]), Matrix<double>.Build.Dense(2, 1)).ShouldBe([1, 0]);

    [Test]
    public void WhatIsNoDecision_IsRefused()
    {
        Matrix<double> column = Matrix<double>.Build.Dense(2, 1), two = Matrix<double>.Build.Dense(2, 2);

        Refused(() => BinaryOutput.Scores(two), "A decision between two classes is made of one output a sample; the network gives [2×2]. (Parameter 'prediction')");
        Refused(() => BinaryOutput.Labels(two, column), "The network gives [2×1] for a batch of the report's data, whose targets are [2×2]. (Parameter 'targets')");
        Refused(
            () => BinaryOutput.Labels(Matrix<double>.Build.Dense(2, 1, [1, 0.5]), column),
            "A decision between two classes has targets of 0 or 1; a sample of the report's data has 0.5. (Parameter 'targets')");

        static void Refused(Func<object> act, string message) => Should.Throw<ArgumentException>(act).Message.ShouldBe(message);
    }
}
