using System.Diagnostics;
using NeuralNet.Tests.Reliability.Running;

namespace NeuralNet.Tests.Reliability.Training;

/// <summary>Trains for a long time: after the first steps no byte is allocated by any thread, the memory of the process does not grow, the loss
/// stays finite. Full and partial batches and evaluations alternate.</summary>
internal sealed class SoakPart : Part
{
    private const int StepsPerRound = 20_000;

    // Steps until the JIT has done its last work.
    private const int WarmSteps = 5_000;

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
        RunTo(training, WarmSteps, seed, current);
        long resident = Resident(), allocated = Allocated(), most = resident, steps = training.Steps, end = steps + ((long)StepsPerRound * rounds);
        int collections = GC.CollectionCount(0);
        while (training.Steps < end)
        {
            RunTo(training, Math.Min(end, training.Steps + StepsPerRound), seed, current);
            long taken = Allocated() - allocated;
            if (taken != 0)
            {
                throw new DefectException($"{taken} bytes were allocated in {training.Steps - steps} steps, {training.LastLoss} being the last loss");
            }

            most = Math.Max(most, Resident());
            allocated = Allocated();
            if (most - resident > GrowthBytes)
            {
                throw new DefectException($"the process grew from {resident >> 20} to {most >> 20} MiB in {training.Steps - steps} steps");
            }
        }

        return $"{training.Steps - steps} steps, 0 bytes allocated, {GC.CollectionCount(0) - collections} collections, resident {resident >> 20} MiB at first and " +
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

    private static long Allocated() => GC.GetTotalAllocatedBytes(precise: true);

    private static long Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
