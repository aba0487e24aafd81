using NeuralNet.Core;
using NeuralNet.Training.Metrics;

namespace NeuralNet.Tests.Training.Metrics;

internal sealed class ConfusionMatrixTests
{
    // Right: cat, cat, dog, bird, bird. Predicted: cat, dog, dog, cat, none. Nobody is predicted as a bird.
    private static readonly Matrix<float> Scores = Matrices.FromRows<float>([2, 1, 0], [1, 2, 0], [0, 9, 1], [3, 2, 1], [float.NaN, float.NaN, float.NaN]);
    private static readonly int[] Labels = [0, 0, 1, 2, 2];

    [Test]
    public void ToTable_OfNames_HasARowForEachRightClass()
    {
        var matrix = new ConfusionMatrix<float>(["cat", "dog", "bird"]);
        matrix.Add(Scores, Labels);
        matrix.ToTable().ShouldBe("""
              true \ predicted  cat  dog  bird  none
              cat               1    1    0     0
              dog               0    1    0     0
              bird              1    0    0     1

            """.ReplaceLineEndings("\n"));
        matrix.Value.ShouldBe(0.4);
        (matrix.CountOf(2), matrix.PredictedCountOf(0), matrix.Classes).ShouldBe((2, 2, 3));
    }

    [Test]
    public void ToTable_OfNumbersAndWeights_HasNoColumnWithoutNeed()
    {
        var matrix = new ConfusionMatrix<float>();
        matrix.Add(Scores, Labels, Matrix<float>.Build.Dense(5, 1, [1, 0.5f, 2, 1, 0]));
        matrix.ToTable().ShouldBe("""
              true \ predicted  0  1    2
              0                 1  0.5  0
              1                 0  2    0
              2                 1  0    0

            """.ReplaceLineEndings("\n"));
    }

    [Test]
    public void Scores_ByHand_CountRowsOfNaNAgainstRecallOnly()
    {
        // Precision 1/2, 1/2, 0/0; recall 1/2, 1/1, 0/2; F1 2/4, 2/3, 0/2.
        (double Precision, double Recall, double F1)[] expected = [(0.5, 0.5, 0.5), (0.5, 1, 2 / 3.0), (0, 0, 0)];
        Precision<float> precision = new(Average.Weighted);
        Recall<float> recall = new(Average.Micro);
        F1<float> f1 = new();
        foreach (ClassScoreMetric<float> metric in (ClassScoreMetric<float>[])[precision, recall, f1])
        {
            metric.Add(Scores, Labels);
        }

        for (int label = 0; label < 3; label++)
        {
            (precision.OfClass(label), recall.OfClass(label), f1.OfClass(label)).ShouldBe(expected[label]);
        }

        precision.Value.ShouldBe(((2 * 0.5) + (1 * 0.5)) / 5);
        recall.Value.ShouldBe(2 / 5.0);
        f1.Value.ShouldBe((0.5 + (2 / 3.0)) / 3, 1e-15);
    }

    [Test]
    public void Value_ChosenClassesWithoutSamples_IsZero()
    {
        foreach (Average average in Enum.GetValues<Average>())
        {
            var metric = new F1<float>(average, [2]);
            metric.Add(Scores, Labels, Matrix<float>.Build.Dense(5, 1, [1, 1, 1, 0, 0]));
            metric.Value.ShouldBe(0);
        }
    }

    [Test]
    public void Name_OfClasses_SaysThem()
    {
        new F1<float>(Average.Micro, [1, 2]).Name.ShouldBe("micro F1 of classes 1, 2");
        new Recall<float>(Average.Weighted).Name.ShouldBe("weighted recall");
        new Precision<float>().Name.ShouldBe("macro precision");
    }

    [Test]
    public void Constructor_ClassesThatAreNone_AreRefused()
    {
        foreach (int[] wrong in (int[][])[[], [1, 1], [0, -1]])
        {
            Should.Throw<ArgumentException>(() => new F1<float>(Average.Macro, wrong)).Message.ShouldStartWith("The average of F1 needs at least one class");
        }

        Should.Throw<ArgumentOutOfRangeException>(() => new Recall<float>((Average)7)).ParamName.ShouldBe("average");
        Should.Throw<ArgumentException>(() => new Recall<float>(Average.Macro, [3]).Add(Scores, Labels)).Message
            .ShouldContain("needs at least 4 classes, got predictions of 3");
        Should.Throw<ArgumentException>(() => new ConfusionMatrix<float>(["a", "b"]).Add(Scores, Labels)).Message
            .ShouldContain("has names of 2 classes, got predictions of 3");
        Should.Throw<ArgumentException>(() => new ConfusionMatrix<float>(["a", null!])).ParamName.ShouldBe("names");
    }

    [Test]
    public void OfClass_NoSuchClassOrNothingAdded_IsRefused()
    {
        var metric = new F1<float>();
        Should.Throw<InvalidOperationException>(() => metric.OfClass(0)).Message.ShouldContain("'macro F1' has no value");
        Should.Throw<InvalidOperationException>(() => new ConfusionMatrix<float>().ToTable());
        metric.Add(Scores, Labels);
        Should.Throw<ArgumentOutOfRangeException>(() => metric.OfClass(3)).Message.ShouldContain("classes 0 to 2, got 3");
        Should.Throw<ArgumentOutOfRangeException>(() => metric[0, -1]);
        metric.Reset();
        Should.Throw<InvalidOperationException>(() => metric[0, 0]);
    }

    [Test]
    public void Add_OtherClassesAfterReset_AreTaken()
    {
        var metric = new F1<float>();
        metric.Add(Scores, Labels);
        metric.Reset();
        metric.Add(Matrices.FromRows<float>([1, 0], [0, 1]), new[] { 0, 1 });
        (metric.Value, metric.Classes).ShouldBe((1, 2));
    }
}
