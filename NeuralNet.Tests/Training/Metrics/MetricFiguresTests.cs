using NeuralNet.Core;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;

namespace NeuralNet.Tests.Training.Metrics;

/// <summary>What is particular to single metrics: figures by hand, extremes, numbers that are none.</summary>
internal sealed class MetricFiguresTests
{
    [Test]
    public void LogLoss_HugeLogits_IsFiniteAndLinear()
    {
        var metric = new LogLoss<float>();
        metric.Add(Matrices.FromRows<float>([10000, 0], [0, 10000]), new[] { 0, 0 });
        metric.Value.ShouldBe(5000);
        metric.IsHigherBetter.ShouldBeFalse();
    }

    [Test]
    public void CalibrationError_ByHand_IsTheGapOfTheBins()
    {
        // Confidence ½ in the bin up to ½, which is right once of twice: no gap. Confidence ¾, wrong: a gap of ¾ for one sample of three.
        var metric = new ExpectedCalibrationError<double>(bins: 2);
        metric.Add(Matrices.FromRows<double>([0, 0], [0, 0], [Math.Log(3), 0]), new[] { 0, 1, 1 });
        metric.Value.ShouldBe(0.25, 1e-15);
        metric.Bins.ShouldBe(2);
        Should.Throw<ArgumentOutOfRangeException>(() => new ExpectedCalibrationError<double>(0)).ParamName.ShouldBe("bins");
    }

    [Test]
    public void RocAuc_ConfidentNetwork_RanksWhereProbabilitiesAreRoundedToOne()
    {
        // In float, and in double, the softmax of all of these is 1 for class 0 or 1; the order of the logits is right without exception.
        Matrix<float> two = Matrices.FromRows<float>([0, 100], [0, 200], [0, 300], [0, 400]);
        Value(new RocAuc<float>(), two, 0, 0, 1, 1).ShouldBe(1);
        Matrix<float> three = Matrices.FromRows<float>([100, 0, 0], [200, 0, 0], [0, 100, 0], [0, 0, 100]);
        // Class 0: the sample of 200 is positive, that of 100 is not. Class 1: the first sample has the log-odds −100, as the last, which is negative: a tie.
        Value(new RocAuc<float>(), three, 1, 0, 1, 2).ShouldBe(((3 / 3.0) + (3.5 / 4) + 1) / 3, 1e-15);
    }

    [Test]
    public void RocAuc_MinusInfinity_IsAMaskedClass()
    {
        const double Never = double.NegativeInfinity;
        Matrix<double> logits = Matrices.FromRows<double>([1, Never, Never], [Never, 0, 0], [0, 0, 2]);
        Value(new RocAuc<double>(), logits, 0, 1, 2).ShouldBe(((2 / 2.0) + (2 / 2.0) + 1) / 3, 1e-15);
    }

    [Test]
    public void Ranking_OneClassOnly_IsNaNOrZeroAsDocumented()
    {
        double.IsNaN(Value(new RocAuc<double>(), Some.Matrix<double>(3, 2), 1, 1, 1)).ShouldBeTrue();
        double.IsNaN(Value(new RocAuc<double>(), Some.Matrix<double>(3, 3), 0, 1, 1)).ShouldBeTrue();
        Value(new AveragePrecision<double>(), Some.Matrix<double>(3, 2), 1, 1, 1).ShouldBe(1);
        Value(new AveragePrecision<double>(), Some.Matrix<double>(3, 2), 0, 0, 0).ShouldBe(0);
    }

    [Test]
    public void Ranking_OneColumn_IsRefused() =>
        Should.Throw<ArgumentException>(() => new RocAuc<double>().Add(Some.Matrix<double>(3, 1), new[] { 0, 0, 0 })).Message
            .ShouldStartWith("The metric 'ROC AUC' of labels needs a column for each class, at least two, got one.");

    [Test]
    public void Binary_ByHand_CountsALogitAtTheThresholdAsZero()
    {
        Matrix<double> logits = Matrix<double>.Build.Dense(5, 1, [0, 1, -1, 2, double.NaN]), targets = Matrix<double>.Build.Dense(5, 1, [0, 1, 1, 0, 1]);
        Value(new BinaryAccuracy<double>(), logits, targets).ShouldBe(2 / 5.0);
        Value(new BinaryPrecision<double>(), logits, targets).ShouldBe(1 / 2.0);
        Value(new BinaryRecall<double>(), logits, targets).ShouldBe(1 / 3.0);
        Value(new BinaryF1<double>(), logits, targets).ShouldBe(2 / 5.0);
        Value(new BinaryAccuracy<double>(threshold: 1.5), logits, targets).ShouldBe(1 / 5.0);
        Value(new BinaryPrecision<double>(threshold: 5), logits, targets).ShouldBe(0);
    }

    [Test]
    public void Binary_WhatIsNoBinaryTarget_IsRefused()
    {
        var metric = new BinaryAccuracy<double>();
        var error = Should.Throw<ArgumentOutOfRangeException>(() => metric.Add(Matrix<double>.Build.Dense(2, 1), Matrix<double>.Build.Dense(2, 1, [1, 0.5])));
        error.Message.ShouldContain("expects targets 0 or 1; that of sample 1 is 0.5");
        Should.Throw<ArgumentException>(() => metric.Add(Some.Matrix<double>(2, 2), Matrix<double>.Build.Dense(2, 2))).Message
            .ShouldContain("expects one logit a sample, [2×1], got [2×2]");
        Should.Throw<ArgumentOutOfRangeException>(() => new BinaryF1<double>(double.NaN)).ParamName.ShouldBe("threshold");
    }

    [Test]
    public void RSquared_TargetsThatAreEqualOrOne_AreAsInScikitLearn()
    {
        // Equal targets: 1 where all is right, otherwise 0, and the mean over the outputs; one sample has no spread. 0.1 has no exact mean in a sum of tenths.
        Matrix<double> equal = Matrix<double>.Build.Dense(10, 2, 0.1), wrong = equal.Clone();
        wrong[4, 1] = 0.2;
        Value(new RSquared<double>(), equal, equal).ShouldBe(1);
        Value(new RSquared<double>(), wrong, equal).ShouldBe(0.5);
        double.IsNaN(Value(new RSquared<double>(), Some.Matrix<double>(1, 2), Some.Matrix<double>(1, 2))).ShouldBeTrue();
    }

    [Test]
    public void RSquared_LargeMeanAndSmallSpread_KeepsItsDigits()
    {
        // Targets 1e9 + (0, 1, 2, 3), always predicted ½ too high: 1 − 4·¼ / 5.
        Matrix<double> targets = Matrix<double>.Build.Dense(4, 1, (i, _) => 1e9 + i);
        Value(new RSquared<double>(), targets + 0.5, targets).ShouldBe(0.8, 1e-12);
    }

    [Test]
    public void Value_PredictionIsNaN_IsNaN()
    {
        Matrix<double> logits = Matrices.FromRows<double>([0, double.NaN, 1], [1, 2, 3]);
        foreach (LabelMetric<double> metric in (LabelMetric<double>[])
            [new LogLoss<double>(), new ExpectedCalibrationError<double>(), new RocAuc<double>(), new AveragePrecision<double>()])
        {
            double.IsNaN(Value(metric, logits, 0, 1)).ShouldBeTrue(metric.Name);
        }

        Matrix<double> column = Matrix<double>.Build.Dense(3, 1, [0, double.NaN, 1]), targets = Matrix<double>.Build.Dense(3, 1, [0, 0, 1]);
        foreach (MatrixMetric<double> metric in (MatrixMetric<double>[])
            [new MeanSquaredErrorMetric<double>(), new MeanAbsoluteErrorMetric<double>(), new RSquared<double>(), new BinaryRocAuc<double>()])
        {
            double.IsNaN(Value(metric, column, targets)).ShouldBeTrue(metric.Name);
        }

        double.IsNaN(Value(new RSquared<double>(), column, Matrix<double>.Build.Dense(3, 1, 1))).ShouldBeTrue();
    }

    [Test]
    public void Reset_AfterNaN_ForgetsIt()
    {
        var metric = new BinaryRocAuc<double>();
        metric.Add(Matrix<double>.Build.Dense(1, 1, double.NaN), Matrix<double>.Build.Dense(1, 1, 1));
        metric.Reset();
        Value(metric, Matrix<double>.Build.Dense(2, 1, [1, 2]), Matrix<double>.Build.Dense(2, 1, [0, 1])).ShouldBe(1);
    }

    [Test]
    public void LossMetric_BatchesOfOtherSizes_WeighsThemBySamples()
    {
        var metric = new LossMetric<double, Matrix<double>>(new MeanSquaredError<double>());
        metric.Add(Matrix<double>.Build.Dense(3, 1, 2), Matrix<double>.Build.Dense(3, 1));
        metric.Add(Matrix<double>.Build.Dense(1, 1, 4), Matrix<double>.Build.Dense(1, 1));
        metric.Value.ShouldBe(((3 * 4) + 16) / 4.0);
        (metric.Name, metric.IsHigherBetter).ShouldBe(("MeanSquaredError", false));
        Should.Throw<ArgumentException>(() => metric.Add(Matrix<double>.Build.Dense(1, 1), Matrix<double>.Build.Dense(1, 1), Matrix<double>.Build.Dense(1, 1, 1)))
            .Message.ShouldContain("takes no weights");
        Should.Throw<ArgumentNullException>(() => new LossMetric<double, Matrix<double>>(null!)).ParamName.ShouldBe("loss");
    }

    [Test]
    public void Add_TargetMissing_IsRefusedByName() =>
        Should.Throw<ArgumentNullException>(() => new RSquared<double>().Add(Some.Matrix<double>(2, 2), null!)).ParamName.ShouldBe("target");

    private static double Value(LabelMetric<double> metric, Matrix<double> logits, params int[] labels)
    {
        metric.Add(logits, labels);
        return metric.Value;
    }

    private static double Value(LabelMetric<float> metric, Matrix<float> logits, params int[] labels)
    {
        metric.Add(logits, labels);
        return metric.Value;
    }

    private static double Value(MatrixMetric<double> metric, Matrix<double> prediction, Matrix<double> target)
    {
        metric.Add(prediction, target);
        return metric.Value;
    }
}
