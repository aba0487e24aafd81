#region evaluate
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Tables;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;

#endregion
namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The program of docs/guide/evaluate.md.</summary>
internal sealed class EvaluateProgram
{
    [Test]
    public void Program_OnTheTestPart_PrintsMetricsAndConfusions()
    {
        using var folder = new GuideFolder();
        string[] args = [folder.Flowers()];
        #region evaluate
        var data = CsvTable.Read(args[0]).ToDataSet<float>(label: "kind");
        var (train, test) = data.StratifiedSplit(0.8, seed: 1);

        var random = new Random(1);
        var net = new Sequential<float>(
            Scaling.Standardize(train),
            new Linear<float>(data.Features, 16, random), new ReLU<float>(),
            new Linear<float>(16, data.Classes, random));
        var trainer = Trainer.For(net, new SoftmaxCrossEntropy<float>(), new Adam<float>(net.Parameters, 0.01f));
        trainer.Fit(train, epochs: 30);

        var confusion = new ConfusionMatrix<float>(data.ClassNames);
        trainer.Metrics = [new Accuracy<float>(), new F1<float>(), new ExpectedCalibrationError<float>(), confusion];
        Evaluation evaluation = trainer.Evaluate(test);
        Console.WriteLine(evaluation);                                            // loss and all metrics
        Console.WriteLine(evaluation["accuracy"]);                                // one of them
        Console.Write(confusion.ToTable());
        #endregion

        confusion.ToTable().ReplaceLineEndings("\n").TrimEnd().ShouldBe(Page.Read("docs/guide/evaluate.md").Printed("confusion"));
        evaluation["accuracy"].ShouldBe(evaluation["accuracy by confusion matrix"]);
        evaluation.Samples.ShouldBe(60);
    }
}
