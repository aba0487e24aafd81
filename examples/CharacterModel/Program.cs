using System.Diagnostics;
using System.Globalization;
using NeuralNet.Core;
using NeuralNet.Examples.CharacterModel;
using NeuralNet.Layers;
using NeuralNet.Training;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Schedules;

const int Batch = 32, Reports = 10;
const float WeightDecay = 0.1f, LargestNorm = 1;
const double Warmup = 0.1, SecondMoment = 0.99;
const int Context = CharacterNetwork.Context;
try
{
    CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
    return Options.Run(args, Run);
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or NotFiniteNumberException)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}

static int Run(Options options)
{
    Corpus corpus = Corpus.Load(options.Data, Context);
    Console.WriteLine($"data: {corpus.TrainingLength} characters to train with, {corpus.HeldOutLength} held out, {corpus.Alphabet.Count} different ones");
    string prompt = string.IsNullOrEmpty(options.Prompt) ? "\n" : options.Prompt;
    corpus.Alphabet.Encode(prompt);
    var network = CharacterNetwork.Of(options.Model, corpus.Alphabet.Count, options.Seed);
    Console.WriteLine(network.Net.Summary());
    Train(options, network, corpus);

    Console.WriteLine(Writer.Write(network, corpus.Alphabet, prompt, options.Length, options.Temperature, new Random(options.Seed)));
    double loss = HeldOutLoss(network.Net, corpus);
    Console.WriteLine($"held-out loss: {loss:F4} nats a character");
    if (options.Data is null && !(loss <= Expected(options.Model)))
    {
        Console.Error.WriteLine($"error: on the pages the loss of {options.Model} should be {Expected(options.Model)} or less, and is {loss:F4} after {options.Steps} steps.");
        return 1;
    }

    return 0;
}

// About a tenth above what the default steps reach.
static double Expected(string model) => model switch { "gpt" => 1.6, "lstm" => 1.55, _ => 1.85 };

static void Train(Options options, CharacterNetwork network, Corpus corpus)
{
    Sequential<float> net = network.Net;
    var loss = new SoftmaxCrossEntropy<float>(positions: Context);
    var optimizer = new AdamW<float>(net.Parameters, network.LearningRate, WeightDecay, new OneCycle(options.Steps, Warmup), beta2: SecondMoment);
    var random = new Random(options.Seed);
    var inputs = Matrix<float>.Build.Dense(Batch, Context);
    var labels = new int[Batch * Context];
    Cache<float> cache = new(), lossCache = new();
    int reported = 0;
    double sum = 0;
    long began = Stopwatch.GetTimestamp();
    for (int step = 1; step <= options.Steps; step++)
    {
        corpus.Draw(random, inputs, labels);
        float value = loss.Forward(net.Forward(inputs, cache), labels, lossCache);
        Divergence.ThrowIfNotFinite(value, optimizer.Steps, cache);
        net.ZeroGradients();
        loss.Backward(lossCache, net, cache);
        GradientClipping.ByGlobalNorm(net.Parameters, LargestNorm);
        optimizer.Step();
        sum += value;
        if (step == options.Steps || (long)step * Reports / options.Steps > (long)(step - 1) * Reports / options.Steps)
        {
            Console.WriteLine(
                $"step {step}/{options.Steps}  loss {sum / (step - reported):F4}  held out {HeldOutLoss(net, corpus):F4}  {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s");
            (reported, sum) = (step, 0);
        }
    }
}

static double HeldOutLoss(Sequential<float> net, Corpus corpus)
{
    var loss = new SoftmaxCrossEntropy<float>(positions: Context);
    var inputs = Matrix<float>.Build.Dense(Batch, Context);
    var labels = new int[Batch * Context];
    Cache<float> cache = new(training: false), lossCache = new();
    double sum = 0;
    int count = 0;
    foreach (int _ in corpus.HeldOut(inputs, labels))
    {
        sum += loss.Forward(net.Forward(inputs, cache), labels, lossCache);
        count++;
    }

    return sum / count;
}
