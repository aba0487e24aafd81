using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers;

internal sealed class BatchNormTests
{
    [TestCase(0, 1e-5, 0.1, "channels")]
    [TestCase(3, 0, 0.1, "epsilon")]
    [TestCase(3, -1e-5, 0.1, "epsilon")]
    [TestCase(3, double.NaN, 0.1, "epsilon")]
    [TestCase(3, double.PositiveInfinity, 0.1, "epsilon")]
    [TestCase(3, 1e-5, -0.1, "momentum")]
    [TestCase(3, 1e-5, 1.1, "momentum")]
    [TestCase(3, 1e-5, double.NaN, "momentum")]
    public void Constructor_SettingOutOfRange_NamesIt(int channels, double epsilon, double momentum, string name) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new BatchNorm<double>(channels, epsilon, momentum)).ParamName.ShouldBe(name);

    // In float 1e-50 is 0, and would divide by 0.
    [Test]
    public void Constructor_EpsilonThatIsZeroInFloat_IsRefused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new BatchNorm<float>(3, 1e-50)).Message.ShouldContain("finite Single above 0");

    [TestCase(1)]
    [TestCase(0)]
    public void Forward_OneValueAChannelInTraining_NamesTheLayerAndWhatIsNeeded(int samples)
    {
        string message = Should.Throw<ArgumentException>(() => new BatchNorm<double>(3).Forward(Some.Matrix<double>(samples, 3), new Cache<double>())).Message;
        message.ShouldStartWith($"BatchNorm(3, 1E-05, 0.1) expects 2 or more values for each channel in training, over samples and positions, got {samples} of [{samples}×3]");
    }

    [Test]
    public void Forward_OneValueAChannelInTraining_LeavesTheRunningStatistics()
    {
        var norm = new BatchNorm<double>(3);
        Should.Throw<ArgumentException>(() => norm.Forward(Some.Matrix<double>(1, 3), new Cache<double>()));
        norm.RunningMean.Enumerate().ShouldAllBe(mean => mean == 0);
        norm.RunningVariance.Enumerate().ShouldAllBe(variance => variance == 1);
    }

    [Test]
    public void Forward_OneSampleOfSeveralPositions_IsNormalised()
    {
        Matrix<double> y = new BatchNorm<double>(2).Forward(Some.Matrix<double>(1, 8), new Cache<double>());
        (y[0, 0] + y[0, 1] + y[0, 2] + y[0, 3]).ShouldBe(0, 1e-14);
    }

    [TestCase(5)]
    [TestCase(0)]
    public void Forward_ColumnsThatAreNoMultipleOfTheChannels_NamesBoth(int columns) =>
        Should.Throw<ArgumentException>(() => new BatchNorm<double>(3).Forward(Some.Matrix<double>(4, columns), new Cache<double>())).Message
            .ShouldContain($"expects input [N×(3·P)], a column for each of 3 channels at each of P positions, got [4×{columns}]");

    [Test]
    public void OutputShape_OtherChannels_IsRefusedBeforeAnyData()
    {
        Should.Throw<ArgumentException>(() => new Sequential<float>(new Linear<float>(4, 6, new Random(1)), new BatchNorm<float>(3))).Message
            .ShouldContain("expects samples of 3 channels, got 6, which has 6");
        new BatchNorm<float>(3).OutputShape(SampleShape.Image(3, 5, 7)).ShouldBe(SampleShape.Image(3, 5, 7));
    }

    // The statistics that a first pass leaves are the batch's own where nothing of the old remains: so evaluation does what training did, but for n − 1.
    [Test]
    public void Forward_EvaluationAfterMomentumOfOne_NormalisesByTheBatchBefore()
    {
        var norm = new BatchNorm<double>(3, momentum: 1);
        Matrix<double> x = Some.Matrix<double>(50, 3);
        Matrix<double> training = norm.Forward(x, new Cache<double>()), evaluation = norm.Forward(x);
        (evaluation - (training * Math.Sqrt(49.0 / 50))).InfinityNorm().ShouldBeLessThan(1e-3);
    }

    // A mean of 1000 beside a variance of 1/3: in float, the mean of squares, a million, would leave a digit of it. The mean itself is one of floats 6e-5 apart.
    [Test]
    public void Forward_MeanFarFromZeroInFloat_KeepsTheVariance()
    {
        Matrix<float> x = Some.Matrix<float>(4000, 2);
        x.MapInplace(value => 1000 + value);
        Matrix<float> y = new BatchNorm<float>(2).Forward(x, new Cache<float>());
        y.Column(0).Average().ShouldBe(0, 1e-4f);
        y.Column(0).Average(value => value * value).ShouldBe(1, 1e-3f);
    }

    [Test]
    public void Parameters_OfTheLayer_AreNotRegularized() => new BatchNorm<float>(2).Parameters.ShouldAllBe(named => !named.Parameter.IsRegularized);

    [Test]
    public void Forward_BehindALinearLayer_TakesItsScaleAway()
    {
        var net = new Sequential<double>(new Linear<double>(3, 4, new Random(1)), new BatchNorm<double>(4), new ReLU<double>());
        Matrix<double> x = Some.Matrix<double>(9, 3);
        Matrix<double> once = net.Forward(x, new Cache<double>()), scaled = net.Forward(100 * x, new Cache<double>());
        (once - scaled).InfinityNorm().ShouldBeLessThan(1e-2);
    }
}
