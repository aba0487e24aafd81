using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Randomness;
using NeuralNet.Core.Ranks;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Ranks;

namespace NeuralNet.Tests.Ranks;

/// <summary>A loop of one's own over several ranks. Each rank writes the SHA-256 of its weights after each step into a file of its own, since launchers mix what ranks print; the first writes the weights at the end.</summary>
internal static class RankTraining
{
    private static IReadOnlyList<string> Kinds { get; } = ["plain", "weights", "classes", "sum", "tiny", "normalized", "shared", "embedding"];

    /// <summary>Trains all kinds in both precisions, one after another.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="arguments">The folder for the weights.</param>
    public static void Run(ICommunicator ranks, string[] arguments)
    {
        using var steps = new StreamWriter(StepsOf(arguments[0], ranks.Size, ranks.Rank));
        foreach (string kind in Kinds)
        {
            Train<float>(ranks, kind, FileOf(arguments[0], kind, "float", ranks.Size), steps);
            Train<double>(ranks, kind, FileOf(arguments[0], kind, "double", ranks.Size), steps);
        }
    }

    /// <summary>Holds what the ranks left in a folder against each other, and against what one rank did alone: one hash of the weights after each step, and one loss of each epoch, on all
    /// ranks; and weights that are those of one rank but for rounding.</summary>
    public static void ShouldHaveMovedAsOne(string folder, int ranks)
    {
        const int StepsOfAllKinds = 2 * ((7 * 12) + 57), LossesOfAllKinds = 2 * 8 * 3;
        string[] steps = AllSteps(folder, ranks);
        steps.Length.ShouldBe(ranks * (StepsOfAllKinds + LossesOfAllKinds));
        steps.Distinct().Count().ShouldBe(StepsOfAllKinds + LossesOfAllKinds);
        foreach (string kind in Kinds)
        {
            Difference(folder, kind, "float", ranks).ShouldBeLessThanOrEqualTo(1e-5, $"{kind}, {ranks} ranks");
            Difference(folder, kind, "double", ranks).ShouldBeLessThanOrEqualTo(1e-12, $"{kind}, {ranks} ranks");
        }
    }

    /// <summary>The hashes and losses of all ranks, one after another.</summary>
    public static string[] AllSteps(string folder, int ranks) => [.. Enumerable.Range(0, ranks).SelectMany(rank => File.ReadAllLines(StepsOf(folder, ranks, rank)))];

    // The file of the hashes and losses of one rank.
    private static string StepsOf(string folder, int ranks, int rank) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"steps.{ranks}.{rank}"));

    // The file of the weights that came of a training.
    private static string FileOf(string folder, string kind, string type, int ranks) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{kind}.{type}.{ranks}"));

    private static double Difference(string folder, string kind, string type, int ranks)
    {
        double[] alone = Numbers(FileOf(folder, kind, type, 1)), weights = Numbers(FileOf(folder, kind, type, ranks));
        weights.Length.ShouldBe(alone.Length);
        return weights.Zip(alone, (one, other) => Math.Abs(one - other) / Math.Max(1, Math.Abs(other))).Max();
    }

    private static double[] Numbers(string file) => [.. File.ReadLines(file).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];

    private static void Train<T>(ICommunicator ranks, string kind, string file, StreamWriter steps) where T : unmanaged, IFloatingPointIeee754<T>
    {
        DataSet<T> data = Data<T>(kind);
        Sequential<T> net = Network<T>(kind, ranks);
        var loss = new SoftmaxCrossEntropy<T>(
            reduction: kind == "sum" ? Reduction.Sum : Reduction.Mean, classWeights: kind == "classes" ? new double[] { 1, 3, 0.5 }.Select(T.CreateChecked).ToArray() : null);
        var optimizer = new SGD<T>(net.Parameters, T.CreateChecked(kind == "sum" ? 0.005 : 0.1), momentum: T.CreateChecked(0.9));
        var batches = new BatchLoader<T>(data, kind == "tiny" ? 3 : 16, seed: 5);
        var parallel = new DataParallel<T>(ranks, net, optimizer, batches, bucketSize: 500);
        Cache<T> cache = new(), lossCache = new();
        int step = 0;
        for (int epoch = 0; epoch < 3; epoch++)
        {
            double sum = 0;
            foreach (Batch<T> batch in batches)
            {
                Matrix<T> logits = net.Forward(batch.Inputs, cache);
                T value = loss.Forward(logits, batch.Labels, batch.Weights, lossCache);
                net.ZeroGradients();
                double share = parallel.Backward(loss, lossCache, cache, batch);
                optimizer.Step();
                sum += double.CreateTruncating(value) * share;
                steps.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {kind} {typeof(T).Name} {++step} {HashOf(net)}"));
            }

            steps.WriteLine(string.Create(CultureInfo.InvariantCulture, $"loss {kind} {typeof(T).Name} {epoch} {parallel.Sum(sum):R}"));
        }

        parallel.ThrowIfWeightsDiffer();
        if (parallel.IsFirst)
        {
            File.WriteAllLines(file, net.Parameters.SelectMany(named => named.Parameter.Value.AsSpan().ToArray())
                .Select(number => double.CreateTruncating(number).ToString("R", CultureInfo.InvariantCulture)));
        }
    }

    private static DataSet<T> Data<T>(string kind) where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Samples = 55, Features = 12, Classes = 3;
        var random = new Philox(3);
        T[] numbers = new T[Samples * Features];
        random.FillUniform<T>(numbers);
        if (kind == "embedding")
        {
            numbers = [.. numbers.Select(number => T.Floor(number * T.CreateChecked(20)))];
        }

        int[] labels = [.. Enumerable.Range(0, Samples).Select(_ => random.Next(Classes))];
        var data = new DataSet<T>(numbers, labels, Features, Classes);
        return kind == "weights" ? data.WithWeights([.. Enumerable.Range(0, Samples).Select(i => T.CreateChecked(i % 4))]) : data;
    }

    private static Sequential<T> Network<T>(string kind, ICommunicator ranks) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Ranks other than the first start from other weights: they must not stay.
        var random = new Philox(7 + ranks.Rank);
        var middle = new Linear<T>(30, 30, random);
        return kind switch
        {
            "normalized" => new(new Linear<T>(12, 30, random), new BatchNorm<T>(30) { Ranks = ranks }, new ReLU<T>(), middle, new BatchNorm<T>(30) { Ranks = ranks }, new Tanh<T>(), new Linear<T>(30, 3, random)),
            "shared" => new(new Linear<T>(12, 30, random), new Tanh<T>(), middle, new Tanh<T>(), middle, new Tanh<T>(), new Linear<T>(30, 3, random)),
            "embedding" => new(new Embedding<T>(20, 4, random), new Linear<T>(48, 30, random), new Tanh<T>(), new Linear<T>(30, 3, random)),
            _ => new(new Linear<T>(12, 30, random), new Tanh<T>(), middle, new Tanh<T>(), new Linear<T>(30, 3, random)),
        };
    }

    private static string HashOf<T>(Sequential<T> net) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (NamedParameter<T> named in net.Parameters)
        {
            hash.AppendData(MemoryMarshal.AsBytes(named.Parameter.Value.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
