using System.Diagnostics;
using System.Globalization;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Examples.Ner;
using NeuralNet.Layers;
using NeuralNet.Training;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;

const float LearningRate = 0.05f;
const int BatchSize = 32;

try
{
    return Options.Run(args, Run);
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or NotFiniteNumberException)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}

static int Run(Options options)
{
    Console.WriteLine(options.Data is null
        ? "data: sentences of the program (for real ones, pass --data FILE, a file of the CoNLL form such as wikigold.conll.txt)"
        : $"data: {options.Data}");
    var corpus = new Corpus(options.Data is null ? OwnText.Sentences : Corpus.Read(options.Data), options.Seed);
    Console.WriteLine(corpus);
    TrainLocations(corpus, options);
    TrainTags(corpus, options);
    return 0;
}

// CS224n lecture 3: x is the word vectors of the window side by side, h = f(W·x + b), s = uᵀ·h, and J = σ(s) is the probability that the middle word is part of
// a location. A layer has samples in rows, so it is h = f(x·W + b); with M columns in u, there are M scores. The gradients go into u, W, b and the word vectors.
static Sequential<float> Network(Corpus corpus, int scores, Random random)
{
    const int Window = Corpus.Window, WordSize = 50, SpellingSize = 5, Hidden = 100;
    return new Sequential<float>(
        ("x", new Concatenate<float>(
            ("words", new Sequential<float>(
                new SliceGate<float>(.., ..Window), new Embedding<float>(corpus.Words.Count, WordSize, random), new Flatten<float>())),
            ("spellings", new Sequential<float>(
                new SliceGate<float>(.., Window..(2 * Window)), new Embedding<float>(Spellings.Feature.Count, SpellingSize, random), new Flatten<float>())))),
        ("W", new Linear<float>(Window * (WordSize + SpellingSize), Hidden, random)),
        ("f", new Tanh<float>()),
        ("u", new Linear<float>(Hidden, scores, random)));
}

// The lecture's question, with the loop written out.
static void TrainLocations(Corpus corpus, Options options)
{
    Console.WriteLine("\nIs the word part of a location?  s = uᵀ·f(W·x + b), J = σ(s)");
    Sequential<float> net = Network(corpus, scores: 1, new Random(options.Seed));
    Console.WriteLine(net.Summary());

    var loss = new BinaryCrossEntropy<float>(); // −ln J where the answer is yes, −ln(1 − J) where it is no
    var optimizer = new AdaGrad<float>(net.Parameters, LearningRate); // a word that is rare takes large steps, and one that is not in the batch none
    var batches = new BatchLoader<float>(corpus.TrainSet, BatchSize, options.Seed);
    var cache = new Cache<float>();
    var lossCache = new Cache<float>();
    var clock = Stopwatch.StartNew();
    for (int epoch = 1; epoch <= options.Epochs; epoch++)
    {
        double sum = 0;
        foreach (Batch<float> batch in batches)
        {
            Matrix<float> s = net.Forward(batch.Inputs, cache);
            float value = loss.Forward(s, batch.Targets, lossCache);
            net.ZeroGradients();
            loss.Backward(lossCache, net, cache);
            optimizer.Step();
            sum += value * batch.Count;
        }

        Divergence.ThrowIfNotFinite(net, optimizer.Steps);
        WriteEpoch(epoch, options, sum / corpus.TrainSet.Count);
    }

    WriteTime(options, clock.Elapsed);
    var (precision, recall, f1) = (new BinaryPrecision<float>(), new BinaryRecall<float>(), new BinaryF1<float>());
    foreach (Batch<float> batch in new BatchLoader<float>(corpus.TestSet, batchSize: 256))
    {
        Matrix<float> s = net.Forward(batch.Inputs);
        precision.Add(s, batch.Targets);
        recall.Add(s, batch.Targets);
        f1.Add(s, batch.Targets);
    }

    Report.WriteScores(Corpus.Location, precision.Value, recall.Value, f1.Value);
}

// All kinds of entities: the same network with a score for each tag, and a trainer that has the loop.
static void TrainTags(Corpus corpus, Options options)
{
    Console.WriteLine($"\nWhich of {string.Join(", ", corpus.Tags)} is it?  s = U·f(W·x + b), softmax(s)");
    Sequential<float> net = Network(corpus, corpus.Tags.Count, new Random(options.Seed));
    var precision = new Precision<float>(Average.Micro, corpus.Entities);
    var recall = new Recall<float>(Average.Micro, corpus.Entities);
    var f1 = new F1<float>(Average.Micro, corpus.Entities);

    var trainer = Trainer.For(net, new SoftmaxCrossEntropy<float>(), new AdaGrad<float>(net.Parameters, LearningRate));
    trainer.Metrics = [precision, recall, f1];
    TrainingHistory history = trainer.Fit(corpus.TrainSet, options.Epochs, BatchSize, options.Seed);
    foreach (EpochRecord epoch in history.Epochs)
    {
        WriteEpoch(epoch.Epoch, options, epoch.TrainingLoss);
    }

    WriteTime(options, new TimeSpan(history.Epochs.Sum(epoch => epoch.Duration.Ticks)));
    trainer.Evaluate(corpus.TestSet);
    Report.WriteScores(corpus, precision, recall, f1);
    Console.WriteLine("\nSome sentences of the test, word/TAG as predicted, with what it is where that differs:");
    Report.WriteSentences(corpus, Predict(net, corpus.TestSet), count: 6);
}

static int[] Predict(Sequential<float> net, DataSet<float> data) =>
    [.. new BatchLoader<float>(data, batchSize: 256).SelectMany(batch => net.Forward(batch.Inputs).EnumerateRows().Select(row => row.MaximumIndex()).ToArray())];

static void WriteEpoch(int epoch, Options options, double loss) =>
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"epoch {epoch}/{options.Epochs}  loss {loss:F6}"));

static void WriteTime(Options options, TimeSpan training) =>
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"training  {training.TotalSeconds / options.Epochs:F3} s an epoch"));
