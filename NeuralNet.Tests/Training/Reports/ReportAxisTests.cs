using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>The limits, the marks and the scale of an axis.</summary>
internal sealed class ReportAxisTests
{
    // Of the four decades from 0.01 to 100 one is below 0.1. From 10 to 50 it is by differences.
    [TestCase(0.01, 100, 0.01, 0)]
    [TestCase(0.01, 100, 0.1, 0.25)]
    [TestCase(0.01, 100, 100, 1)]
    [TestCase(10, 50, 20, 0.25)]
    public void At_NumberOnTheAxis_IsItsShareOfTheLength(double low, double high, double value, double share) =>
        Axis.Of([low, high], mayBeLogarithmic: true).At(value).ShouldBe(share, 1e-12);

    [TestCase(1, 100, false)]
    [TestCase(1, 101, true)]
    [TestCase(0, 1, false)]
    [TestCase(1e-290, 1, false)]
    [TestCase(2e-290, 1, true)]
    public void Of_NumbersAboveZero_IsLogarithmicOverMoreThanTwoDecades(double low, double high, bool isLogarithmic)
    {
        Axis.Of([low, high], mayBeLogarithmic: true).IsLogarithmic.ShouldBe(isLogarithmic);
        Axis.Of([low, high]).IsLogarithmic.ShouldBeFalse();
    }

    // A fifth of ½ is 0.1, a mark with one digit; of 5 it is 1, without. What needs five digits or is a million is written with an exponent. Of nine decades every
    // second has a mark.
    [TestCase(0, 0.5, "0.0 0.1 0.2 0.3 0.4 0.5")]
    [TestCase(0, 5, "0 1 2 3 4 5")]
    [TestCase(0, 0.0005, "0.0000 0.0001 0.0002 0.0003 0.0004 0.0005")]
    [TestCase(0, 0.00005, "0 1e−5 2e−5 3e−5 4e−5 5e−5")]
    [TestCase(-1_000_000, 0, "−1e6 −800,000 −600,000 −400,000 −200,000 0")]
    [TestCase(0, 40, "0 10 20 30 40")]
    [TestCase(1, 1000, "1 10 100 1000")]
    [TestCase(1e-9, 1, "1e−9 1e−7 1e−5 0.001 0.1")]
    public void Of_Numbers_HasRoundMarks(double low, double high, string marks) => Marks(Axis.Of([low, high], mayBeLogarithmic: true)).ShouldBe(marks);

    // Numbers that differ by a billionth of the larger, or less, get a tenth of it as room on both sides: here 1e8, and steps of 5e7.
    [TestCase(999_999_999, 1_000_000_000, 900_000_000, 1_100_000_000)]
    [TestCase(999_999_998, 1_000_000_000, 999_999_998, 1_000_000_000)]
    [TestCase(1000, 1000, 900, 1100)]
    [TestCase(0, 0, -1, 1)]
    [TestCase(0, 1e-5, 0, 1e-5)]
    public void Of_NumbersThatAreNearlyEqual_HasRoomAroundThem(double low, double high, double first, double last)
    {
        Axis axis = Axis.Of([low, high]);

        axis.Low.ShouldBe(first, 1e-12);
        axis.High.ShouldBe(last, 1e-12);
    }

    [Test]
    public void Of_SmallestDifference_NeedsNoRoom()
    {
        Axis axis = Axis.Of([0, 1e-290]);

        axis.Low.ShouldBe(0);
        axis.High.ShouldBeLessThan(2e-290);
    }

    // Steps of 5. The first epoch has a mark where more than three fifths of a step, 3 epochs, are left before the first round one.
    [TestCase(1, 21, "1 5 10 15 20")]
    [TestCase(2, 22, "5 10 15 20")]
    [TestCase(3, 23, "5 10 15 20")]
    public void OfEpochs_FirstOne_HasAMarkWhereNoneIsNear(int first, int last, string marks) => Marks(Axis.OfEpochs(first, last)).ShouldBe(marks);

    [TestCase(1, 3, 0, 1, 3)]
    [TestCase(1, 3, 0.5, 0.5, 3.5)]
    [TestCase(4, 4, 0, 3.5, 4.5)]
    public void OfEpochs_Room_IsLeftAtBothEnds(int first, int last, double room, double low, double high)
    {
        Axis axis = Axis.OfEpochs(first, last, room);

        (axis.Low, axis.High).ShouldBe((low, high));
    }

    private static string Marks(Axis axis) => string.Join(' ', axis.Ticks.Select(tick => tick.Label));
}
