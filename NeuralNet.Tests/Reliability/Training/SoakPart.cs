using System.Diagnostics;
using NeuralNet.Tests.Reliability.Running;

namespace NeuralNet.Tests.Reliability.Training;

/// <summary>Trains for a long time: after the first steps the thread that trains allocates no byte and the others none that grow with the steps, the
/// memory of the process does not grow, the loss stays finite. Full and partial batches and evaluations alternate.</summary>
internal sealed class SoakPart : Part
{
    private const int StepsPerRound = 20_000;

    // Steps until the JIT has done its last work.
    private const int WarmSteps = 5_000;

    // What all threads together may allocate after that, in however many steps: where the runtime compiles a method anew it may take a table of its
    // own, of 24,600 bytes, once (with DOTNET_TieredCompilation=0: none). An object of 24 bytes in each epoch of three steps is 160,000 a round.
    private const long RuntimeBytes = 64 << 10;

    // What a process may grow by after that: the runtime's own, such as compiled code and stacks of threads.
    private const long GrowthBytes = 32L << 20;

    /// <inheritdoc/>
    public override string Name => "soak";

    /// <inheritdoc/>
    public override string Summary => "training without end: bytes allocated, memory of the process, finite losses";

    /// <inheritdoc/>
    public override IReadOnlyList<Variant> Variants { get; } = [new("", ("DOTNET_PROCESSOR_COUNT", "2"))];

    /// <inheritdoc/>
    public override string Run(long seed, int rounds, CaseFile current)
    {
        var training = new SmallTraining<float>(seed, samples: 150, batch: 64, features: 40, hidden: 48);
        for (int i = 1; i <= 100; i++)
        {
            RunTo(training, i * WarmSteps / 100, seed, current);
            _ = Resident();
        }

        long resident = Resident(), most = resident, steps = training.Steps, end = steps + ((long)StepsPerRound * rounds), ofAll = 0;
        int collections = GC.CollectionCount(0);
        while (training.Steps < end)
        {
            long before = GC.GetAllocatedBytesForCurrentThread(), beforeOfAll = GC.GetTotalAllocatedBytes(precise: true);
            RunTo(training, Math.Min(end, training.Steps + StepsPerRound), seed, current);
            ofAll += GC.GetTotalAllocatedBytes(precise: true) - beforeOfAll;
            long own = GC.GetAllocatedBytesForCurrentThread() - before;
            if (own != 0 || ofAll > RuntimeBytes)
            {
                throw new DefectException($"the training thread allocated {own} bytes and all threads {ofAll} in {training.Steps - steps} steps");
            }

            most = Math.Max(most, Resident());
            if (most - resident > GrowthBytes)
            {
                throw new DefectException($"the process grew from {resident >> 20} to {most >> 20} MiB in {training.Steps - steps} steps");
            }
        }

        return $"{training.Steps - steps} steps, 0 bytes allocated by the training thread and {ofAll} by all, {GC.CollectionCount(0) - collections} collections, resident {resident >> 20} MiB at first and " +
            $"{most >> 20} MiB at most, last loss {training.LastLoss:0.000000}, weights {training.Hash()}";
    }

    private static void RunTo(SmallTraining<float> training, long end, long seed, CaseFile current)
    {
        while (training.Steps < end)
        {
            current.Begin(seed, training.Steps, "epoch from this step");
            training.Epoch();
            if (!float.IsFinite(training.LastLoss))
            {
                throw new DefectException($"the loss is {training.LastLoss} after {training.Steps} steps");
            }
        }
    }

    private static long Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
