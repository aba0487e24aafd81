using System.Globalization;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Ranks;
using NeuralNet.Core.Text;
using NeuralNet.Examples;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Sweeps;

const string How = "[mpirun -n K] Sweep FOLDER [grid | random N]   many trainings of a small network, a result each in FOLDER; started again, it goes on";
if (Usage.Answers(args, How, ProblemOf(args)))
{
    return;
}

try
{
    // This process alone, or one of those that mpirun has started: each takes the next training that nobody has taken.
    using ICommunicator ranks = Communicator.Start();
    SearchSpace space = new SearchSpace().Add("hidden", 4, 16, 64);
    IReadOnlyList<Trial> trials = args is [_, "random", string count]
        ? space.AddRange("rate", 1e-3, 3, isLogarithmic: true).Random(int.Parse(count, CultureInfo.InvariantCulture), seed: 1)
        : space.Add("rate", 0.01, 0.1, 1).Add("momentum", 0, 0.9).Grid();
    (DataSet<float> train, DataSet<float> test) = (Rings(600, seed: 1), Rings(300, seed: 2));
    IReadOnlyList<TrialResult> results = new Sweep(ranks, args[0]).Run(trials, Train);
    if (ranks.Rank == 0)
    {
        Print(results);
    }

    IReadOnlyList<NamedValue> Train(Trial trial)
    {
        Console.WriteLine($"rank {ranks.Rank}: trial {trial.Number}, {trial}");
        var random = new Random(trial.Number);
        var net = new Sequential<float>(new Linear<float>(2, (int)trial["hidden"], random), new Tanh<float>(), new Linear<float>((int)trial["hidden"], 2, random));
        float momentum = trial.Settings.Any(setting => setting.Name == "momentum") ? (float)trial["momentum"] : 0.9f;
        var trainer = Trainer.For(net, new SoftmaxCrossEntropy<float>(), new SGD<float>(net.Parameters, (float)trial["rate"], momentum));
        trainer.Metrics = [new Accuracy<float>()];
        trainer.Fit(train, epochs: 20, batchSize: 32, seed: trial.Number);
        Evaluation evaluation = trainer.Evaluate(test);
        return [new NamedValue("loss", evaluation.Loss), new NamedValue("accuracy", evaluation["accuracy"])];
    }
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or PlatformNotSupportedException or InvalidOperationException or ArgumentException)
{
    Console.Error.WriteLine($"error: {error.Message}");
    Environment.ExitCode = 1;
}

static string? ProblemOf(string[] args) => args switch
{
    [not "", ..] when args.Length == 1 || args is [_, "grid"] => null,
    [not "", "random", string count] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 => null,
    [] => "the folder for the results is missing.",
    _ => $"'{string.Join(' ', args)}' is not understood.",
};

// A disc within a ring, both noisy.
static DataSet<float> Rings(int count, int seed)
{
    var random = new Random(seed);
    float[] points = new float[2 * count];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++)
    {
        labels[i] = i % 2;
        double radius = labels[i] + (0.9 * random.NextDouble()), angle = 2 * Math.PI * random.NextDouble();
        (points[2 * i], points[(2 * i) + 1]) = ((float)(radius * Math.Cos(angle)), (float)(radius * Math.Sin(angle)));
    }

    return new DataSet<float>(points, labels, 2, 2);
}

static void Print(IReadOnlyList<TrialResult> results)
{
    var table = new TextTable(["trial", .. results[0].Trial.Settings.Select(setting => setting.Name), "loss", "accuracy"]);
    foreach (TrialResult result in results.OrderByDescending(result => result["accuracy"]).ThenBy(result => result["loss"]))
    {
        table.Add(
        [
            Text(result.Trial.Number), .. result.Trial.Settings.Select(setting => Text(setting.Value)),
            result.Problem is null ? Text(result["loss"]) : "failed", result.Problem is null ? Text(result["accuracy"]) : result.Problem,
        ]);
    }

    Console.WriteLine(table);
}

static string Text(double number) => number.ToString("G4", CultureInfo.InvariantCulture);
