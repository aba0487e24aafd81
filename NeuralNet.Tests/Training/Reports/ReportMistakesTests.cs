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

/// <summary>The mistakes and errors that a report shows, with their samples.</summary>
internal sealed class ReportMistakesTests
{
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

    // The larger of two inputs is the class; a table has columns for twelve values.
    [TestCase(2, "")]
    [TestCase(12, "")]
    [TestCase(13, "The first 12 of 13 values of a sample are shown.")]
    public void Mistakes_SamplesOfManyValues_SayHowManyAreShown(int features, string rest)
    {
        XElement mistakes = Mistakes(features, label: 1);

        mistakes.Descendants("tbody").Single().Element("tr")!.Elements().Count().ShouldBe(5 + Math.Min(features, 12));
        mistakes.Elements("div").Single().Attribute("class")!.Value.ShouldBe("scroll");
        string.Concat(mistakes.Elements("p").Skip(1).Select(text => text.Value)).ShouldBe(rest);
    }

    [Test]
    public void Mistakes_NoneMade_SaysSo() => Mistakes(features: 2, label: 0).Elements("p").Single().Value.ShouldBe("None: all 3 predictions were right.");

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

    private static XElement Mistakes(int features, int label)
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = ReportExamples.Unmoved(features);
        double[][] rows = [.. Enumerable.Range(1, 3).Select(first => new[] { first + 1.0 }.Concat(Enumerable.Repeat(0.0, features - 1)).ToArray())];
        DataSet<double> data = DataSet<double>.FromRows(rows, [label, label, label], classes: 2);
        trainer.Fit(data, epochs: 1);
        return ReportExamples.Section(ReportExamples.Page(TrainingReport.ToHtml(trainer, data)), "mistakes");
    }
}
