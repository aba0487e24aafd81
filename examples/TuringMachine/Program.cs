using System.Diagnostics;
using System.Globalization;
using NeuralNet.Core;
using NeuralNet.Core.Randomness;
using NeuralNet.Examples;
using NeuralNet.Examples.TuringMachine;
using NeuralNet.Layers;
using NeuralNet.Layers.Memory;
using NeuralNet.Training;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Schedules;

const int Hidden = 100, Locations = 128, Width = 20, LongestTrained = 20, Samples = 16, Reports = 20;
const float MaxNorm = 10;
const double Expected = 0.1;
try
{
    return Options.Run(args, Run);
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotFiniteNumberException)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}

static int Run(Options options)
{
    if (options.Picture is not null && Usage.ProblemOfWriting(options.Picture) is string problem)
    {
        throw new IOException($"--picture: {problem}");
    }

    var machine = new NeuralTuringMachine<float>(CopyTask.Channels, CopyTask.Bits, Hidden, Locations, Width, new Random(options.Seed));
    Console.WriteLine(new Sequential<float>(machine).Summary());
    Console.WriteLine($"{options.Steps} steps of {Samples} sequences of 1 to {LongestTrained} vectors of {CopyTask.Bits} bits");
    Train(options, machine);

    double wrong = WrongBits(machine, options.Seed, LongestTrained), twice = WrongBits(machine, options.Seed, 2 * LongestTrained);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"wrong bits a sequence: {wrong:F2} of {LongestTrained * CopyTask.Bits} at length {LongestTrained}; {twice:F2} of {2 * LongestTrained * CopyTask.Bits} at length {2 * LongestTrained}"));
    return wrong <= Expected ? 0 : 1;
}

static void Train(Options options, NeuralTuringMachine<float> machine)
{
    float rate = float.Parse(Environment.GetEnvironmentVariable("NTM_LR") ?? "1e-3", CultureInfo.InvariantCulture);
    var loss = new BinaryCrossEntropy<float>();
    var optimizer = new Adam<float>(machine.Parameters, rate, new CosineAnnealing(options.Steps, 0.01));
    var cache = new Cache<float> { RememberedShapes = LongestTrained + 1 };
    var lossCache = new Cache<float> { RememberedShapes = LongestTrained + 1 };
    CopyTask[] tasks = [.. Enumerable.Range(1, LongestTrained).Select(length => new CopyTask(Samples, length))];
    var random = new Philox((long)options.Seed);
    long began = Stopwatch.GetTimestamp();
    double sum = 0;
    int counted = 0;
    for (int step = 1; step <= options.Steps; step++)
    {
        CopyTask task = tasks[random.Next(tasks.Length)];
        task.Draw(random);
        Matrix<float> output = machine.Forward(task.Inputs, cache);
        float value = loss.Forward(lossCache.View(0, output, task.Targets.RowCount, CopyTask.Bits), task.Targets, task.Weights, lossCache);
        Divergence.ThrowIfNotFinite(value, optimizer.Steps, cache);
        machine.ZeroGradients();
        machine.Backward(lossCache.View(1, loss.Backward(lossCache), output.RowCount, output.ColumnCount), Wanted.None, cache);
        GradientClipping.ByGlobalNorm(machine.Parameters, MaxNorm);
        optimizer.Step();
        sum += value;
        counted++;
        if (step * (long)Reports / options.Steps > (step - 1) * (long)Reports / options.Steps)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {step}/{options.Steps}  loss {sum / counted:F4}  {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s {WrongBits(machine, options.Seed, 20):F2} {WrongBits(machine, options.Seed, 40):F2}"));
            (sum, counted) = (0, 0);
        }
    }
}

// Of sequences that the training has not drawn.
static double WrongBits(NeuralTuringMachine<float> machine, int seed, int length)
{
    const int TestSamples = 256;
    const ulong TestStream = 1;
    var task = new CopyTask(TestSamples, length);
    task.Draw(new Philox((long)seed, TestStream));
    return task.WrongBits(machine.Forward(task.Inputs));
}
