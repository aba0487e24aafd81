using System.Text.RegularExpressions;
using System.Xml.Linq;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>Headings, numbers and rows of a report, as they are read.</summary>
internal sealed class ReportTextTests
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

    [Test]
    public void Mistakes_Images_SayWhatWasTakenForWhat()
    {
        XElement[] mistakes = [.. ReportExamples.Section(ReportExamples.Page(ReportExamples.Images()), "mistakes").Descendants("li")];

        mistakes.ShouldNotBeEmpty();
        foreach (XElement mistake in mistakes)
        {
            XElement[] parts = [.. mistake.Elements()];
            parts.Select(part => part.Name.LocalName).ShouldBe(["img", "div", "div", "div", "div"]);
            (string predicted, string actual) = (parts[1].Element("b")!.Value, parts[2].Element("b")!.Value);
            predicted.ShouldNotBe(actual);
            parts[1].Element("b")!.Attribute("class")!.Value.ShouldBe("wrong");
            parts[2].Element("b")!.Attribute("class").ShouldBeNull();
            parts[1].Value.ShouldMatch($"^{predicted} \\d+\\.\\d%$");
            parts[2].Value.ShouldMatch($"^is {actual} \\d+\\.\\d%$");
            parts[3].Value.ShouldMatch("^loss \\d");
            parts[3..].ShouldAllBe(part => part.Attribute("class")!.Value == "note");
            string sample = Regex.Match(parts[4].Value, "^sample (\\d+)$").Groups[1].Value;
            parts[0].Attribute("alt")!.Value.ShouldBe($"Sample {sample}, a {actual} taken for {predicted}");
            string.Join(' ', new[] { "width", "height", "class" }.Select(name => parts[0].Attribute(name)!.Value)).ShouldBe("84 84 pixels");
        }
    }

    [Test]
    public void Mistakes_RowsWithoutNames_HaveNumberedHeads()
    {
        var network = new Sequential<double>(new Linear<double>(Matrix<double>.Build.DenseIdentity(2)));
        Trainer<double, ReadOnlyMemory<int>> trainer = Trainer.For(network, new SoftmaxCrossEntropy<double>(), new SGD<double>(network.Parameters, 0));
        DataSet<double> data = DataSet<double>.FromRows([[2, 1], [3, 0]], [0, 1]);
        trainer.Fit(data, epochs: 1);

        XElement table = ReportExamples.Section(ReportExamples.Page(TrainingReport.ToHtml(trainer, data)), "mistakes").Descendants("table").Single();

        ReportExamples.Line(table.Element("thead")!.Element("tr")!).ShouldBe("sample|true|predicted|with|loss|x0|x1");
        table.Descendants("th").ShouldAllBe(head => head.Attribute("scope")!.Value == (head.Parent!.Parent!.Name.LocalName == "thead" ? "col" : "row"));
    }

    // The network gives the samples themselves; the losses are the means of 0 and 9, and of 1 and 4.
    [TestCase(false)]
    [TestCase(true)]
    public void Errors_OfNumbers_SayWhatWasGivenAndWhatIs(bool areImages)
    {
        var network = new Sequential<double>(new Linear<double>(Matrix<double>.Build.DenseIdentity(2)));
        Trainer<double, Matrix<double>> trainer = Trainer.For(network, new MeanSquaredError<double>(), new SGD<double>(network.Parameters, 0));
        DataSet<double> data = DataSet<double>.FromRows([[1, 2], [3, 4]], targets: [[0, 4], [3, 1]]);
        data = areImages ? data.WithShape(SampleShape.Image(1, 1, 2)) : data;
        trainer.Fit(data, epochs: 1);

        XElement errors = ReportExamples.Section(ReportExamples.Page(TrainingReport.ToHtml(trainer, data)), "errors");

        XElement[] tables = [.. errors.Descendants("table")];
        ReportExamples.Line(tables[0].Element("thead")!.Element("tr")!).ShouldBe("output|mean absolute error|root mean squared error|samples");
        ReportExamples.Rows(tables[0]).ShouldBe(["output 0|0.5|0.7071|2", "output 1|2.5|2.55|2"]);
        errors.Descendants("figcaption").Select(title => title.Value).ShouldBe(["output 0: predicted against true", "output 1: predicted against true"]);
        errors.Elements("p").Last().Value.ShouldBe("The samples of the largest loss, the worst first.");
        errors.Elements("div").Single(part => part.Descendants("svg").Any()).Attribute("class")!.Value.ShouldBe("charts");
        if (areImages)
        {
            XElement list = errors.Element("ul")!;
            list.Attribute("class")!.Value.ShouldBe("samples");
            list.Elements("li").Select(ReportExamples.Line).ShouldBe(["|gave 3, 4|is 3, 1|loss 4.5|sample 1", "|gave 1, 2|is 0, 4|loss 2.5|sample 0"]);
            list.Descendants("div").Select(part => part.Attribute("class")?.Value ?? "").ShouldBe(["wrong", "", "note", "note", "wrong", "", "note", "note"]);
            list.Descendants("img").Select(image => image.Attribute("alt")!.Value).ShouldBe(["Sample 1", "Sample 0"]);
            return;
        }

        ReportExamples.Line(tables[1].Element("thead")!.Element("tr")!).ShouldBe("sample|true|predicted|loss|x0|x1");
        ReportExamples.Rows(tables[1]).ShouldBe(["1|3, 1|3, 4|4.5|3|4", "0|0, 4|1, 2|2.5|1|2"]);
        ReportExamples.OfClass(tables[1], "td", "wrong").Select(cell => cell.Value).ShouldBe(["3, 4", "1, 2"]);
        tables[1].Parent!.Attribute("aria-label")!.Value.ShouldBe("Largest errors");
    }

    [Test]
    public void Points_NotFinite_AreCountedAndNotDrawn()
    {
        XElement chart = ReportExamples.Part(html => new ScatterChart("output", [(1, 2), (double.NaN, 1), (3, double.PositiveInfinity), (-0.5, 4)]).Write(html));

        ReportExamples.OfClass(chart, "circle", "point").Select(point => point.Element("title")!.Value).ShouldBe(["true 1\npredicted 2", "true −0.5\npredicted 4"]);
        chart.Descendants("p").Single().Value.ShouldBe("2 points that are not finite are not drawn.");
        chart.Descendants("svg").Single().Attribute("aria-label")!.Value.ShouldBe("output: predicted against true values of 2 samples");
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

    // Targets of 0 and 1 are classes where the loss or a metric says so, and numbers otherwise.
    [TestCase(true, 1, false, "confusion")]
    [TestCase(true, 0.5, false, "errors")]
    [TestCase(false, 1, false, "errors")]
    [TestCase(false, 1, true, "confusion")]
    public void Errors_TargetsOfZeroAndOne_AreClassesWhereThatIsSaid(bool isCrossEntropy, double target, bool hasMetric, string expected)
    {
        var network = new Sequential<double>(new Linear<double>(2, 1, new Random(1)));
        Loss<double, Matrix<double>> loss = isCrossEntropy ? new BinaryCrossEntropy<double>() : new MeanSquaredError<double>();
        Trainer<double, Matrix<double>> trainer = Trainer.For(network, loss, new SGD<double>(network.Parameters, 0));
        trainer.Metrics = hasMetric ? [new BinaryAccuracy<double>()] : [];
        DataSet<double> data = DataSet<double>.FromRows([[2, 1], [3, 0]], targets: [[0], [target]]);
        trainer.Fit(data, epochs: 1);

        ReportExamples.Page(TrainingReport.ToHtml(trainer, data)).Descendants("section").Select(section => section.Attribute("id")!.Value).ShouldContain(expected);
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
