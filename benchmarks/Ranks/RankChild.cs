using System.Diagnostics;
using System.Globalization;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Randomness;
using NeuralNet.Core.Ranks;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Ranks;

namespace NeuralNet.Benchmarks.Ranks;

/// <summary>What a rank of a measured job does: a training step of 784→1024→1024→10, or a sum of numbers.</summary>
internal static class RankChild
{
    /// <summary>The first argument of such a process.</summary>
    public const string Verb = "rank";

    private const int Warmups = 20, Blocks = 15, StepsOfABlock = 10;

    /// <summary>Measures, and lets rank 0 write the median in microseconds.</summary>
    /// <param name="arguments">Verb; <c>step</c> and the samples of the whole batch, or <c>sum</c> and how many numbers.</param>
    public static void Run(string[] arguments)
    {
        int number = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        using ICommunicator ranks = Communicator.Start();
        Action once = arguments[1] == "step" ? Step(ranks, number) : Sum(ranks, number);
        for (int i = 0; i < Warmups; i++)
        {
            once();
        }

        double[] times = new double[Blocks];
        for (int block = 0; block < Blocks; block++)
        {
            ranks.Barrier();
            long began = Stopwatch.GetTimestamp();
            for (int i = 0; i < StepsOfABlock; i++)
            {
                once();
            }

            times[block] = Stopwatch.GetElapsedTime(began).TotalMicroseconds / StepsOfABlock;
        }

        if (ranks.Rank == 0)
        {
            Array.Sort(times);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median {times[Blocks / 2]:R} least {times[0]:R}"));
        }
    }

    private static Action Step(ICommunicator ranks, int samples)
    {
        const int Pixels = 784, Hidden = 1024, Classes = 10;
        var random = new Philox(1);
        var net = new Sequential<float>(
            new Linear<float>(Pixels, Hidden, random), new ReLU<float>(), new Linear<float>(Hidden, Hidden, random), new ReLU<float>(), new Linear<float>(Hidden, Classes, random));
        var optimizer = new SGD<float>(net.Parameters, 0.01f);
        var loss = new SoftmaxCrossEntropy<float>();
        float[] numbers = new float[samples * Pixels];
        random.FillUniform<float>(numbers);
        var batches = new BatchLoader<float>(new DataSet<float>(numbers, [.. Enumerable.Range(0, samples).Select(i => i % Classes)], Pixels, Classes), samples, seed: 1);
        var parallel = new DataParallel<float>(ranks, net, optimizer, batches);
        Cache<float> cache = new(), lossCache = new();
        Batch<float> batch = batches.First();
        return () =>
        {
            loss.Forward(net.Forward(batch.Inputs, cache), batch.Labels, lossCache);
            net.ZeroGradients();
            parallel.Backward(loss, lossCache, cache, batch);
            optimizer.Step();
        };
    }

    private static Action Sum(ICommunicator ranks, int length)
    {
        float[] numbers = new float[length];
        return () => ranks.AllReduce<float>(numbers);
    }
}
