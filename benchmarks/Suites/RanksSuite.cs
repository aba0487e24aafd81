using NeuralNet.Benchmarks.Limits;
using NeuralNet.Benchmarks.Ranks;
using NeuralNet.Benchmarks.Reports;

namespace NeuralNet.Benchmarks.Suites;

/// <summary>A training step shared by several ranks of this machine, beside one rank with all threads and PyTorch's DistributedDataParallel; and sums over ranks.</summary>
internal sealed class RanksSuite : ISuite
{
    private static readonly int[] s_batches = [128, 512, 2048];
    private static readonly int[] s_ranks = [1, 2, 4];
    private static readonly int[] s_several = [2, 4];
    private static readonly int[] s_lengths = [256, 65_536, 1_863_690];

    public string Name => "ranks";

    public IEnumerable<string> Cases =>
        [.. s_batches.SelectMany(batch => s_ranks.Select(ranks => StepName(ranks, batch))), .. s_lengths.SelectMany(length => s_several.Select(ranks => SumName(ranks, length)))];

    public IEnumerable<Row> Run(Options options, MachineLimits limits)
    {
        foreach (int batch in s_batches)
        {
            foreach (int ranks in s_ranks.Where(ranks => options.Wants(StepName(ranks, batch))))
            {
                int threads = Math.Max(1, Environment.ProcessorCount / ranks);
                double? ours = Best(options, () => RankRun.Ours(ranks, threads, "step", $"{batch}"));
                var peers = new Dictionary<string, PeerFigure>();
                if (options.Peers && Best(options, () => RankRun.PyTorch(ranks, threads, batch)) is double theirs)
                {
                    peers["PyTorch"] = new PeerFigure(theirs, "gloo");
                }

                yield return new Row(Name, StepName(ranks, batch), "µs", ours, peers, null);
            }
        }

        foreach (int length in s_lengths)
        {
            foreach (int ranks in s_several.Where(ranks => options.Wants(SumName(ranks, length))))
            {
                yield return new Row(Name, SumName(ranks, length), "µs", Best(options, () => RankRun.Ours(ranks, 1, "sum", $"{length}")), new Dictionary<string, PeerFigure>(), null);
            }
        }
    }

    private static string StepName(int ranks, int batch) => $"step 784-1024-1024-10 batch {batch}, {ranks} {(ranks == 1 ? "rank" : "ranks")}";

    private static string SumName(int ranks, int length) => $"sum of {length} floats, {ranks} ranks";

    // Whatever else runs makes a job slower, never faster.
    private static double? Best(Options options, Func<double?> measure) => Enumerable.Range(0, options.Rounds).Select(_ => measure()).Min();
}
