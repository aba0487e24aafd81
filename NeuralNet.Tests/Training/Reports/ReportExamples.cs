using System.Xml.Linq;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Tests.Training.Fitting;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>Small trainings with a report.</summary>
internal static class ReportExamples
{
    /// <summary>Points in the plane, as rows with names, and three classes.</summary>
    public static string Rows()
    {
        DataSet<double> validation = Blobs.Points(60, seed: 2).WithNames(["width", "height"], ["top", "right", "left"]);
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer(rate: 0.02);
        trainer.Metrics = [new Accuracy<double>()];
        trainer.Callbacks = [new ReportRecorder<double>()];
        trainer.Fit(Blobs.Points(90, seed: 1), epochs: 2, validation: validation);
        return TrainingReport.ToHtml(trainer, validation);
    }

    /// <summary>Images of 4×5 pixels in colours with two classes, of which one is told by noise alone, so that there are mistakes.</summary>
    public static string Images()
    {
        var random = new Random(1);
        float[] pixels = [.. Enumerable.Range(0, 40 * 60).Select(_ => random.NextSingle())];
        DataSet<float> data = new DataSet<float>(pixels, Some.Labels(40, 2), 60, 2).WithShape(SampleShape.Image(3, 4, 5));
        var network = new Sequential<float>(new Linear<float>(60, 6, random), new ReLU<float>(), new Linear<float>(6, 2, random));
        Trainer<float, ReadOnlyMemory<int>> trainer = Trainer.For(network, new SoftmaxCrossEntropy<float>(), new SGD<float>(network.Parameters, 0.01f));
        trainer.Callbacks = [new ReportRecorder<float>()];
        trainer.Fit(data, epochs: 3, validation: data);
        return TrainingReport.ToHtml(trainer, data);
    }

    /// <summary>Two numbers of a point in the plane.</summary>
    public static string Values()
    {
        var random = new Random(1);
        double[] inputs = [.. Enumerable.Range(0, 80).Select(_ => random.NextDouble())];
        double[] targets = [.. Enumerable.Range(0, 80).Select(i => inputs[i] * inputs[i])];
        DataSet<double> data = new DataSet<double>(inputs, 2).WithTargets(targets, 2);
        var network = new Sequential<double>(new Linear<double>(2, 4, random), new Tanh<double>(), new Linear<double>(4, 2, random));
        Trainer<double, Matrix<double>> trainer = Trainer.For(network, new MeanSquaredError<double>(), new SGD<double>(network.Parameters, 0.05));
        trainer.Fit(data, epochs: 2);
        return TrainingReport.ToHtml(trainer, data);
    }

    /// <summary>A trainer whose history has these epochs and no others: epoch 1, 2, …, each with figures of these names.</summary>
    public static Trainer<double, ReadOnlyMemory<int>> Trained(int epochs, params (string Name, Func<int, double> Of)[] figures)
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            trainer.History.Add(new EpochRecord(
                epoch, 10L * epoch, 100, TimeSpan.FromSeconds(0.5), [.. figures.Select(figure => new NamedValue(figure.Name, figure.Of(epoch)))]));
        }

        return trainer;
    }

    /// <summary>A trainer of a network that gives the first two values of a sample as its scores, and is left so.</summary>
    public static Trainer<double, ReadOnlyMemory<int>> Unmoved(int features)
    {
        var network = new Sequential<double>(new Linear<double>(Matrix<double>.Build.DenseIdentity(features, 2)));
        return Trainer.For(network, new SoftmaxCrossEntropy<double>(), new SGD<double>(network.Parameters, 0));
    }

    /// <summary>The report as XML, which it is as well.</summary>
    public static XElement Page(string html) => XDocument.Parse(html).Root!;

    /// <summary>What a part of a report writes, in a body of its own.</summary>
    public static XElement Part(Action<HtmlWriter> write)
    {
        var html = new HtmlWriter();
        using (html.In("body"))
        {
            write(html);
        }

        return Page(html.ToString());
    }

    /// <summary>The rows of a table's body, with bars between the cells.</summary>
    public static IEnumerable<string> Rows(XElement table) => table.Descendants("tbody").Single().Elements("tr").Select(Line);

    /// <summary>The texts of an element's children, with bars between them.</summary>
    public static string Line(XElement parent) => string.Join('|', parent.Elements().Select(child => child.Value));

    /// <summary>The section of a name.</summary>
    public static XElement Section(XElement page, string id) => page.Descendants("section").Single(section => (string?)section.Attribute("id") == id);

    /// <summary>The elements of a class.</summary>
    public static IEnumerable<XElement> OfClass(XElement root, string tag, string css) =>
        root.Descendants(tag).Where(element => ((string?)element.Attribute("class") ?? "").Split(' ').Contains(css));
}
