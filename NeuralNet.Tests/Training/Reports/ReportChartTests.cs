using System.Xml.Linq;
using NeuralNet.Tests.Training.Fitting;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>Axes, numbers, and histograms over time.</summary>
internal sealed class ReportChartTests
{
    // A fifth of 0.87 is 0.174: steps of 0.2; of 500, 100; of 25,000, 5,000. Over more than two decades there is a mark at each.
    [TestCase(0.11, 0.98, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [TestCase(-120, 380, "−200 −100 0 100 200 300 400")]
    [TestCase(0, 25_000, "0 5,000 10,000 15,000 20,000 25,000")]
    [TestCase(0.002, 3, "0.001 0.01 0.1 1 10")]
    [TestCase(0.02, 1, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [TestCase(0, 1000, "0 200 400 600 800 1,000")]
    [TestCase(0, 20, "0 5 10 15 20")]
    [TestCase(0, 40, "0 10 20 30 40")]
    [TestCase(0, 5, "0 1 2 3 4 5")]
    [TestCase(1e-6, 3e-6, "1e−6 1.5e−6 2e−6 2.5e−6 3e−6")]
    [TestCase(0, 3e6, "0 1e6 2e6 3e6")]
    [TestCase(0.7, 0.7, "0.60 0.65 0.70 0.75 0.80")]
    [TestCase(0, 0, "−1.0 −0.5 0.0 0.5 1.0")]
    [TestCase(1e-12, 1, "1e−12 1e−10 1e−8 1e−6 1e−4 0.01 1")]
    public void ToHtml_Axis_HasRoundMarks(double first, double second, string marks) =>
        Marks(ReportExamples.Trained(2, ("training loss", epoch => epoch == 1 ? first : second)), "end").ShouldBe(marks);

    [TestCase(1, "1")]
    [TestCase(4, "1 2 3 4")]
    [TestCase(20, "1 5 10 15 20")]
    [TestCase(10_000, "1 2,000 4,000 6,000 8,000 10,000")]
    public void ToHtml_Epochs_HaveWholeMarks(int epochs, string marks) =>
        Marks(ReportExamples.Trained(epochs, ("training loss", _ => 1)), "middle").ShouldBe($"{marks} epoch");

    [TestCase(0, "0")]
    [TestCase(0.12345, "0.1235")]
    [TestCase(-3.5, "−3.5")]
    [TestCase(12_345.6, "12,346")]
    [TestCase(9_999.9, "10,000")]
    [TestCase(1.5e-8, "1.5e−8")]
    [TestCase(2e9, "2e9")]
    [TestCase(double.NaN, "NaN")]
    [TestCase(double.NegativeInfinity, "−∞")]
    public void ToHtml_AnyNumber_IsShort(double value, string expected) =>
        Loss(ReportExamples.Trained(1, ("training loss", _ => value))).Descendants("li").Single().Value.ShouldBe($"training {expected}");

    [TestCase(0.42, "0.42 s")]
    [TestCase(185, "3 min 05 s")]
    [TestCase(90_420, "25 h 07 min")]
    public void ToHtml_Time_HasTwoUnits(double seconds, string expected)
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.History.Add(new EpochRecord(1, 1, 1, TimeSpan.FromSeconds(seconds), [new("training loss", 1)]));

        ReportExamples.Page(TrainingReport.ToHtml(trainer)).Descendants("dd").ShouldContain(card => card.Value == expected);
    }

    // The validation loss was best in epoch 2, the accuracy of the trainer's metric in none.
    [Test]
    public void ToHtml_ValidationLoss_HasARingAtItsBest()
    {
        XElement loss = Loss(ReportExamples.Trained(3, ("training loss", epoch => 1.0 / epoch), ("validation loss", epoch => epoch == 2 ? 0.5 : 1)));

        XElement ring = ReportExamples.OfClass(loss, "circle", "best").Single();
        string path = ReportExamples.OfClass(loss, "path", "b").Single().Attribute("d")!.Value;
        path.Split('M', 'L')[2].ShouldBe($"{ring.Attribute("cx")!.Value} {ring.Attribute("cy")!.Value}");
    }

    // Of a logarithmic axis from 0.01 to 100 the middle is 1.
    [Test]
    public void ToHtml_LogarithmicAxis_HasEqualFactorsAtEqualDistances()
    {
        XElement loss = Loss(ReportExamples.Trained(3, ("training loss", epoch => epoch switch { 1 => 100, 2 => 1, _ => 0.01 })));

        double[] heights = [.. ReportExamples.OfClass(loss, "path", "a").Single().Attribute("d")!.Value.Split('M', 'L')[1..]
            .Select(point => double.Parse(point.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture))];
        heights.Length.ShouldBe(3);
        heights[0].ShouldBeLessThan(heights[2]);
        (heights[1] - heights[0]).ShouldBe(heights[2] - heights[1], 0.2);
    }

    [Test]
    public void ToHtml_LastAndBest_AreByWhatIsBetter()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = ReportExamples.Trained(
            4, ("validation loss", epoch => new[] { 3.0, 1, 2, double.NaN }[epoch - 1]), ("validation accuracy", epoch => new[] { 0.5, 0.75, 0.75, 0.25 }[epoch - 1]));
        trainer.Metrics = [new NeuralNet.Training.Metrics.Accuracy<double>()];

        XElement page = ReportExamples.Page(TrainingReport.ToHtml(trainer));

        page.Descendants("tr").Select(row => string.Join(' ', row.Elements().Select(cell => cell.Value))).ShouldContain("validation loss NaN 1 2");
        page.Descendants("tr").Select(row => string.Join(' ', row.Elements().Select(cell => cell.Value))).ShouldContain("validation accuracy 0.25 0.75 2");
        page.Descendants("p").ShouldContain(text => text.Value == "Rings mark the best epochs of the validation.");
    }

    // Epoch 300 is none of every fourth, which are kept by then; it is shown all the same.
    [Test]
    public void ToHtml_ManyEpochs_ShowsTheLastWeights()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Recorded(epochs: 300);
        double[] weights = trainer.Network.Parameters[0].Parameter.Value.AsColumnMajorArray();

        XElement histograms = ReportExamples.Section(ReportExamples.Page(TrainingReport.ToHtml(trainer)), "histograms");

        histograms.Descendants("figcaption").Select(title => title.Value).ShouldBe(["0.weight 2×8", "0.bias 1×8", "2.weight 8×3", "2.bias 1×3"]);
        XElement first = histograms.Descendants("svg").First();
        string label = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"values: from {weights.Min():G4} to {weights.Max():G4} in the last epoch");
        first.Attribute("aria-label")!.Value.ShouldBe(label.Replace('-', '−'));
        Png.Of(first.Element("image")!.Attribute("href")!.Value).Width.ShouldBe(160);
    }

    [Test]
    public void ToHtml_SecondTraining_ShowsThatAlone()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Recorded(epochs: 4);

        trainer.Fit(Blobs.Points(9, seed: 1), epochs: 2);

        XElement histograms = ReportExamples.Section(ReportExamples.Page(TrainingReport.ToHtml(trainer)), "histograms");
        Png.Of(histograms.Descendants("image").First().Attribute("href")!.Value).Width.ShouldBe(2);
    }

    [Test]
    public void OnEpoch_SameTrainingWithAndWithout_GivesTheSameWeights()
    {
        Trainer<double, ReadOnlyMemory<int>> without = Blobs.Trainer();
        without.Fit(Blobs.Points(9, seed: 1), epochs: 3);

        Blobs.Weights(Recorded(epochs: 3).Network).ShouldBe(Blobs.Weights(without.Network));
    }

    private static Trainer<double, ReadOnlyMemory<int>> Recorded(int epochs)
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.Callbacks = [new ReportRecorder<double>()];
        trainer.Fit(Blobs.Points(9, seed: 1), epochs);
        return trainer;
    }

    private static XElement Loss(Trainer<double, ReadOnlyMemory<int>> trainer) => ReportExamples.Page(TrainingReport.ToHtml(trainer)).Descendants("figure").First();

    private static string Marks(Trainer<double, ReadOnlyMemory<int>> trainer, string anchor) =>
        string.Join(' ', Loss(trainer).Descendants("text").Where(text => (string?)text.Attribute("text-anchor") == anchor).Select(text => text.Value));
}
