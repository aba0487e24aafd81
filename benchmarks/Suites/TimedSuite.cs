using NeuralNet.Benchmarks.Cases;
using NeuralNet.Benchmarks.Limits;
using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Peers;
using NeuralNet.Benchmarks.Reports;

namespace NeuralNet.Benchmarks.Suites;

/// <summary>Pieces of work that ours and the peers do side by side.</summary>
internal sealed class TimedSuite(string name, IEnumerable<Case> cases) : ISuite
{
    public string Name => name;

    public IEnumerable<string> Cases => cases.Select(work => work.Name);

    public IEnumerable<Row> Run(Options options, MachineLimits limits)
    {
        Case[] wanted = [.. cases.Where(work => options.Wants(work.Name))];
        string[] kinds = [.. wanted.Select(work => work.Kind).Distinct()];
        using var sitting = new Sitting([PeerCatalog.Ours, .. options.Peers ? PeerCatalog.Others : []], kinds, options.Rounds);
        foreach (Case work in wanted)
        {
            IReadOnlyList<Contestant> measured = sitting.Measure(work);
            yield return Times(work, measured, limits);
            if (work.Kind == "epoch")
            {
                yield return Accuracy(work, measured);
            }
        }
    }

    private Row Times(Case work, IReadOnlyList<Contestant> measured, MachineLimits limits)
    {
        double InUnit(double microseconds) => work.Unit.From(microseconds, work.Load.Operations);
        Contestant? ours = measured.FirstOrDefault(contestant => contestant.Peer.IsOurs);
        Dictionary<string, PeerFigure> peers = Best(measured)
            .ToDictionary(best => best.Peer.Name, best => new PeerFigure(InUnit(best.Median), best.Setting.Name));
        return new Row(
            name, work.Name, work.Unit.Name, ours is null ? null : InUnit(ours.Median), peers, InUnit(limits.Microseconds(work.Load)))
        {
            IsRate = work.Unit.IsRate,
            Spread = ours?.Spread ?? 0,
        };
    }

    private Row Accuracy(Case work, IReadOnlyList<Contestant> measured)
    {
        double Score(Contestant contestant) => contestant.Score(contestant.Peer.Work(work));
        Contestant? ours = measured.FirstOrDefault(contestant => contestant.Peer.IsOurs);
        return new Row(
            name, $"{work.Name}, test accuracy", "fraction", ours is null ? null : Score(ours),
            Best(measured).ToDictionary(best => best.Peer.Name, best => new PeerFigure(Score(best), best.Setting.Name)), Limit: null)
        {
            IsRate = true,
        };
    }

    // The fastest setting of each peer.
    private static IEnumerable<Contestant> Best(IEnumerable<Contestant> measured) => measured
        .Where(contestant => !contestant.Peer.IsOurs)
        .GroupBy(contestant => contestant.Peer)
        .Select(settings => settings.MinBy(contestant => contestant.Median)!);
}
