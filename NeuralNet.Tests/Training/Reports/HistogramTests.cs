using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>Counting numbers in bins.</summary>
internal sealed class HistogramTests
{
    [Test]
    public void OfValues_NumbersFromMinusOneToOne_AreInTheirBins()
    {
        // 40 bins of width 0.05 from −1 to 1: 0 begins bin 20, 0.06 is in bin 21, and 1 in the last.
        var histogram = Histogram.OfValues<double>([-1, 0, 0, 0.06, 1, double.NaN, double.PositiveInfinity]);

        (histogram.Low, histogram.High).ShouldBe((-1, 1));
        histogram.Counts.Length.ShouldBe(40);
        (histogram.Counts[0], histogram.Counts[20], histogram.Counts[21], histogram.Counts[39]).ShouldBe((1, 2, 1, 1));
        histogram.Counts.Sum().ShouldBe(5);
        histogram.ZeroShare.ShouldBe(2.0 / 7);
    }

    [Test]
    public void OfMagnitudes_PowersOfTen_AreTheirExponents()
    {
        var histogram = Histogram.OfMagnitudes<double>([1e-4, -1, 0, 0.01]);

        (histogram.Low, histogram.High).ShouldBe((-4, 0));
        (histogram.Counts[0], histogram.Counts[20], histogram.Counts[39]).ShouldBe((1, 1, 1));
        histogram.ZeroShare.ShouldBe(0.25);
    }

    [Test]
    public void OfValues_NothingToCount_IsEmpty()
    {
        Histogram.OfValues<float>([]).IsEmpty.ShouldBeTrue();
        Histogram.OfValues<float>([float.NaN]).IsEmpty.ShouldBeTrue();
        Histogram.OfMagnitudes<float>([0, 0]).IsEmpty.ShouldBeTrue();
        Histogram.OfMagnitudes<float>([0, 0]).ZeroShare.ShouldBe(1);
    }

    [Test]
    public void OfValues_LargestNumbers_AreCounted()
    {
        var histogram = Histogram.OfValues<double>([double.MinValue, 0, double.MaxValue]);

        (histogram.Counts[0], histogram.Counts[20], histogram.Counts[39]).ShouldBe((1, 1, 1));
    }

    [TestCase(-1, 1)]
    [TestCase(-2, 3)]
    [TestCase(0, 0.5)]
    [TestCase(7, 8)]
    public void AddTo_OtherBins_KeepsTheSum(double low, double high)
    {
        var sums = new double[48];

        Histogram.OfValues<double>([.. Enumerable.Range(0, 1000).Select(i => (i / 499.5) - 1)]).AddTo(low, high, sums);

        sums.Sum().ShouldBe(1000, 1e-9);
    }

    [Test]
    public void AddTo_OneNumberTwice_IsOneBin()
    {
        var sums = new double[4];

        Histogram.OfValues<double>([0.3, 0.3]).AddTo(0, 1, sums);

        sums.ShouldBe([0, 2, 0, 0]);
    }
}
