using NeuralNet.Tests.Training.Fitting;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.TensorBoard;

namespace NeuralNet.Tests.Training.TensorBoard;

internal sealed class TensorBoardCallbackTests
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"tensorboard-{Guid.NewGuid():N}");

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Fit_TwoEpochs_WritesSummaryFiguresAndHistograms()
    {
        string[][] tags = Fit(histogramsEvery: 2);

        tags[0].ShouldBe(["file version"]);
        tags[1].ShouldBe(["network @0"]);
        // 40 samples in batches of 20: two steps an epoch.
        string[] figures = ["loss/training", "loss/validation", "accuracy/validation", "learning rate"];
        string[] parameters = ["0.weight", "0.bias", "2.weight", "2.bias"];
        tags[2..].SelectMany(tag => tag).ShouldBe(
        [
            .. figures.Select(tag => $"{tag} @2"), .. figures.Select(tag => $"{tag} @4"),
            .. parameters.SelectMany(name => new[] { $"weights/{name} @4", $"gradients/{name} @4" }),
        ]);
    }

    [Test]
    public void Fit_WithoutHistograms_WritesNone() => Fit(histogramsEvery: 0).Length.ShouldBe(2 + 4 + 4);

    [Test]
    public void Constructor_NegativeInterval_IsRefused()
    {
        using var writer = new TensorBoardWriter(_folder);
        Should.Throw<ArgumentOutOfRangeException>(() => new TensorBoardCallback<double>(writer, -1));
    }

    // Ranks would write the same into one folder.
    [Test]
    public void Callback_OnRanks_IsForTheFirstAlone()
    {
        using var writer = new TensorBoardWriter(_folder);
        var callback = new TensorBoardCallback<double>(writer);

        callback.IsForFirstRankOnly.ShouldBeTrue();
        Should.Throw<ArgumentNullException>(() => new TensorBoardCallback<double>(null!)).ParamName.ShouldBe("writer");
        Should.Throw<ArgumentNullException>(() => callback.OnStart(null!)).ParamName.ShouldBe("state");
        Should.Throw<ArgumentNullException>(() => callback.OnEpoch(null!, new EpochRecord(1, 1, 1, TimeSpan.Zero, []))).ParamName.ShouldBe("state");
    }

    // The tags of each record, with the step.
    private string[][] Fit(int histogramsEvery)
    {
        string path;
        using (var writer = new TensorBoardWriter(_folder))
        {
            path = writer.FilePath;
            Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
            trainer.Metrics = [new Accuracy<double>()];
            trainer.Callbacks = [new TensorBoardCallback<double>(writer, histogramsEvery)];
            trainer.Fit(Blobs.Points(40, seed: 1), epochs: 2, batchSize: 20, validation: Blobs.Points(30, seed: 2));
        }

        return [.. EventFileReader.Records(path).Select(record => Tags(EventFileReader.Fields(record)))];
    }

    // Fields of Event: 2 step, 3 file_version, 5 summary; of Summary: 1 value; of Value: 1 tag.
    private static string[] Tags(List<(int Number, object Value)> record) => record.Any(field => field.Number == 3)
        ? ["file version"]
        : [.. record.Message(5).Where(field => field.Number == 1).Select(value => $"{EventFileReader.Fields((byte[])value.Value).Text(1)} @{Step(record)}")];

    private static object Step(List<(int Number, object Value)> record) =>
        record.Where(field => field.Number == 2).Select(field => field.Value).SingleOrDefault() ?? 0;
}
