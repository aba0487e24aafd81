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
