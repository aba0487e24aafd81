using System.CommandLine;
using System.Globalization;
using NeuralNet.Examples;
using NeuralNet.Examples.Tabular;
using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Tables;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Reports;

const int Count = 1500;
var data = new Option<string?>("--data") { Description = "Table to read, CSV with a header. Without it, the program invents houses and their prices." };
var output = new Option<string>("--out") { Description = "File that the invented houses are written to.", DefaultValueFactory = _ => "houses.csv" };
var target = new Option<string>("--target") { Description = "Column of numbers to predict, by all others.", DefaultValueFactory = _ => Houses.Target };
var report = new Option<string?>("--report") { Description = "File of HTML for a report of the training." };
var seed = new Option<int>("--seed") { Description = "Start of all random numbers.", DefaultValueFactory = _ => 0 };
var command = new RootCommand("Reads a table with numbers, categories and gaps, and learns to predict one of its columns by the others.") { data, output, target, report, seed };
command.SetAction(line => Run(line.GetValue(data), line.GetValue(output)!, line.GetValue(target)!, line.GetValue(report), line.GetValue(seed)));
try
{
    return command.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException
    or InvalidOperationException or NotFiniteNumberException)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}

static void Run(string? path, string output, string target, string? report, int seed)
{
    if (report is not null && Usage.ProblemOfWriting(report) is string problem)
    {
        throw new IOException($"--report: {problem}");
    }

    if (path is null)
    {
        Houses.Write(path = output, Count, seed);
        Console.WriteLine($"invented {Count} houses, written to {path} (for a table of your own, pass --data FILE --target COLUMN)");
    }

    // A row whose target is missing has nothing to teach. Rows to choose by and rows to judge by are taken away before anything is learned of them, scales included.
    CsvTable table = CsvTable.Read(path).WithoutMissing(target);
    (CsvTable rest, CsvTable test) = table.Split(0.85, seed);
    (CsvTable train, CsvTable validation) = rest.Split(0.8, seed);
    Console.WriteLine($"rows: {train.RowCount} to train with, {validation.RowCount} to stop by, {test.RowCount} to judge by");

    TableModel model = TableModel.For(train, target, seed);
    Console.WriteLine($"features: {string.Join(", ", model.Encoding.Features.SelectMany(feature => feature.Names))}");
    Console.WriteLine(model.Network.Summary());

    var trainer = Trainer.For(model.Network, new MeanSquaredError<float>(), new AdamW<float>(model.Network.Parameters, learningRate: 0.003f, weightDecay: 0.01f));
    trainer.Metrics = [new MeanAbsoluteErrorMetric<float>(), new RSquared<float>()];
    trainer.Callbacks = [new EarlyStopping<float>(patience: 20), new ReportRecorder<float>()];
    DataSet<float> Samples(CsvTable rows) => rows.ToDataSet<float>(model.Encoding);
    TrainingHistory history = trainer.Fit(Samples(train), epochs: 300, batchSize: 32, seed: seed, validation: Samples(validation));
    Console.WriteLine(history.End == TrainingEnd.Stopped ? history.EndReason : $"trained for {history.Epochs.Count} epochs");

    DataSet<float> judged = Samples(test);
    Evaluation evaluation = trainer.Evaluate(judged);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"test: mean absolute error {evaluation["mean absolute error"]:F2}, R² {evaluation["R²"]:F4} (guessing the mean has 0)\n"));
    Console.Write(new TypicalRow(model, train));
    if (report is not null)
    {
        TrainingReport.Write(report, trainer, judged, new TrainingReportOptions
        {
            Title = $"Predicting {target}",
            Settings = [new("table", path), new("target", target), new("batch size", "32"), new("seed", seed.ToString(CultureInfo.InvariantCulture))],
        });
        Console.WriteLine($"report: {report}");
    }
}
