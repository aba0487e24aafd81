using System.Xml.Linq;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>Reports of trainings that are long, short, or went wrong.</summary>
internal sealed class ReportExtremesTests
{
    [Test]
    public void ToHtml_OneEpoch_DrawsDots()
    {
        XElement loss = Chart(ReportExamples.Trained(1, ("training loss", _ => 0.5), ("validation loss", _ => 0.6)));

        ReportExamples.OfClass(loss, "circle", "dot").Count().ShouldBe(2);
        loss.Descendants("text").ShouldContain(text => text.Value == "1");
    }

    [Test]
    public void ToHtml_TenThousandEpochs_IsThinnedOutButKeepsTheSpike()
    {
        string html = TrainingReport.ToHtml(ReportExamples.Trained(10_000, ("training loss", epoch => epoch == 7_777 ? 50 : 1 + (0.1 * Math.Sin(epoch)))));

        html.Length.ShouldBeLessThan(150_000);
        XElement loss = ReportExamples.Page(html).Descendants("figure").First();
        double[] heights = Heights(loss);
        heights.Length.ShouldBeInRange(300, 700);
        // The spike is the highest by far, which is the smallest y.
        heights.Min().ShouldBeLessThan(heights.Order().ElementAt(1) - 100);
    }

    [Test]
    public void ToHtml_NotANumber_IsAGapAndLoneNumbersAreDots()
    {
        double[] losses = [1, 0.9, double.NaN, 0.7, double.PositiveInfinity, 0.6, 0.5];
        XElement loss = Chart(ReportExamples.Trained(7, ("training loss", epoch => losses[epoch - 1])));

        string path = ReportExamples.OfClass(loss, "path", "curve").Single().Attribute("d")!.Value;
        path.Count(letter => letter == 'M').ShouldBe(3);
        Heights(loss).Length.ShouldBe(5);
        ReportExamples.OfClass(loss, "circle", "dot").Count().ShouldBe(1);
        loss.ToString().ShouldContain("training ∞");
    }

    [TestCase(0, 0)]
    [TestCase(1e300, -1e300)]
    [TestCase(double.MaxValue, double.MinValue)]
    [TestCase(double.Epsilon, 0)]
    [TestCase(1e9, 1e9 + 1e-6)]
    [TestCase(-3, -3)]
    [TestCase(double.NaN, double.NaN)]
    [TestCase(1e-300, 1e300)]
    public void ToHtml_AnyNumbers_StayInTheDrawing(double first, double second)
    {
        XElement loss = Chart(ReportExamples.Trained(2, ("training loss", epoch => epoch == 1 ? first : second)));

        loss.Descendants().Attributes().Where(attribute => attribute.Name != "aria-label").ShouldAllBe(attribute => !attribute.Value.Contains("NaN") && !attribute.Value.Contains('∞'));
        Heights(loss).ShouldAllBe(height => height >= 0 && height <= 270);
        loss.Descendants("text").Count().ShouldBeInRange(4, 20);
    }

    [Test]
    public void ToHtml_LossOverDecades_IsLogarithmicAndAShareIsNot()
    {
        Chart(ReportExamples.Trained(5, ("training loss", epoch => Math.Pow(10, -epoch)))).Element("figcaption")!.Value.ShouldBe("loss (logarithmic)");
        Chart(ReportExamples.Trained(5, ("training loss", epoch => 1.0 / epoch))).Element("figcaption")!.Value.ShouldBe("loss");
    }

    // 120 classes of 2 samples each.
    [Test]
    public void ToHtml_ManyClasses_AreAPictureAndTheWorst()
    {
        const int Classes = 120;
        var network = new Sequential<float>(new Linear<float>(4, Classes, new Random(1)));
        var random = new Random(2);
        DataSet<float> data = new([.. Enumerable.Range(0, 8 * Classes).Select(_ => random.NextSingle())], [.. Enumerable.Range(0, 2 * Classes).Select(i => i % Classes)], 4, Classes);
        Trainer<float, ReadOnlyMemory<int>> trainer = Trainer.For(network, new SoftmaxCrossEntropy<float>(), new SGD<float>(network.Parameters, 0.1f));
        trainer.Fit(data, epochs: 1);

        XElement confusion = ReportExamples.Section(ReportExamples.Page(TrainingReport.ToHtml(trainer, data)), "confusion");

        confusion.Descendants("img").Count().ShouldBe(1);
        confusion.Descendants("tbody").Select(body => body.Elements().Count()).ShouldBe([20, 100]);
    }

    // 100 images of 3×200×200 as mistakes would be 12 million numbers.
    [Test]
    public void ToHtml_LargeImages_AreShrunk()
    {
        const int Side = 200, Features = 3 * Side * Side;
        var random = new Random(1);
        var pixels = new float[30 * Features];
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(pixels.AsSpan()));
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = float.IsFinite(pixels[i]) ? Math.Abs(pixels[i] % 1) : 0;
        }

        DataSet<float> data = new DataSet<float>(pixels, new int[30], Features, 2).WithShape(SampleShape.Image(3, Side, Side));
        var network = new Sequential<float>(new Linear<float>(Matrix<float>.Build.Dense(Features, 2), Matrix<float>.Build.Dense(1, 2, [0f, 1f])));
        Trainer<float, ReadOnlyMemory<int>> trainer = Trainer.For(network, new SoftmaxCrossEntropy<float>(), new SGD<float>(network.Parameters, 0f));
        trainer.History.Add(new EpochRecord(1, 1, 1, TimeSpan.Zero, [new("training loss", 1)]));

        string html = TrainingReport.ToHtml(trainer, data);

        html.Length.ShouldBeLessThan(1_500_000);
        ReportExamples.Section(ReportExamples.Page(html), "mistakes").Descendants("img").Count().ShouldBe(24);
    }

    // The network gives NaN for every sample: none is predicted.
    [Test]
    public void ToHtml_ScoresThatAreNoNumbers_PredictNone()
    {
        var network = new Sequential<double>(new Linear<double>(Matrix<double>.Build.Dense(2, 2, double.NaN)));
        Trainer<double, ReadOnlyMemory<int>> trainer = Trainer.For(network, new SoftmaxCrossEntropy<double>(), new SGD<double>(network.Parameters, 0));
        trainer.History.Add(new EpochRecord(1, 1, 1, TimeSpan.Zero, [new("training loss", 1)]));

        XElement page = ReportExamples.Page(TrainingReport.ToHtml(trainer, DataSet<double>.FromRows([[1, 2], [3, 4]], [0, 1])));

        ReportExamples.Section(page, "confusion").Descendants("td").Take(6).Select(cell => cell.Value).ShouldBe(["·", "·", "1", "·", "·", "1"]);
        ReportExamples.Section(page, "mistakes").Descendants("tbody").Single().Elements("tr").First().Elements().ElementAt(2).Value.ShouldBe("none");
    }

    private static XElement Chart(Trainer<double, ReadOnlyMemory<int>> trainer) => ReportExamples.Page(TrainingReport.ToHtml(trainer)).Descendants("figure").First();

    // The y of all points of the first curve.
    private static double[] Heights(XElement chart) =>
    [
        .. (ReportExamples.OfClass(chart, "path", "curve").FirstOrDefault()?.Attribute("d")?.Value ?? "")
            .Split('M', 'L').Where(point => point.Length > 0).Select(point => double.Parse(point.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)),
    ];
}
