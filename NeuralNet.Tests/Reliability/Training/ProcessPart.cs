using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using NeuralNet.Core.Operations;
using NeuralNet.Tests.Reliability.Running;

namespace NeuralNet.Tests.Reliability.Training;

/// <summary>The same trainings in processes that differ in threads, processors, compilation, garbage collection and culture: one hash of all weights.</summary>
internal sealed class ProcessPart : Part
{
    private const int Epochs = 3;

    /// <inheritdoc/>
    public override string Name => "processes";

    /// <inheritdoc/>
    public override string Summary => "one training in many processes, threads and settings of the runtime: the same weights to the bit";

    /// <inheritdoc/>
    public override IReadOnlyList<Variant> Variants { get; } =
    [
        new("as it comes"),
        new("again"),
        new("1 thread") { Threads = 1 },
        new("2 processors", ("DOTNET_PROCESSOR_COUNT", "2")),
        new("8 processors", ("DOTNET_PROCESSOR_COUNT", "8")),
        new("3 threads of 8", ("DOTNET_PROCESSOR_COUNT", "8")) { Threads = 3 },
        new("5 threads of 8", ("DOTNET_PROCESSOR_COUNT", "8")) { Threads = 5 },
        new("no profile for the JIT", ("DOTNET_TieredPGO", "0")),
        new("compiled once", ("DOTNET_TieredCompilation", "0")),
        new("no precompiled code", ("DOTNET_ReadyToRun", "0")),
        new("server's collector", ("DOTNET_gcServer", "1"), ("DOTNET_PROCESSOR_COUNT", "4")),
        new("collector in the foreground", ("DOTNET_gcConcurrent", "0")),
        new("decimal comma", ("LC_ALL", "de_DE.UTF-8"), ("TZ", "Asia/Kolkata")) { HasDecimalComma = true },
    ];

    /// <inheritdoc/>
    public override int RoundsOfAProcess => 10;

    /// <inheritdoc/>
    public override bool MustAgree => true;

    /// <inheritdoc/>
    public override string Run(long seed, int rounds, CaseFile current)
    {
        string hashes = "";
        for (long round = seed; round < seed + rounds; round++)
        {
            // Large enough that threads share the products and the passes over elements.
            var single = new SmallTraining<float>(round, samples: 400, batch: 256, features: 80, hidden: 128);
            var twice = new SmallTraining<double>(round, samples: 400, batch: 256, features: 80, hidden: 128);
            for (int epoch = 0; epoch < Epochs; epoch++)
            {
                current.Begin(round, epoch, "epoch");
                current.Add("threads", ComputeThreads.Count);
                single.Epoch();
                twice.Epoch();
            }

            hashes = single.Hash() + twice.Hash() + hashes;
            foreach (string kind in NetworkTraining<float>.Kinds)
            {
                hashes += HashOfKind<float>(kind, round, current) + HashOfKind<double>(kind, round, current);
            }
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(hashes)))[..16];
        return $"{2 * (1 + NetworkTraining<float>.Kinds.Count) * rounds} trainings, float and double, weights {hash}";
    }

    private static string HashOfKind<T>(string kind, long round, CaseFile current) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var training = new NetworkTraining<T>(kind, round);
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            current.Begin(round, epoch, kind);
            current.Add("threads", ComputeThreads.Count);
            training.Epoch();
        }

        return training.Hash();
    }
}
