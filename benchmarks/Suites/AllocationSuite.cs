using NeuralNet.Benchmarks.Cases;
using NeuralNet.Benchmarks.Jobs;
using NeuralNet.Benchmarks.Limits;
using NeuralNet.Benchmarks.Reports;

namespace NeuralNet.Benchmarks.Suites;

/// <summary>Bytes that ours allocates in steady state, on all threads: a training step with full and partial batches in turn, and an inference.</summary>
internal sealed class AllocationSuite : ISuite
{
    private const int WarmUps = 4;
    private const int Repetitions = 10;

    public string Name => "alloc";

    public IEnumerable<string> Cases => NetworkCases.Eight.Select(network => network.Name);

    public IEnumerable<Row> Run(Options options, MachineLimits limits)
    {
        foreach (Network network in NetworkCases.Eight.Where(network => options.Wants(network.Name)))
        {
            var run = new TrainingRun<float>(network);
            int partial = Math.Max(1, network.Batch * 3 / 4);
            double step = BytesPerCall(StepJob.OnBatch(run, network, network.Batch), StepJob.OnBatch(run, network, partial));
            yield return Row.Own(Name, $"step {network.Name}, {partial} in turn", "bytes", step, 0);

            double inference = BytesPerCall(InferJob.OnBatch(run.Model, network, network.Batch), InferJob.OnBatch(run.Model, network, 1));
            yield return Row.Own(Name, $"infer {network.Name}, 1 in turn", "bytes", inference, 0);
        }
    }

    private static double BytesPerCall(params Action[] turns)
    {
        long before = 0;
        for (int i = -WarmUps; i < Repetitions; i++)
        {
            if (i == 0)
            {
                before = GC.GetTotalAllocatedBytes(precise: true);
            }

            foreach (Action turn in turns)
            {
                turn();
            }
        }

        return (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / (Repetitions * turns.Length);
    }
}
