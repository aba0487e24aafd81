using System.Xml.Linq;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>Reports of networks that name a class for each position of a sample.</summary>
internal sealed class ReportPositionTests
{
    // Scores of class 0 at both positions, then of class 1. Sample 0 gives (2, 1) and (0, 3), sample 1 gives (0, 4) and (5, 1); both are wrong at their second position, with
    // the losses ln(1 + e³) and ln(1 + e⁴).
    private static readonly DataSet<double> Data = new DataSet<double>([2, 0, 1, 3, 0, 5, 4, 1], 4).WithLabels([0, 0, 1, 1], classes: 2, perSample: 2);

    [Test]
    public void ToHtml_LabelsOfPositions_CountsEach()
    {
        XElement page = Report(Data);

        ReportExamples.Section(page, "confusion").Descendants("td").Take(4).Select(cell => cell.Value).ShouldBe(["1", "1", "1", "1"]);
        Mistakes(page).ShouldBe(["1 1 0 98.2% 4.018", "0 0 1 95.3% 3.049"]);
    }

    [Test]
    public void ToHtml_Mask_LeavesPositionsOut()
    {
        XElement page = Report(Data.WithWeights([1, 1, 1, 0], perSample: 2));

        ReportExamples.Section(page, "confusion").Descendants("td").Take(4).Select(cell => cell.Value).ShouldBe(["1", "1", "·", "1"]);
        ReportExamples.Section(page, "confusion").Element("p")!.Value.ShouldStartWith("1 of 3 predictions were wrong (33.3%).");
        Mistakes(page).ShouldBe(["0 0 1 95.3% 3.049"]);
    }

    private static IEnumerable<string> Mistakes(XElement page) => ReportExamples.Section(page, "mistakes").Descendants("tbody").Single().Elements("tr")
        .Select(row => string.Join(' ', row.Elements().Take(5).Select(cell => cell.Value)));

    private static XElement Report(DataSet<double> data)
    {
        var layer = new FormulaLayer(
            input => MatrixViews.AsPositions(input, SampleShape.Sequence(2, 2)), (upstream, _, _) => upstream,
            new NamedParameter<double>("unused", new Parameter<double>(Matrix<double>.Build.Dense(1, 1))));
        Trainer<double, ReadOnlyMemory<int>> trainer = Trainer.For(layer, new SoftmaxCrossEntropy<double>(), new SGD<double>(layer.Parameters, 0));
        trainer.History.Add(new EpochRecord(1, 1, 2, TimeSpan.FromSeconds(1), [new("training loss", 1)]));
        return ReportExamples.Page(TrainingReport.ToHtml(trainer, data));
    }
}
