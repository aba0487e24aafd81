using NeuralNet.Benchmarks.Cases;
using NeuralNet.Benchmarks.Peers;

namespace NeuralNet.Benchmarks.Measuring;

/// <summary>
/// Contestants measured side by side: in each round every one runs one block, so that whatever the machine does meanwhile
/// (its clock, its temperature, its other guests) meets all of them.
/// </summary>
/// <remarks>Each contestant is a process of its own that waits for its turn without computing. Between two blocks is a pause that is
/// longer than the time for which idle threads of the BLAS and OpenMP libraries spin.</remarks>
internal sealed class Sitting : IDisposable
{
    private const double BlockMilliseconds = 100;
    private const int OwnWarmUpBlocks = 15;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    private readonly List<Contestant> _contestants = [];
    private readonly int _rounds;

    /// <summary>Starts every setting of the peers that do some of the kinds of work. One that does not start is left out by name.</summary>
    public Sitting(IEnumerable<Peer> peers, IReadOnlyCollection<string> kinds, int rounds)
    {
        _rounds = rounds;
        foreach (Peer peer in peers.Where(peer => peer.Kinds.Intersect(kinds).Any()))
        {
            try
            {
                _contestants.AddRange(peer.Settings.Select(setting => new Contestant(peer, setting, peer.Start(setting))));
            }
            catch (PeerException failure)
            {
                Console.WriteLine($"{peer.Name} is left out: {failure.Message}");
            }
        }
    }

    /// <summary>The measurements of one case by all that do such work.</summary>
    public IReadOnlyList<Contestant> Measure(Case work)
    {
        List<Contestant> able = [.. _contestants.Where(contestant => contestant.Peer.Kinds.Contains(work.Kind))];
        able.ForEach(contestant => contestant.Clear());
        bool isSingleRun = work.Kind == "epoch";
        for (int round = 0; round <= _rounds; round++)
        {
            foreach (Contestant contestant in able.ToArray())
            {
                Thread.Sleep(Pause);
                try
                {
                    TakeTurn(contestant, contestant.Peer.Work(work), round, isSingleRun ? 0 : BlockMilliseconds);
                }
                catch (PeerException failure)
                {
                    Console.WriteLine($"{contestant.Peer.Name} ({contestant.Setting.Name}) is left out from {work.Name} on: {failure.Message}");
                    able.Remove(contestant);
                    _contestants.Remove(contestant);
                    contestant.Dispose();
                }
            }
        }

        return able;
    }

    public void Dispose() => _contestants.ForEach(contestant => contestant.Dispose());

    // The round before the first lets buffers be allocated and code be compiled; ours is compiled in steps while it runs. A single run is
    // long and may train: every contestant does as many.
    private static void TakeTurn(Contestant contestant, string work, int round, double milliseconds)
    {
        if (round > 0)
        {
            contestant.Measure(work, milliseconds);
            return;
        }

        int times = milliseconds == 0 ? 2 : contestant.Peer.IsOurs ? OwnWarmUpBlocks : 1;
        for (int time = 0; time < times; time++)
        {
            contestant.WarmUp(work, milliseconds);
        }
    }
}
