using NeuralNet.Benchmarks.Cases;
using NeuralNet.Benchmarks.Limits;
using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Peers;
using NeuralNet.Benchmarks.Reports;

namespace NeuralNet.Benchmarks.Suites;

/// <summary>How many times as fast ours is with all processors as with one.</summary>
internal sealed class ScalingSuite : ISuite
{
    private static readonly int[] Sizes = [256, 1024];

    public string Name => "scaling";

    public IEnumerable<string> Cases => All().Select(work => work.Name);

    public IEnumerable<Row> Run(Options options, MachineLimits limits)
    {
        Case[] wanted = [.. All().Where(work => options.Wants(work.Name))];
        using var sitting = new Sitting([PeerCatalog.OursByThreads], [.. wanted.Select(work => work.Kind)], options.Rounds);
        foreach (Case work in wanted)
        {
            IReadOnlyList<Contestant> measured = sitting.Measure(work);
            if (measured.Count == PeerCatalog.OursByThreads.Settings.Count)
            {
                yield return Row.Own(
                    Name, $"{(work.Name.StartsWith(work.Kind) ? "" : $"{work.Kind} ")}{work.Name}", $"× {measured[0].Setting.Name}", measured[0].Median / measured[^1].Median,
                    limits.Scaling(work.Load.Element)) with
                { IsRate = true };
            }
        }
    }

    private static IEnumerable<Case> All() =>
    [
        .. from element in Enum.GetValues<Element>() from size in Sizes select GemmCases.Product(element, "NN", size, size, size),
        .. NetworkCases.Steps(),
        .. NetworkCases.Inferences(),
    ];
}
