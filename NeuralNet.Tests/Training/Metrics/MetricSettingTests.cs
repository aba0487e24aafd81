using NeuralNet.Core;
using NeuralNet.Training.Metrics;

namespace NeuralNet.Tests.Training.Metrics;

/// <summary>What metrics are called, which way is better, and the words with which they refuse.</summary>
internal sealed class MetricSettingTests
{
    private static readonly string[] LowerIsBetter =
        ["log loss", "expected calibration error", "mean squared error", "mean absolute error", "loss of labels", "loss of matrices"];

    private static IEnumerable<string> Names() => MetricCatalogue.All<double>().Select(entry => entry.Name);

    [TestCaseSource(nameof(Names))]
    public void IsHigherBetter_AnyMetric_IsSoUnlessItIsAnError(string name)
    {
        object metric = MetricCatalogue.Get<double>(name).Make().Metric;

        (metric is Metric<double, ReadOnlyMemory<int>> ofLabels ? ofLabels.IsHigherBetter : ((Metric<double, Matrix<double>>)metric).IsHigherBetter)
            .ShouldBe(!LowerIsBetter.Contains(name));
    }

    [Test]
    public void Constructor_SettingsThatAreNone_AreRefusedInWords()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new BinaryF1<double>(double.NaN)).Message
            .ShouldStartWith("The threshold of a binary metric must be a number, got NaN. (Parameter 'threshold')");
        Should.Throw<ArgumentException>(() => new Precision<double>(Average.Macro, [0, -1])).Message
            .ShouldBe("The average of precision needs at least one class, each once and 0 or more, got [0, -1]. (Parameter 'classes')");
        Should.Throw<ArgumentOutOfRangeException>(() => new Recall<double>((Average)7)).Message.ShouldStartWith("There is no average 7. (Parameter 'average')");
    }

    // Of class 0 one of two samples was found.
    [Test]
    public void Value_ChosenClassIsTheFirst_IsThatOfItAlone()
    {
        var recall = new Recall<double>(Average.Macro, [0]);

        recall.Add(Matrices.FromRows<double>([1, 0], [0, 1], [1, 0]), new[] { 0, 0, 1 });

        recall.Value.ShouldBe(0.5);
    }

    [Test]
    public void ToTable_WeightsThatAreNoFourDigits_AreRounded()
    {
        var matrix = new ConfusionMatrix<double>();

        matrix.Add(Matrices.FromRows<double>([1, 0], [0, 1]), new[] { 0, 1 }, Matrix<double>.Build.Dense(2, 1, [1 / 3.0, 2]));

        matrix.ToTable().ShouldBe("  true \\ predicted  0       1\n  0                 0.3333  0\n  1                 0       2\n");
    }

    // Two rows of two scores have one difference each.
    [Test]
    public void Value_TwoRowsAreNaN_IsNaN()
    {
        var metric = new RocAuc<double>();

        metric.Add(Matrices.FromRows<double>([double.NaN, 0], [0, double.NaN], [0, 1], [1, 0]), new[] { 0, 1, 1, 0 });

        double.IsNaN(metric.Value).ShouldBeTrue();
    }
}
