using System.Xml.Linq;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>Headings, settings and charts of a report, as they are read.</summary>
internal sealed class ReportTextTests
{
    [Test]
    public void Page_Headings_AreThoseOfItsLinks()
    {
        Headings(ReportExamples.Rows()).ShouldBe(["Curves", "Confusion matrix", "Worst mistakes", "Weights and gradients", "Network", "Settings"]);
        Headings(ReportExamples.Images()).ShouldBe(["Curves", "Confusion matrix", "Worst mistakes", "Weights of the first layer", "Weights and gradients", "Network", "Settings"]);
        Headings(ReportExamples.Values()).ShouldBe(["Curves", "Errors", "Network", "Settings"]);

        static IEnumerable<string> Headings(string html)
        {
            XElement page = ReportExamples.Page(html);
            string[] links = [.. page.Descendants("a").Select(link => link.Value)];
            page.Descendants("h2").Select(head => head.Value).ShouldBe(links);
            ReportExamples.Section(page, "curves").Elements("div").First().Attribute("class")!.Value.ShouldBe("charts");
            page.Descendants("nav").Single().Attribute("aria-label")!.Value.ShouldBe("Sections");
            return links;
        }
    }

    // Of 300 epochs every fourth is kept, and the last.
    [TestCase(3, new[] { 1, 2, 3 })]
    [TestCase(127, new[] { 1, 2, 127 })]
    [TestCase(128, new[] { 1, 3, 128 })]
    [TestCase(300, new[] { 1, 5, 300 })]
    public void Recorder_ManyEpochs_KeepsSomeAndTheLast(int epochs, int[] firstTwoAndLast)
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = ReportExamples.Unmoved(2);
        var recorder = new ReportRecorder<double>();
        trainer.Callbacks = [recorder];
        trainer.Fit(DataSet<double>.FromRows([[2, 1]], [0], classes: 2), epochs);

        int[] kept = [.. recorder.Epochs.Select(epoch => epoch.Epoch)];
        new[] { kept[0], kept[1], kept[^1] }.ShouldBe(firstTwoAndLast);
        kept.Length.ShouldBeLessThanOrEqualTo(ReportRecorder<double>.MaxEpochs);
        kept.ShouldBe(kept.Distinct().Order());
    }

    [Test]
    public void Settings_Rows_AreOnesOwnFirst()
    {
        var network = new Sequential<double>(new Linear<double>(2, 2, new Random(1)));
        Trainer<double, ReadOnlyMemory<int>> trainer = Trainer.For(network, new SoftmaxCrossEntropy<double>(), new SGD<double>(network.Parameters, 0.1));
        DataSet<double> data = DataSet<double>.FromRows([[2, 1], [3, 0]], [0, 1]);
        trainer.Fit(data, epochs: 1);

        XElement settings = ReportExamples.Section(ReportExamples.Page(TrainingReport.ToHtml(trainer, data, new() { Settings = [new("dropout", "none"), new("augmented", "no")] })), "settings");

        string[][] rows = [.. ReportExamples.Rows(settings).Select(row => row.Split('|'))];
        rows.Select(row => row[0]).ShouldBe(
            ["dropout", "augmented", "loss", "optimiser", "its settings", "schedule", "epochs", "end", "an epoch", "data of this report", "numbers", "matrix products", "NeuralNet", "machine"]);
        rows.Single(row => row[0] == "NeuralNet")[1].ShouldBe(typeof(TrainingReport).Assembly.GetName().Version!.ToString(3));
        rows.Single(row => row[0] == "an epoch")[1].ShouldBe("2 samples in 1 steps");
        rows.Single(row => row[0] == "numbers")[1].ShouldBe("double, 64 bits");
    }

    [Test]
    public void Chart_LastLabel_KeepsInsideTheDrawing()
    {
        const double Width = 440, HalfOfADigit = 3.6;
        XElement chart = ReportExamples.Part(html => new LineChart("loss", [1, 2_000_000], [new Curve("training", "a", [2, 1])], mayBeLogarithmic: false).Write(html));

        XElement[] labels = [.. chart.Descendants("text").Where(label => label.Attribute("text-anchor")!.Value == "middle" && char.IsDigit(label.Value[0]))];
        labels.Last().Value.ShouldBe("2,000,000");
        labels.ShouldAllBe(label => (double)label.Attribute("x")! + (HalfOfADigit * label.Value.Length) <= Width - 1 + 0.01);
    }

    // A line across for each tick of the values, a stroke down for each of the epochs, and the axis itself.
    [Test]
    public void Chart_Frame_HasALineForEachTick()
    {
        const double Height = 270;
        XElement chart = ReportExamples.Part(html => new LineChart("loss", [1, 5], [new Curve("training", "a", [2, 1])], mayBeLogarithmic: false).Write(html));

        XElement[] across = [.. ReportExamples.OfClass(chart, "line", "grid-line")], strokes = [.. ReportExamples.OfClass(chart, "line", "axis")];
        XElement[] labels = [.. chart.Descendants("text")], ofValues = [.. labels.Where(label => label.Attribute("text-anchor")!.Value == "end")];
        across.Length.ShouldBe(ofValues.Length);
        across.ShouldAllBe(line => line.Attribute("y1")!.Value == line.Attribute("y2")!.Value && (double)line.Attribute("x1")! < (double)line.Attribute("x2")!);
        strokes.Length.ShouldBe(labels.Length - ofValues.Length, "the title below is no tick, the axis is no stroke");
        strokes[..^1].ShouldAllBe(line => line.Attribute("x1")!.Value == line.Attribute("x2")!.Value && (double)line.Attribute("y2")! - (double)line.Attribute("y1")! == 4);
        labels.Last().Value.ShouldBe("epoch");
        ((double)labels.Last().Attribute("y")!).ShouldBe(Height - 5);
        chart.Descendants("line").ShouldAllBe(line => (double)line.Attribute("y2")! < Height);
    }

    [Test]
    public void Chart_OneEpoch_IsADot()
    {
        XElement chart = ReportExamples.Part(html => new LineChart("loss", [1], [new Curve("training", "a", [2])], mayBeLogarithmic: false).Write(html));

        ReportExamples.OfClass(chart, "circle", "dot").Single().Attribute("r")!.Value.ShouldBe("3.5");
    }
}
