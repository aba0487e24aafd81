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

const int Hidden = 100, Locations = 128, Width = 20, LongestTrained = 20, TestSamples = 256;
const ulong TestStream = 1;
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
    Train(options, machine);
    if (options.Picture is not null)
    {
        AddressingPicture.Write(options.Picture, machine, Unseen(options, 1, LongestTrained));
        Console.WriteLine($"where the heads stand as a sequence is copied is in {options.Picture}");
    }

    double wrong = WrongBits(options, machine, LongestTrained), twice = WrongBits(options, machine, 2 * LongestTrained);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"wrong bits a sequence: {wrong:F3} of {LongestTrained * CopyTask.Bits} at length {LongestTrained}, {twice:F3} of {2 * LongestTrained * CopyTask.Bits} at length {2 * LongestTrained}"));
    if (!(wrong < Expected))
    {
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"error: at length {LongestTrained} there should be less than {Expected} wrong bits a sequence, and are {wrong:F3} after {options.Steps} steps."));
        return 1;
    }

    return 0;
}

static void Train(Options options, NeuralTuringMachine<float> machine)
{
    const int Samples = 16, Reports = 10;
    const float LearningRate = 0.003f, SmallestShare = 0.01f, MaxNorm = 10;
    var loss = new BinaryCrossEntropy<float>();
    var optimizer = new Adam<float>(machine.Parameters, LearningRate, new CosineAnnealing(options.Steps, SmallestShare));

    // A length after the other, in no order: the buffers of all are kept.
    var cache = new Cache<float> { RememberedShapes = LongestTrained };
    var lossCache = new Cache<float> { RememberedShapes = LongestTrained };
    CopyTask[] tasks = [.. Enumerable.Range(1, LongestTrained).Select(length => new CopyTask(Samples, length))];
    var random = new Philox((long)options.Seed);
    long began = Stopwatch.GetTimestamp();
    double sum = 0;
    int counted = 0;
    Console.WriteLine($"training: {options.Steps} steps of {Samples} sequences of 1 to {LongestTrained} vectors of {CopyTask.Bits} bits");
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
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"step {step}/{options.Steps}  loss {sum / counted:F4} nats a bit  {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s"));
            (sum, counted) = (0, 0);
        }
    }
}

static double WrongBits(Options options, NeuralTuringMachine<float> machine, int length)
{
    CopyTask task = Unseen(options, TestSamples, length);
    return task.WrongBits(machine.Forward(task.Inputs));
}

// Sequences that the training has not drawn.
static CopyTask Unseen(Options options, int samples, int length)
{
    var task = new CopyTask(samples, length);
    task.Draw(new Philox((long)options.Seed, TestStream));
    return task;
}
