using System.Xml.Linq;
using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>Histograms over time: their axes, and which epoch a column shows.</summary>
internal sealed class ReportStripTests
{
    [TestCase(false, "No finite numbers.")]
    [TestCase(true, "No gradient but zero reached it.")]
    public void Write_NothingCounted_SaysSoAndDrawsNothing(bool isLogarithm, string text) =>
        ReportExamples.Line(Strip([1], isLogarithm, [double.NaN])).ShouldBe($"numbers|{text}");

    // Magnitudes have three decades at least, and twelve below the largest at most; numbers of either sign are shown as they are.
    [TestCase(true, 1e-20, 1, "1e−12 1e−10 1e−8 1e−6 1e−4 0.01 1")]
    [TestCase(true, 0.05, 0.05, "0.01 0.1 1 10")]
    [TestCase(true, 2e-5, 1, "1e−5 1e−4 0.001 0.01 0.1 1")]
    [TestCase(false, -100, 0, "−100 −80 −60 −40 −20 0")]
    public void Write_Axis_SpansTheNumbers(bool isLogarithm, double first, double second, string marks)
    {
        XElement strip = Strip([1], isLogarithm, [first, second]);

        strip.Element("h4")!.Value.ShouldBe("numbers");
        string.Join(' ', strip.Descendants("text").Select(text => text.Value)).ShouldBe($"{marks} 1 epoch");
    }

    // The axis is from 0.01 to 10, so a decade has 16 of the 48 rows: log₁₀ 0.05 is 0.699 decades, 11.2 rows, above the lower end.
    [Test]
    public void Write_Magnitudes_StandAtTheirDecades()
    {
        Png picture = Picture(Strip([1], isLogarithm: true, [0.05]));

        (picture.Width, picture.Height).ShouldBe((1, 48));
        Row(picture, 0).ShouldBe(11);
        picture.Rows.Count(row => row[3] == 0).ShouldBe(47);
        picture.Rows.ShouldAllBe(row => row[0] == 1 && row[1] == 2 && row[2] == 3);
    }

    // A column is an epoch and shows the nearest that was recorded, of two as near ones the later: epoch 3 is shown as 4, and between 1 and 5 as 5. The numbers 0, 5
    // and 10 of the three epochs are at the bottom, in the middle and at the top.
    [TestCase(new[] { 1, 4, 5 }, new[] { 0, 0, 24, 24, 47 })]
    [TestCase(new[] { 1, 5, 6 }, new[] { 0, 0, 24, 24, 24, 47 })]
    [TestCase(new[] { 2, 3, 4 }, new[] { 0, 24, 47 })]
    public void Write_EpochsWithGaps_ShowsTheNearest(int[] epochs, int[] rows)
    {
        Png picture = Picture(Strip(epochs, isLogarithm: false, [0], [5], [10]));

        Enumerable.Range(0, picture.Width).Select(column => Row(picture, column)).ShouldBe(rows);
    }

    // 320 epochs on 160 columns: the middle between the first and the last is at the middle column.
    [Test]
    public void Write_ManyEpochs_ShareColumns()
    {
        Png picture = Picture(Strip([1, 320], isLogarithm: false, [0], [10]));

        Enumerable.Range(0, picture.Width).Select(column => Row(picture, column)).ShouldBe(Enumerable.Range(0, 160).Select(column => column < 80 ? 0 : 47));
    }

    private static XElement Strip(int[] epochs, bool isLogarithm, params double[][] numbers) => ReportExamples.Part(html => new HistogramStrip(
        "numbers", epochs, [.. numbers.Select(of => isLogarithm ? Histogram.OfMagnitudes<double>(of) : Histogram.OfValues<double>(of))], (1, 2, 3), isLogarithm).Write(html))
        .Element("div")!;

    private static Png Picture(XElement strip) => Png.Of(strip.Descendants("image").Single().Attribute("href")!.Value);

    // From below, the row of the only number in a column.
    private static int Row(Png picture, int column) => 47 - Array.FindIndex(picture.Rows, row => row[(4 * column) + 3] == 255);
}
