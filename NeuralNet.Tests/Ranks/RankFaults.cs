using System.Globalization;
using System.Runtime.CompilerServices;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Ranks;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Data;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Ranks;

namespace NeuralNet.Tests.Ranks;

/// <summary>Ranks of which one does what it should not.</summary>
internal static class RankFaults
{
    /// <summary>What one rank can have otherwise than the others, and what the refusal calls it.</summary>
    public static object[][] Differences { get; } =
    [
        ["data", "data set"], ["network", "network"], ["generator", "seed of a generator"], ["optimizer", "optimizer"], ["batch", "batch size"], ["seed", "seed of the order"],
    ];

    /// <summary>Trains without end, and lets one rank fail.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="fault">What happens.</param>
    /// <param name="arguments">The rank that does it.</param>
    public static void Run(ICommunicator ranks, string fault, string[] arguments)
    {
        bool isFaulty = ranks.Rank == RankProgram.Number(arguments[0]);
        string other = isFaulty ? fault : "";
        if (fault == "null")
        {
            Console.WriteLine(NullIsAnException(isFaulty ? null : "1") ? "null is an exception" : "no exception");
            return;
        }

        var numbers = Some.Matrix<float>(40, 6, other == "data" ? 2 : 1).AsSpan().ToArray();
        var data = new DataSet<float>(numbers, Some.Labels(40, 2, 1), 6, 2);
        int hidden = other == "network" ? 9 : 8;
        var net = new Sequential<float>(
            new Linear<float>(6, hidden, new Random(1)), new Tanh<float>(), new Dropout<float>(0.2, new NeuralNet.Core.Randomness.Philox(other == "generator" ? 2 : 1)), new Linear<float>(hidden, 2, new Random(1)));
        var optimizer = new SGD<float>(net.Parameters, other == "optimizer" ? 0.2f : 0.1f);
        var batches = new BatchLoader<float>(data, other == "batch" ? 7 : 8, seed: other == "seed" ? 2 : 1);
        var parallel = new DataParallel<float>(ranks, net, optimizer, batches);
        var loss = new SoftmaxCrossEntropy<float>();
        Cache<float> cache = new(), lossCache = new();
        for (int step = 0; ; batches.Resume(0))
        {
            foreach (Batch<float> batch in batches)
            {
                if (isFaulty && step == 20)
                {
                    Fail(fault);
                }

                loss.Forward(net.Forward(batch.Inputs, cache), batch.Labels, lossCache);
                net.ZeroGradients();
                parallel.Backward(loss, lossCache, cache, batch);
                optimizer.Step();
                step++;
                if (step == 20)
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rank {ranks.Rank} is process {Environment.ProcessId}"));
                }
            }
        }
    }

    private static void Fail(string fault)
    {
        switch (fault)
        {
            case "throw":
                throw new FileNotFoundException("no such thing as the file of this test");
            case "refuse":
                throw new InvalidOperationException("the third sample is out of sorts");
            case "hang":
                Thread.Sleep(Timeout.Infinite);
                break;
            case "exit":
                Environment.Exit(3);
                break;
            case "kill":
                System.Diagnostics.Process.GetCurrentProcess().Kill();
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool NullIsAnException(string? text)
    {
        try
        {
            return text!.Length > 0;
        }
        catch (NullReferenceException)
        {
            return true;
        }
    }
}
