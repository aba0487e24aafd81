#region report
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Tables;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Reports;

#endregion
namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The program of docs/guide/report.md.</summary>
internal sealed class ReportProgram
{
    [Test]
    public void Program_Report_HasCurvesMistakesAndHistograms()
    {
        using var folder = new GuideFolder();
        string[] args = [folder.Flowers(), Path.Combine(folder.Path, "report.html")];
        #region report
        var (train, validation) = CsvTable.Read(args[0]).ToDataSet<float>(label: "kind").StratifiedSplit(0.8, seed: 1);
        var random = new Random(1);
        var net = new Sequential<float>(
            Scaling.Standardize(train),
            new Linear<float>(train.Features, 16, random), new ReLU<float>(),
            new Linear<float>(16, train.Classes, random));
        var trainer = Trainer.For(net, new SoftmaxCrossEntropy<float>(), new Adam<float>(net.Parameters, 0.01f));
        trainer.Metrics = [new Accuracy<float>()];
        trainer.TrainingMetrics = [new Accuracy<float>()];
        trainer.Callbacks = [new ReportRecorder<float>()];                        // for the histograms
        trainer.Fit(train, epochs: 20, validation: validation);
        TrainingReport.Write(args[1], trainer, validation);                       // open it in a browser
        #endregion

        string html = File.ReadAllText(args[1]);
        html.ShouldContain("Training report");
        html.ShouldContain("validation accuracy");
        html.ShouldContain("daisy");
    }
}
