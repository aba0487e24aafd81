using NeuralNet.Tests.Training.Fitting;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Reports;
using NeuralNet.Training.TensorBoard;

namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The rest of docs/guide/report.md.</summary>
internal sealed class ReportPage
{
    private GuideFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new GuideFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Settings_InTheOptions_StandInTheReport()
    {
        string path = Path.Combine(_folder.Path, "report.html");
        DataSet<double> validation = Blobs.Points(60, seed: 2);
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.Fit(Blobs.Points(60, seed: 1), epochs: 2, validation: validation);
        #region options
        TrainingReport.Write(path, trainer, validation, new TrainingReportOptions
        {
            Title = "Clouds, 8 hidden units",
            Settings = [new("batch size", "32"), new("seed", "0")],               // what the trainer does not know
            Mistakes = 20,
        });
        #endregion

        File.ReadAllText(path).ShouldContain("Clouds, 8 hidden units");
    }

    [Test]
    public void History_AsFiles_HasALineAnEpoch()
    {
        string folder = _folder.Path;
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.Fit(Blobs.Points(60, seed: 1), epochs: 2);
        #region history
        TrainingHistory history = trainer.History;
        IReadOnlyList<double> curve = history.Curve("training loss");
        history.WriteCsv(Path.Combine(folder, "history.csv"));
        history.WriteJsonLines(Path.Combine(folder, "history.jsonl"));
        #endregion

        curve.Count.ShouldBe(2);
        File.ReadAllLines(Path.Combine(folder, "history.csv")).Length.ShouldBe(3);
        File.ReadAllLines(Path.Combine(folder, "history.csv"))[0].ShouldBe(Page.Read("docs/guide/report.md").Printed("csv"));
        File.ReadAllLines(Path.Combine(folder, "history.jsonl")).Length.ShouldBe(2);
        Quoted.ShouldBe(Should.Throw<ArgumentException>(() => history.Curve("accuracy")), "docs/guide/report.md", "no-curve");
    }

    [Test]
    public void Board_OfATraining_IsAFile()
    {
        string runs = Path.Combine(_folder.Path, "runs");
        DataSet<double> train = Blobs.Points(60, seed: 1);
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        #region board
        using (var writer = new TensorBoardWriter(runs))
        {
            trainer.Callbacks = [new TensorBoardCallback<double>(writer)];
            trainer.Fit(train, epochs: 5);
        }
        #endregion

        new FileInfo(Directory.EnumerateFiles(runs, "*", SearchOption.AllDirectories).Single()).Length.ShouldBeGreaterThan(1000);
    }

    [Test]
    public void Progress_WhileItTrains_IsTold()
    {
        DataSet<double> train = Blobs.Points(60, seed: 1);
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        #region progress
        var progress = new Progress<TrainingProgress>(now => Console.WriteLine(now));
        trainer.Fit(train, epochs: 2, progress: progress);
        #endregion

        trainer.History.Epochs.Count.ShouldBe(2);
    }
}
