using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>Numbers, shares and times of a report, as they are read.</summary>
internal sealed class ReportNumberTests
{
    [TestCase(0, "0")]
    [TestCase(0.12344, "0.1234")]
    [TestCase(-3.5, "−3.5")]
    [TestCase(0.001, "0.001")]
    [TestCase(0.000999, "9.99e−4")]
    [TestCase(9999.4, "9999")]
    [TestCase(9999.5, "10,000")]
    [TestCase(12345.6, "12,346")]
    [TestCase(999_999, "999,999")]
    [TestCase(1e6, "1e6")]
    [TestCase(-2.5e7, "−2.5e7")]
    [TestCase(double.NaN, "NaN")]
    [TestCase(double.PositiveInfinity, "∞")]
    [TestCase(double.NegativeInfinity, "−∞")]
    public void Number_OfAnySize_HasFewDigits(double value, string expected) => ReportNumber.Of(value).ShouldBe(expected);

    [TestCase(0.9824, "98.2%")]
    [TestCase(1, "100.0%")]
    [TestCase(-0.5, "−50.0%")]
    [TestCase(double.NaN, "NaN")]
    [TestCase(double.PositiveInfinity, "∞")]
    public void Percent_OfAShare_HasOneDecimal(double share, string expected) => ReportNumber.Percent(share).ShouldBe(expected);

    [TestCase(0.42, "0.42 s")]
    [TestCase(59.5, "59.5 s")]
    [TestCase(60, "1 min 00 s")]
    [TestCase(185, "3 min 05 s")]
    [TestCase(3599, "59 min 59 s")]
    [TestCase(3600, "1 h 00 min")]
    [TestCase(7620, "2 h 07 min")]
    [TestCase(93_600, "26 h 00 min")]
    public void Time_OfAnyLength_HasTwoUnits(double seconds, string expected) => ReportNumber.Of(TimeSpan.FromSeconds(seconds)).ShouldBe(expected);
}
