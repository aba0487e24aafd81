#region table
using NeuralNet.Core;
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

/// <summary>The program of docs/guide/table.md.</summary>
internal sealed class TableProgram
{
    [Test]
    public void Program_TableWithHoles_IsLearnedAndNewRowsAreNamed()
    {
        using var folder = new GuideFolder();
        string[] args = [folder.Flowers(isHoled: true), folder.NewFlowers()];
        #region table
        var (trainRows, testRows) = CsvTable.Read(args[0]).Split(0.8, seed: 1);
        var encoding = trainRows.Encode(new TableColumns { Label = "kind", Fills = new() { ["length"] = Fill.Mean } });
        var (train, test) = (trainRows.ToDataSet<float>(encoding), testRows.ToDataSet<float>(encoding));

        var random = new Random(1);
        var net = new Sequential<float>(
            Scaling.Standardize(train),
            new Linear<float>(train.Features, 16, random), new ReLU<float>(),
            new Linear<float>(16, train.Classes, random));
        var trainer = Trainer.For(net, new SoftmaxCrossEntropy<float>(), new Adam<float>(net.Parameters, 0.01f));
        trainer.Metrics = [new Accuracy<float>()];
        trainer.Fit(train, epochs: 40);
        Console.WriteLine(trainer.Evaluate(test));

        var rows = CsvTable.Read(args[1], new CsvOptions { Kinds = encoding.Kinds }).ToDataSet<float>(encoding.FeaturesOnly);
        var scores = net.Forward(Matrices.FromRows(rows.Count, rows.Features, rows.Samples));
        string[] kinds = [.. scores.EnumerateRows().Select(row => train.ClassNames[row.MaximumIndex()])];
        Console.WriteLine(string.Join(", ", kinds));
        #endregion

        trainer.Evaluate(test)["accuracy"].ShouldBeGreaterThan(0.9);
        kinds.ShouldBe(["iris", "rose"]);
        train.FeatureNames.ShouldBe(["length", "width", "colour=blue", "colour=red", "colour=white"]);
    }
}
