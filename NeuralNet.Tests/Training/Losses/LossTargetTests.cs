using NeuralNet.Core;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Losses;

namespace NeuralNet.Tests.Training.Losses;

/// <summary>Targets that do not fit, in each way in which they can.</summary>
internal sealed class LossTargetTests
{
    [TestCase(0, -1)]
    [TestCase(0, 4)]
    [TestCase(1, 99)]
    [TestCase(2, int.MaxValue)]
    [TestCase(2, int.MinValue)]
    public void Forward_LabelThatIsNoClass_IsRefusedWithPositionAndRange(int sample, int label)
    {
        int[] labels = [3, 0, 3];
        labels[sample] = label;
        Should.Throw<ArgumentOutOfRangeException>(() => new SoftmaxCrossEntropy<float>().Forward(Some.Matrix<float>(3, 4), labels)).Message
            .ShouldContain($"expects labels from 0 to 3; the label of sample {sample} is {label}.");
    }

    [TestCase(3, 5)]
    [TestCase(3, 3)]
    [TestCase(2, 4)]
    [TestCase(4, 4)]
    public void Forward_TargetWrongInOneDimension_NamesBothShapes(int rows, int columns)
    {
        foreach (Loss<float, Matrix<float>> loss in (Loss<float, Matrix<float>>[])[new MeanSquaredError<float>(), new SumSquaredError<float>()])
        {
            Should.Throw<ArgumentException>(() => loss.Forward(Some.Matrix<float>(3, 4), Some.Matrix<float>(rows, columns))).Message
                .ShouldContain($"{loss} expects a target of the prediction's shape [3×4], got [{rows}×{columns}].");
        }
    }

    [Test]
    public void Forward_SparseTarget_IsSaidToBeTheTarget() =>
        Should.Throw<ArgumentException>(() => new MeanSquaredError<float>().Forward(Some.Matrix<float>(3, 4), Matrix<float>.Build.Sparse(3, 4))).Message
            .ShouldContain("MeanSquaredError expects a dense target, got [3×4] stored as Sparse");

    [TestCase(-0.001f)]
    [TestCase(1.001f)]
    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    public void Forward_TargetOutsideOfZeroToOne_NamesSampleAndColumn(float wrong)
    {
        Matrix<float> target = Matrix<float>.Build.Dense(3, 4, 0.25f);
        target[2, 1] = wrong;
        foreach (MatrixTargetLoss<float> loss in (MatrixTargetLoss<float>[])[new BinaryCrossEntropy<float>(), new KLDivergence<float>(), new SoftCrossEntropy<float>()])
        {
            Should.Throw<ArgumentOutOfRangeException>(() => loss.Forward(Some.Matrix<float>(3, 4), target)).Message
                .ShouldContain($"{loss} expects a target of numbers from 0 to 1; that of sample 2 in column 1 is {wrong}.");
        }
    }

    [Test]
    public void Forward_TargetNaN_IsInTheLossOfErrors()
    {
        Matrix<float> target = Matrix<float>.Build.Dense(3, 4);
        target[2, 1] = float.NaN;
        foreach (MatrixTargetLoss<float> loss in (MatrixTargetLoss<float>[])[new MeanSquaredError<float>(), new MeanAbsoluteError<float>(), new HuberLoss<float>()])
        {
            float.IsNaN(loss.Forward(Some.Matrix<float>(3, 4), target)).ShouldBeTrue();
        }
    }

    [TestCase(0.25f, 0.5f)]
    [TestCase(0.25f, 0.252f)]
    [TestCase(0.25f, 0f)]
    public void Forward_ProbabilitiesThatDoNotAddUpToOne_NameTheSample(float others, float wrong)
    {
        Matrix<float> target = Matrix<float>.Build.Dense(3, 4, others);
        target[1, 3] = wrong;
        foreach (DistributionLoss<float> loss in (DistributionLoss<float>[])[new KLDivergence<float>(), new SoftCrossEntropy<float>()])
        {
            Should.Throw<ArgumentException>(() => loss.Forward(Some.Matrix<float>(3, 4), target)).Message
                .ShouldContain($"{loss} expects probabilities that add up to 1 for each sample; those of sample 1 add up to {0.75f + wrong}.");
        }
    }

    [Test]
    public void Forward_LabelsOfPositionsThatDoNotFit_AreRefusedWithTheNumbers()
    {
        var loss = new SoftmaxCrossEntropy<float>(positions: 2);
        Should.Throw<ArgumentException>(() => loss.Forward(Some.Matrix<float>(3, 8), new int[3])).Message
            .ShouldContain("SoftmaxCrossEntropy expects 6 labels, one for each of the 2 positions of the 3 samples of [3×8], got 3.");
        Should.Throw<ArgumentException>(() => loss.Forward(Some.Matrix<float>(3, 7), new int[6])).Message
            .ShouldContain("of 2 positions expects a prediction [N×(C·2)], a column for each class at each position, got [3×7].");
        Should.Throw<ArgumentOutOfRangeException>(() => loss.Forward(Some.Matrix<float>(3, 8), new[] { 0, 0, 0, 0, 4, 0 })).Message
            .ShouldContain("expects labels from 0 to 3; the label of sample 1 at position 1 is 4.");
        Should.Throw<ArgumentException>(() => new SoftmaxCrossEntropy<float>().Forward(Some.Matrix<float>(3, 8), new int[6])).Message
            .ShouldContain("a label for each of the 3 samples of [3×8], got 6. Where each position has a label, tell the loss how many there are: positions: 2.");
    }

    [Test]
    public void Constructor_WeightsOfClassesThatAreNone_AreRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new SoftmaxCrossEntropy<double>(classWeights: [1, -0.5])).Message
            .ShouldContain("The weight of class 1 must be a finite number, 0 or more, got -0.5.");
        Should.Throw<ArgumentOutOfRangeException>(() => new NegativeLogLikelihood<double>([double.NaN, 1])).Message.ShouldContain("The weight of class 0");
        Should.Throw<ArgumentException>(() => new NegativeLogLikelihood<double>([0, 0])).Message.ShouldContain("At least one of the 2 weights of classes must be above 0.");
        Should.Throw<ArgumentException>(() => new SoftmaxCrossEntropy<double>(classWeights: [])).ParamName.ShouldBe("classWeights");
    }

    [Test]
    public void Forward_WeightsOfMoreOrFewerClasses_NameBothNumbers()
    {
        Should.Throw<ArgumentException>(() => new SoftmaxCrossEntropy<double>(classWeights: [1, 2]).Forward(Some.Matrix<double>(3, 4), new int[3])).Message
            .ShouldContain("SoftmaxCrossEntropy has weights of 2 classes, got a prediction [3×4] of 4.");
        Should.Throw<ArgumentException>(() => new NegativeLogLikelihood<double>([1, 2, 3, 4], positions: 2).Forward(Some.Matrix<double>(3, 4), new int[6])).Message
            .ShouldContain("has weights of 4 classes, got a prediction [3×4] of 2.");
    }

    [Test]
    public void Constructor_ClassWeightsChangedLater_KeepsItsCopy()
    {
        double[] weights = [1, 1];
        var loss = new NegativeLogLikelihood<double>(weights);
        weights[0] = 100;
        loss.ClassWeights.ToArray().ShouldBe([1.0, 1]);
    }

    [TestCase(0.0)]
    [TestCase(-1.0)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Constructor_SettingThatIsNotAboveZero_IsRefusedByName(double value)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new HuberLoss<double>(value)).ParamName.ShouldBe("delta");
        Should.Throw<ArgumentOutOfRangeException>(() => new BinaryCrossEntropy<double>(value)).ParamName.ShouldBe("positiveWeight");
        Should.Throw<ArgumentOutOfRangeException>(() => new MulticlassHinge<double>(value)).ParamName.ShouldBe("margin");
    }

    [Test]
    public void Constructor_OtherSettingsOutOfRange_AreRefusedByName()
    {
        foreach (double value in (double[])[-0.1, 1.1, double.NaN])
        {
            Should.Throw<ArgumentOutOfRangeException>(() => new SoftmaxCrossEntropy<double>(value)).ParamName.ShouldBe("labelSmoothing");
        }

        Should.Throw<ArgumentOutOfRangeException>(() => new SoftmaxCrossEntropy<double>(positions: 0)).ParamName.ShouldBe("positions");
        Should.Throw<ArgumentOutOfRangeException>(() => new MulticlassHinge<double>(positions: -1)).ParamName.ShouldBe("positions");
        Should.Throw<ArgumentOutOfRangeException>(() => new KLDivergence<double>((Reduction)2)).Message.ShouldContain("reduction must be Mean or Sum, got 2.");
    }

    [Test]
    public void Forward_WeightsPerPositionWhereThereAreNone_AreRefused()
    {
        Should.Throw<ArgumentException>(() => new SoftmaxCrossEntropy<double>().Forward(
            Some.Matrix<double>(3, 4), new int[3], Matrix<double>.Build.Dense(3, 2, 1), new Cache<double>())).Message
            .ShouldContain("SoftmaxCrossEntropy expects weights [3×1] for the samples of [3×4], got [3×2].");
        Should.Throw<ArgumentException>(() => new SoftmaxCrossEntropy<double>(positions: 2).Forward(
            Some.Matrix<double>(3, 6), new int[6], Matrix<double>.Build.Dense(3, 3, 1), new Cache<double>())).Message
            .ShouldContain("expects weights [3×1] for the samples of [3×6], or [3×2] for their positions, got [3×3].");
        Should.Throw<ArgumentException>(() => new MeanSquaredError<double>().Forward(
            Some.Matrix<double>(3, 4), Some.Matrix<double>(3, 4), Matrix<double>.Build.Dense(3, 3, 1), new Cache<double>())).Message
            .ShouldContain("or a column for each of their positions, got [3×3].");
    }

    // Their sum is finite, but not four times that, which the elements' mean is divided by.
    [Test]
    public void Forward_WeightsTooLargeForTheirMean_AreRefused()
    {
        Matrix<double> weights = Matrix<double>.Build.Dense(3, 1, [double.MaxValue / 2, 0, 0]), prediction = Some.Matrix<double>(3, 4);
        Should.Throw<ArgumentException>(() => new MeanSquaredError<double>().Forward(prediction, prediction, weights, new Cache<double>())).Message
            .ShouldContain("MeanSquaredError expects weights with a finite sum");
    }

    [Test]
    public void L2Regularization_ParameterListedTwice_CountsOnce()
    {
        // λ·Σ W² = 0.5·(1 + 4) = 2.5; gradient 2λW = (1, 2).
        var parameter = new Parameter<double>(Matrix<double>.Build.Dense(1, 2, [1, 2]));
        var term = new L2Regularization<double>([new("first", parameter), new("second", parameter)], 0.5);
        term.Forward().ShouldBe(2.5, 1e-15);
        term.Backward();
        parameter.Gradient.ToColumnMajorArray().ShouldBe([1.0, 2.0]);
    }

    [Test]
    public void L2Regularization_NoParameter_IsNamedByItsPlace() =>
        Should.Throw<ArgumentException>(() => new L2Regularization<double>([default], 0.5)).Message.ShouldContain("Parameter 0, '', has no name");
}
