using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>Counts in bins, and how they are carried over to bins of other limits.</summary>
internal sealed class ReportHistogramTests
{
    // 40 bins of 0.1 from 0 to 4; the largest number belongs to the last.
    [Test]
    public void OfValues_Numbers_AreCountedBetweenTheSmallestAndTheLargest()
    {
        var histogram = Histogram.OfValues<double>([0, 1, 2.05, 0, 4, double.NaN]);

        (histogram.Low, histogram.High, histogram.ZeroShare).ShouldBe((0, 4, 2 / 6.0));
        ShouldHave(histogram, (0, 2), (10, 1), (20, 1), (39, 1));
    }

    // 40 bins of a twentieth of a decade from 1 to 100.
    [Test]
    public void OfMagnitudes_Numbers_AreCountedByDecades()
    {
        var histogram = Histogram.OfMagnitudes<double>([-1, 10, 0, -100, double.NegativeInfinity]);

        (histogram.Low, histogram.High, histogram.ZeroShare).ShouldBe((0, 2, 1 / 5.0));
        ShouldHave(histogram, (0, 1), (20, 1), (39, 1));
    }

    [Test]
    public void Of_NothingToCount_IsEmpty()
    {
        ShouldBeEmpty(Histogram.OfValues<double>([double.NaN, double.PositiveInfinity]), zeros: 0);
        ShouldBeEmpty(Histogram.OfValues<double>([]), zeros: 0);
        ShouldBeEmpty(Histogram.OfMagnitudes<double>([0, -0.0, double.NaN, double.NaN]), zeros: 0.5);

        static void ShouldBeEmpty(Histogram histogram, double zeros)
        {
            (histogram.IsEmpty, histogram.ZeroShare).ShouldBe((true, zeros));
            ShouldHave(histogram);
        }
    }

    // Of 0 and 4 the first bin of 0.1 has one and the last: halves of them fall into bins of 0.05. All that is outside goes to the nearest end.
    [Test]
    public void AddTo_OtherLimits_SpreadsEachBinEvenly()
    {
        var halves = new double[80];
        Histogram.OfValues<double>([0, 4]).AddTo(0, 4, halves);
        double[] expected = [.. Enumerable.Range(0, 80).Select(i => i is 0 or 1 or 78 or 79 ? 0.5 : 0)];
        halves.Zip(expected, (half, wanted) => Math.Abs(half - wanted)).Max().ShouldBeLessThan(1e-9);

        double[] below = new double[3], above = new double[3];
        Histogram.OfValues<double>([0, 4]).AddTo(5, 8, below);
        Histogram.OfValues<double>([0, 4]).AddTo(-2, -1, above);
        below.ShouldBe([2, 0, 0]);
        above.ShouldBe([0, 0, 2]);
    }

    private static void ShouldHave(Histogram histogram, params (int Bin, int Count)[] counts)
    {
        var expected = new int[Histogram.Bins];
        foreach ((int bin, int count) in counts)
        {
            expected[bin] = count;
        }

        histogram.Counts.ShouldBe(expected);
    }
}
