using System.Xml.Linq;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>What a report shows of the layers: the weights of the first as images, and all parameters over time.</summary>
internal sealed class ReportLayersTests
{
    private static readonly SampleShape Grey = SampleShape.Image(1, 1, 2);

    [Test]
    public void WeightOf_LayersWithoutParametersBefore_IsThatOfTheFirstWithSome()
    {
        var first = new Linear<double>(2, 3, new Random(1));
        var network = new Sequential<double>(new ReLU<double>(), new Sequential<double>(new Tanh<double>(), first), new Linear<double>(3, 2, new Random(2)));

        FirstLayer.WeightOf(network, Grey).ShouldBeSameAs(first.Weight.Value);
        FirstLayer.WeightOf(network, SampleShape.Image(1, 3, 1)).ShouldBeNull();
        FirstLayer.WeightOf(network, 2).ShouldBeNull();
        FirstLayer.WeightOf(new Sequential<double>(new ReLU<double>()), Grey).ShouldBeNull();
    }

    // The scale is that of the units shown: the units after the first 64 have larger weights.
    [TestCase(2, "All 2 units")]
    [TestCase(64, "All 64 units")]
    [TestCase(70, "The first 64 of 70 units")]
    public void Write_Units_AreCountedAndNamed(int units, string shown)
    {
        XElement part = Weights(Matrix<double>.Build.Dense(2, units, (_, unit) => unit < 64 ? 0.5 : 9), Grey);

        part.Element("p")!.Value.ShouldBe(
            $"{shown} of the first layer, each with its weights at the place of the pixels that they weigh: blue is negative, white zero, red positive, in full colour from ±0.5 on.");
        XElement[] images = [.. part.Element("ul")!.Elements("li").Select(item => item.Elements().Single())];
        images.Length.ShouldBe(Math.Min(units, 64));
        images.Select((image, unit) => (image.Attribute("alt")!.Value, image.Attribute("title")!.Value, image.Attribute("class")!.Value) == ($"Weights of unit {unit}", $"unit {unit}", "pixels"))
            .ShouldAllBe(isRight => isRight);
    }

    [Test]
    public void Write_WeightsOfColors_AreAroundGrey() =>
        Weights(Matrix<double>.Build.Dense(6, 1, 0.25), SampleShape.Image(3, 1, 2)).Element("p")!.Value
            .ShouldEndWith("of the pixels that they weigh: grey is zero, black and full colour ±0.25.");

    // The sample (0, 1) has the logits (0, 1), and the gradient of each of them is ±σ(1), 0.7311 in size; the weights of the 0 have none.
    [Test]
    public void ToHtml_Histograms_ShowValuesAndMagnitudesOfGradients()
    {
        var network = new Sequential<double>(new Linear<double>(Matrix<double>.Build.DenseIdentity(2), Matrix<double>.Build.Dense(1, 2)));
        Trainer<double, ReadOnlyMemory<int>> trainer = Trainer.For(network, new SoftmaxCrossEntropy<double>(), new SGD<double>(network.Parameters, 0));

        XElement histograms = Histograms(trainer, new DataSet<double>([0, 1], [0], 2, 2));

        histograms.Elements("p").Select(text => text.Value).ShouldBe(
        [
            "Each column is an epoch; the stronger the colour, the more numbers of it have that size. Left the values, right the magnitudes of the gradients in the " +
            "epoch's last step: bands that sink by decades from layer to layer are gradients that vanish.",
        ]);
        histograms.Elements("figure").Select(figure => figure.Attribute("class")!.Value).ShouldBe(["parameter", "parameter"]);
        histograms.Elements("figure").Select(figure => figure.Element("div")!.Attribute("class")!.Value).ShouldBe(["charts", "charts"]);
        histograms.Descendants("h4").Select(head => head.Value).ShouldBe(["values", "gradients, 50.0% exactly 0 at last", "values", "gradients"]);
        XElement gradients = histograms.Descendants("svg").ElementAt(1);
        gradients.Attribute("aria-label")!.Value.ShouldBe("gradients, 50.0% exactly 0 at last: from 0.7311 to 0.7311 in the last epoch");
        string.Join(' ', gradients.Descendants("text").Select(text => text.Value)).ShouldBe("0.1 1 10 100 1 epoch");
    }

    // 35 layers of a weight and a bias.
    [Test]
    public void ToHtml_MoreParametersThanAreRecorded_SaysHowMany()
    {
        var network = new Sequential<double>(
            Enumerable.Range(0, 35).Select(_ => (Layer<double>)new Linear<double>(Matrix<double>.Build.Dense(1, 1, 1), Matrix<double>.Build.Dense(1, 1))));
        Trainer<double, Matrix<double>> trainer = Trainer.For(network, new MeanSquaredError<double>(), new SGD<double>(network.Parameters, 0));

        XElement histograms = Histograms(trainer, DataSet<double>.FromRows([[1]], targets: [[2]]));

        histograms.Elements("p").Last().Value.ShouldBe("The first 64 of 70 parameters were recorded.");
        histograms.Elements("figure").Count().ShouldBe(64);
    }

    private static XElement Weights(Matrix<double> weight, SampleShape shape) => ReportExamples.Part(html => FirstLayer.Write(html, weight, shape));

    private static XElement Histograms<TTarget>(Trainer<double, TTarget> trainer, DataSet<double> data)
    {
        trainer.Callbacks = [new ReportRecorder<double>()];
        trainer.Fit(data, epochs: 1);
        return ReportExamples.Section(ReportExamples.Page(TrainingReport.ToHtml(trainer)), "histograms");
    }
}
