using NeuralNet.Benchmarks.Peers;

namespace NeuralNet.Benchmarks.Measuring;

/// <summary>One peer in one setting, running, and what it has been measured at.</summary>
internal sealed class Contestant(Peer peer, Setting setting, PeerProcess process) : IDisposable
{
    // A block so much slower than the best one was disturbed by something that could not be seen, and is repeated.
    private const double MostOfBest = 1.25;
    private const int Attempts = 6;

    private readonly List<double> _times = [];
    private double _best = double.PositiveInfinity;

    public Peer Peer => peer;

    public Setting Setting => setting;

    /// <summary>Median of the blocks of the current case, in microseconds.</summary>
    public double Median => Statistics.Median(_times);

    /// <summary>How far apart the blocks of the current case were, as a fraction of the median.</summary>
    public double Spread => (_times.Max() - _times.Min()) / Median;

    /// <summary>Forgets the measurements of the last case.</summary>
    public void Clear()
    {
        _times.Clear();
        _best = double.PositiveInfinity;
    }

    /// <summary>Measures a block.</summary>
    public void Measure(string work, double milliseconds)
    {
        double time = process.RunUndisturbed(work, milliseconds);
        for (int attempt = 1; attempt < Attempts && time > MostOfBest * _best; attempt++)
        {
            time = process.RunUndisturbed(work, milliseconds);
        }

        _best = Math.Min(_best, time);
        _times.Add(time);
    }

    /// <summary>Runs a block that does not count.</summary>
    public void WarmUp(string work, double milliseconds) => process.Run(work, milliseconds);

    /// <summary>The accuracy that the runs so far have trained to.</summary>
    public double Score(string work) => process.Score(work);

    public void Dispose() => process.Dispose();
}
