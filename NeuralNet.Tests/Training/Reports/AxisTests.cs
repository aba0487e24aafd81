using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>Round limits and marks.</summary>
internal sealed class AxisTests
{
    [Test]
    public void Of_Numbers_HasRoundLimitsAndMarks()
    {
        // A fifth of 0.87 is 0.174: steps of 0.2, from 0 to 1.
        Labels(Axis.Of([0.11, 0.98])).ShouldBe(["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        Labels(Axis.Of([-120, 380])).ShouldBe(["−200", "−100", "0", "100", "200", "300", "400"]);
        Labels(Axis.Of([0, 25_000])).ShouldBe(["0", "5,000", "10,000", "15,000", "20,000", "25,000"]);
    }

    [Test]
    public void Of_MoreThanTwoDecades_IsLogarithmicWhereItMayBe()
    {
        Labels(Axis.Of([0.002, 3], mayBeLogarithmic: true)).ShouldBe(["0.001", "0.01", "0.1", "1", "10"]);
        Axis.Of([0.002, 3], mayBeLogarithmic: true).At(0.1).ShouldBe(0.5, 1e-12);
        Axis.Of([0.002, 3]).IsLogarithmic.ShouldBeFalse();
        Axis.Of([0.02, 1], mayBeLogarithmic: true).IsLogarithmic.ShouldBeFalse();
        Axis.Of([0, 1000], mayBeLogarithmic: true).IsLogarithmic.ShouldBeFalse();
    }

    [Test]
    public void OfEpochs_AnyNumber_HasWholeMarks()
    {
        Labels(Axis.OfEpochs(1, 1)).ShouldBe(["1"]);
        Labels(Axis.OfEpochs(1, 4)).ShouldBe(["1", "2", "3", "4"]);
        Labels(Axis.OfEpochs(1, 20)).ShouldBe(["1", "5", "10", "15", "20"]);
        Labels(Axis.OfEpochs(1, 10_000)).ShouldBe(["1", "2,000", "4,000", "6,000", "8,000", "10,000"]);
    }

    [TestCase(0, "0")]
    [TestCase(0.12345, "0.1235")]
    [TestCase(-3.5, "−3.5")]
    [TestCase(12_345.6, "12,346")]
    [TestCase(9_999.9, "10,000")]
    [TestCase(1.5e-8, "1.5e−8")]
    [TestCase(2e9, "2e9")]
    [TestCase(double.NaN, "NaN")]
    [TestCase(double.NegativeInfinity, "−∞")]
    public void ReportNumber_AnyNumber_IsShort(double value, string expected) => ReportNumber.Of(value).ShouldBe(expected);

    [TestCase(0.42, "0.42 s")]
    [TestCase(185, "3 min 05 s")]
    [TestCase(90_420, "25 h 07 min")]
    public void ReportNumber_Time_HasTwoUnits(double seconds, string expected) => ReportNumber.Of(TimeSpan.FromSeconds(seconds)).ShouldBe(expected);

    private static IEnumerable<string> Labels(Axis axis) => axis.Ticks.Select(tick => tick.Label);
}
