using NeuralNet.Core;
using NeuralNet.Layers;
using NeuralNet.Training.Data;

namespace NeuralNet.Tests.Training.Data;

/// <summary>Expected numbers are scikit-learn's (StandardScaler, MinMaxScaler); see NeuralNet.Tests/Reference/scaling.py.</summary>
internal sealed class ScalingTests
{
    private static readonly DataSet<double> Data = DataSet<double>.FromRows([5.1, 1e6, 7], [4.9, 1e6 + 1, 7], [6.7, 1e6 - 3, 7], [-5.8, 1e6 + 8, 7]);

    [Test]
    public void Standardize_GivesMeanZeroAndDeviationOne()
    {
        FeatureScaling<double> layer = Scaling.Standardize(Data);
        ShouldBe(layer.Shift, 2.7249999999999996, 1000001.5, 7);
        ShouldBe(layer.Scale, 4.971104002130714, 4.031128874149275, 1);
        ShouldBe(layer.Forward(Matrices.FromRows<double>([-5.8, 1e6 + 8, 7])), -1.714910811832948, 1.61245154965971, 0);
    }

    [Test]
    public void MinMax_GivesTheRange()
    {
        ShouldBe(Scaling.MinMax(Data).Forward(Matrices.FromRows<double>([4.9, 1e6 + 1, 7])), 0.856, 0.36363636363239493, 0);
        ShouldBe(Scaling.MinMax(Data).Forward(Matrices.FromRows<double>([0, 0, 9])), 0.46399999999999997, -90908.81818181819, 2);
        ShouldBe(Scaling.MinMax(Data, -1, 1).Forward(Matrices.FromRows<double>([4.9, 1e6 + 1, 7])), 0.712, -0.27272727273521014, -1);
        ShouldBe(Scaling.MinMax(Data, -1, 1).Forward(Matrices.FromRows<double>([0, 0, 9])), -0.07200000000000006, -181818.63636363638, 3, within: 1e-9);
    }

    // The mean of three times 0.1 is not 0.1: without a look at the extremes, the rounding would be scaled up to ±1.
    [Test]
    public void Scale_FeatureThatIsTheSameInAll_IsOneExactly()
    {
        DataSet<double> data = DataSet<double>.FromRows([0.1], [0.1], [0.1]);
        (Scaling.Standardize(data).Shift[0, 0], Scaling.Standardize(data).Scale[0, 0]).ShouldBe((0.1, 1));
        (Scaling.MinMax(data, 2, 3).Shift[0, 0], Scaling.MinMax(data, 2, 3).Scale[0, 0]).ShouldBe((0.1 - 2, 1));
    }

    [Test]
    public void Standardize_Float_IsSummedInDouble()
    {
        // A sum in float stands still at 2²⁴ = 16777216, where adding one is lost; the mean here is 1.
        DataSet<float> data = new([.. Enumerable.Repeat(1f, 20_000_000), 0f, 2f], features: 1);
        Scaling.Standardize(data).Shift[0, 0].ShouldBe(1f);
    }

    [Test]
    public void Scaling_ValueThatIsNotFinite_IsNamed()
    {
        DataSet<float> data = DataSet<float>.FromRows([1, 2], [3, float.NaN]);
        Should.Throw<ArgumentException>(() => Scaling.Standardize(data)).Message.ShouldStartWith("Feature 1 of sample 1 is NaN");
        Should.Throw<ArgumentException>(() => Scaling.MinMax(DataSet<float>.FromRows([float.PositiveInfinity]))).Message.ShouldStartWith("Feature 0 of sample 0");
    }

    [Test]
    public void Scaling_ValuesThatNoScaleHolds_AreRefused()
    {
        Should.Throw<ArgumentException>(() => Scaling.MinMax(DataSet<double>.FromRows([-1e308], [1e308]))).Message.ShouldStartWith("The values of feature 0 are too close");
        Should.Throw<ArgumentException>(() => Scaling.Standardize(DataSet<float>.FromRows([0], [float.Epsilon]))).Message.ShouldStartWith("The values of feature 0");
    }

    [TestCase(1, 1)]
    [TestCase(2, 1)]
    [TestCase(double.NaN, 1)]
    [TestCase(0, double.PositiveInfinity)]
    [TestCase(-1.7e308, 1.7e308)]
    public void MinMax_RangeThatIsNone_IsRefused(double low, double high) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Scaling.MinMax(Data, low, high)).ParamName.ShouldBe("high");

    private static void ShouldBe(Matrix<double> row, double first, double second, double third, double within = 1e-12)
    {
        row.RowCount.ShouldBe(1);
        row[0, 0].ShouldBe(first, within);
        row[0, 1].ShouldBe(second, within * 1e6);
        row[0, 2].ShouldBe(third, within);
    }
}
