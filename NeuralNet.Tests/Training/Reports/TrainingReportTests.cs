using System.Globalization;
using System.Xml.Linq;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Tests.Training.Fitting;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>What stands in a report.</summary>
internal sealed class TrainingReportTests
{
    private static readonly string[] Examples = [nameof(ReportExamples.Rows), nameof(ReportExamples.Images), nameof(ReportExamples.Values)];

    private static string Html(string example) => example switch
    {
        nameof(ReportExamples.Rows) => ReportExamples.Rows(),
        nameof(ReportExamples.Images) => ReportExamples.Images(),
        _ => ReportExamples.Values(),
    };

    [TestCaseSource(nameof(Examples))]
    public void ToHtml_AnyTraining_IsOneWellFormedFileThatRefersToNothing(string example)
    {
        string html = Html(example);

        XElement page = ReportExamples.Page(html);
        page.Attribute("lang")!.Value.ShouldBe("en");
        html.ShouldNotContain("http:", Case.Insensitive);
        html.ShouldNotContain("https:", Case.Insensitive);
        html.ShouldNotContain("<script", Case.Insensitive);
        html.ShouldNotContain("url(", Case.Insensitive);
        page.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "src" or "href")
            .ShouldAllBe(attribute => attribute.Value.StartsWith("data:image/png;base64,", StringComparison.Ordinal) || attribute.Value.StartsWith('#'));
        page.Descendants("meta").Single(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content")!.Value
            .ShouldBe("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    }

    [TestCaseSource(nameof(Examples))]
    public void ToHtml_AnyTraining_TellsImagesAndDrawingsInWords(string example)
    {
        XElement page = ReportExamples.Page(Html(example));

        page.Descendants("img").ShouldAllBe(image => !string.IsNullOrWhiteSpace((string?)image.Attribute("alt")));
        page.Descendants("svg").ShouldNotBeEmpty();
        page.Descendants("svg").ShouldAllBe(drawing => !string.IsNullOrWhiteSpace((string?)drawing.Attribute("aria-label")));
        page.Descendants("section").ShouldAllBe(section => section.Elements("h2").Count() == 1);
        page.Descendants("h1").Count().ShouldBe(1);
        page.Descendants("a").Select(link => link.Attribute("href")!.Value)
            .ShouldBe(page.Descendants("section").Select(section => $"#{section.Attribute("id")!.Value}"));
    }

    [Test]
    public void ToHtml_Labels_HasTheSectionsThatFit()
    {
        Ids(ReportExamples.Rows()).ShouldBe(["curves", "confusion", "mistakes", "histograms", "network", "settings"]);
        Ids(ReportExamples.Images()).ShouldBe(["curves", "confusion", "mistakes", "first-layer", "histograms", "network", "settings"]);
        Ids(ReportExamples.Values()).ShouldBe(["curves", "errors", "network", "settings"]);

        static IEnumerable<string> Ids(string html) => ReportExamples.Page(html).Descendants("section").Select(section => section.Attribute("id")!.Value);
    }

    [Test]
    public void ToHtml_Curves_HasTrainingAndValidationInOneChart()
    {
        XElement curves = ReportExamples.Section(ReportExamples.Page(ReportExamples.Rows()), "curves");

        curves.Descendants("figcaption").Select(title => title.Value).ShouldBe(["loss", "accuracy", "learning rate"]);
        XElement loss = curves.Descendants("figure").First();
        loss.Descendants("path").Select(path => path.Attribute("class")!.Value).ShouldBe(["curve a", "curve b"]);
        ReportExamples.OfClass(loss, "rect", "band").Count().ShouldBe(2);
        ReportExamples.OfClass(loss, "rect", "band").First().Value.ShouldStartWith("epoch 1\ntraining ");
    }

    // Weights that are chosen: class = the larger of two inputs, so a sample of class 1 whose first input is larger is a mistake, with the logits (x, y).
    [Test]
    public void ToHtml_ChosenWeights_CountsAndRanksTheMistakes()
    {
        var network = new Sequential<double>(new Linear<double>(Matrix<double>.Build.DenseIdentity(2)));
        Trainer<double, ReadOnlyMemory<int>> trainer = Trainer.For(network, new SoftmaxCrossEntropy<double>(), new SGD<double>(network.Parameters, 0));
        DataSet<double> data = DataSet<double>.FromRows([[2, 1], [3, 0], [0, 1], [5, 1], [1, 2], [9, 0]], [0, 1, 1, 1, 0, 0]).WithNames(classes: ["zero", "one"]);
        trainer.Fit(data, epochs: 1);

        XElement page = ReportExamples.Page(TrainingReport.ToHtml(trainer, data));

        // Samples 1 and 3 are of class one and taken for zero, sample 4 the other way round.
        ReportExamples.Section(page, "confusion").Descendants("td").Take(4).Select(cell => cell.Value).ShouldBe(["2", "1", "2", "1"]);
        string[][] rows = [.. ReportExamples.Section(page, "mistakes").Descendants("tbody").Single().Elements("tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray())];
        // Their losses are ln(1 + e^(5−1)), ln(1 + e^(3−0)), ln(1 + e^(2−1)), and 1/(1 + e^−4) is 98.2%.
        rows.Select(row => row[0]).ShouldBe(["3", "1", "4"]);
        rows[0].ShouldBe(["3", "one", "zero", "98.2%", "4.018", "5", "1"]);
        rows[1].ShouldBe(["1", "one", "zero", "95.3%", "3.049", "3", "0"]);
        rows[2].ShouldBe(["4", "zero", "one", "73.1%", "1.313", "1", "2"]);
        // Of class zero 2 of 3 samples were found, among 4 predictions: precision 2/4, recall 2/3, F1 4/7.
        ReportExamples.Section(page, "confusion").Descendants("table").Last().Descendants("tr").ElementAt(1).Elements().Select(cell => cell.Value)
            .ShouldBe(["zero", "50.0%", "66.7%", "57.1%", "3"]);
    }

    // Predicted are the inputs themselves; the errors are 0, 3 and −1.
    [Test]
    public void ToHtml_Numbers_HasErrorsAndTheLargestFirst()
    {
        var network = new Sequential<double>(new Linear<double>(Matrix<double>.Build.DenseIdentity(1)));
        Trainer<double, Matrix<double>> trainer = Trainer.For(network, new MeanSquaredError<double>(), new SGD<double>(network.Parameters, 0));
        DataSet<double> data = DataSet<double>.FromRows([[1], [5], [-2]], targets: [[1], [2], [-1]]);
        trainer.Fit(data, epochs: 1);

        XElement errors = ReportExamples.Section(ReportExamples.Page(TrainingReport.ToHtml(trainer, data)), "errors");

        // (0 + 3 + 1)/3 and √((0 + 9 + 1)/3).
        errors.Descendants("tbody").First().Descendants("td").Select(cell => cell.Value).ShouldBe(["1.333", "1.826", "3"]);
        errors.Descendants("tbody").Last().Elements("tr").Select(row => row.Elements("th").Single().Value).ShouldBe(["1", "2", "0"]);
        ReportExamples.OfClass(errors, "circle", "point").Count().ShouldBe(3);
    }

    // One logit a sample: 2, −1, 3 and −4 for the targets 1, 1, 0 and 0.
    [Test]
    public void ToHtml_BinaryOutput_IsShownAsClasses()
    {
        var network = new Sequential<double>(new Linear<double>(Matrix<double>.Build.DenseIdentity(1)));
        Trainer<double, Matrix<double>> trainer = Trainer.For(network, new MeanSquaredError<double>(), new SGD<double>(network.Parameters, 0));
        DataSet<double> data = DataSet<double>.FromRows([[2], [-1], [3], [-4]], targets: [[1], [1], [0], [0]]);
        trainer.Fit(data, epochs: 1);

        XElement page = ReportExamples.Page(TrainingReport.ToHtml(trainer, data, new() { IsBinary = true }));

        ReportExamples.Section(page, "confusion").Descendants("td").Take(4).Select(cell => cell.Value).ShouldBe(["1", "1", "1", "1"]);
        // σ(3) is 95.3%, and the squared errors are 9 and 4.
        ReportExamples.Section(page, "mistakes").Descendants("tbody").Single().Elements("tr").Select(row => string.Join(' ', row.Elements().Select(cell => cell.Value)))
            .ShouldBe(["2 0 1 95.3% 9 3", "1 1 0 73.1% 4 −1"]);
    }

    [Test]
    public void ToHtml_TextsOfOthers_AreShownAndNotRun()
    {
        const string Evil = "<script>alert(1)</script><b>&\"'\u0001\uD800";
        var network = new Sequential<double>(("<i>", new Linear<double>(2, 3, new Random(1))));
        Trainer<double, ReadOnlyMemory<int>> trainer = Trainer.For(network, new SoftmaxCrossEntropy<double>(), new SGD<double>(network.Parameters, 0));
        DataSet<double> data = Blobs.Points(30, seed: 1).WithNames([Evil, "b"], [Evil, "y", "z"]);
        trainer.Callbacks = [new ReportRecorder<double>()];
        trainer.Fit(data, epochs: 1);

        string html = TrainingReport.ToHtml(trainer, data, new() { Title = Evil, Settings = [new(Evil, Evil)] });

        const string Shown = "<script>alert(1)</script><b>&\"'\uFFFD\uFFFD";
        html.ShouldNotContain("<script");
        html.ShouldNotContain("<b>&");
        XElement page = ReportExamples.Page(html);
        page.Descendants("h1").Single().Value.ShouldBe(Shown);
        ReportExamples.Section(page, "settings").Descendants("th").ShouldContain(head => head.Value == Shown);
        ReportExamples.Section(page, "confusion").Descendants("th").ShouldContain(head => head.Value == Shown);
        ReportExamples.Section(page, "histograms").Descendants("figcaption").First().Value.ShouldBe("<i>.weight 2×3");
    }

    [Test]
    public void ToHtml_OtherLanguage_WritesPoints()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        string expected = ReportExamples.Page(ReportExamples.Values()).Descendants("section").First().ToString();
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "'", NegativeSign = "neg" } };
            ReportExamples.Page(ReportExamples.Values()).Descendants("section").First().ToString().ShouldBe(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void Write_PathsThatAreNoPlaceForAFile_SayWhatIsWrong()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = ReportExamples.Trained(1, ("training loss", _ => 1));
        string folder = TestContext.CurrentContext.WorkDirectory;

        Should.Throw<DirectoryNotFoundException>(() => TrainingReport.Write(Path.Combine(folder, "nowhere", "report.html"), trainer))
            .Message.ShouldContain(Path.Combine(folder, "nowhere"));
        Should.Throw<ArgumentException>(() => TrainingReport.Write(folder, trainer)).Message.ShouldContain("is a folder");
        Should.Throw<ArgumentException>(() => TrainingReport.Write(" ", trainer));
    }

    [Test]
    public void ToHtml_NothingTrained_IsRefused() =>
        Should.Throw<InvalidOperationException>(() => TrainingReport.ToHtml(Blobs.Trainer())).Message.ShouldContain("completed no epoch");

    [Test]
    public void ToHtml_DataThatDoesNotFit_SaysWhatDoesNot()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = ReportExamples.Trained(1, ("training loss", _ => 1));

        Should.Throw<ArgumentException>(() => TrainingReport.ToHtml(trainer, new DataSet<double>(new double[6], [0, 1], 3, 2)))
            .Message.ShouldStartWith("The samples of the report's data have 3 values each");
        Should.Throw<ArgumentException>(() => TrainingReport.ToHtml(trainer, new DataSet<double>(new double[4], [0, 3], 2, 4)))
            .Message.ShouldStartWith("The report's data has 4 classes; the network gives [2×3]");
        Should.Throw<ArgumentException>(() => TrainingReport.ToHtml(trainer, new DataSet<double>(new double[4], 2)))
            .Message.ShouldStartWith("The network gives [2×3] for 2 samples of the report's data, which have 0 labels");
        Should.Throw<ArgumentException>(() => TrainingReport.ToHtml(trainer, Blobs.Points(9, seed: 1), new() { SampleShape = SampleShape.Image(1, 3, 3) }))
            .Message.ShouldStartWith("SampleShape is 1×3×3, which has 9 values; a sample has 2.");
    }

    [Test]
    public void Options_OutOfTheirRanges_AreRefused()
    {
        Should.Throw<ArgumentException>(() => new TrainingReportOptions { Title = "" });
        Should.Throw<ArgumentOutOfRangeException>(() => new TrainingReportOptions { Mistakes = -1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new TrainingReportOptions { Mistakes = 101 });
        Should.Throw<ArgumentNullException>(() => new TrainingReportOptions { Settings = null! });
        Should.Throw<ArgumentNullException>(() => new TrainingReportOptions { Settings = [new("seed", null!)] });
    }

    // 6 units of 60 weights, and 40 samples of which some are mistakes: as many pictures.
    [Test]
    public void ToHtml_Images_ShowsFirstLayerAndMistakesAsPictures()
    {
        XElement page = ReportExamples.Page(ReportExamples.Images());

        ReportExamples.Section(page, "first-layer").Descendants("img").Count().ShouldBe(6);
        ReportExamples.Section(page, "mistakes").Descendants("img").Count().ShouldBe(ReportExamples.Section(page, "mistakes").Descendants("li").Count());
        ReportExamples.Section(page, "mistakes").Descendants("img").ShouldNotBeEmpty();
    }

    [Test]
    public void ToHtml_ShapeByOption_IsThatOfTheImages()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = ReportExamples.Trained(1, ("training loss", _ => 1));

        XElement page = ReportExamples.Page(TrainingReport.ToHtml(trainer, options: new() { SampleShape = SampleShape.Image(1, 2, 1) }));

        ReportExamples.Section(page, "first-layer").Descendants("img").Count().ShouldBe(8);
    }

    // A layer that is no Sequential has a summary too.
    [Test]
    public void ToHtml_SingleLayer_HasASummary()
    {
        Layer<double> layer = new Linear<double>(2, 3, new Random(1));
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer(layer);
        trainer.Fit(Blobs.Points(30, seed: 1), epochs: 1);

        ReportExamples.Section(ReportExamples.Page(TrainingReport.ToHtml(trainer)), "network").Value.ShouldContain("Linear(2 → 3)");
    }
}
