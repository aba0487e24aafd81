namespace NeuralNet.Benchmarks.Ranks;

/// <summary>What a step costs on many machines, of one rank each: <c>compute + what of the sums does not hide behind the backward pass</c>. See docs/cluster.md.</summary>
/// <param name="Latency">Seconds from one machine to another, for a message of a byte.</param>
/// <param name="Overhead">Seconds that a rank spends on each message.</param>
/// <param name="Bandwidth">Bytes a second that go out of a machine and into it.</param>
/// <param name="SumRate">Bytes a second that a rank adds up.</param>
internal sealed record ClusterModel(double Latency, double Overhead, double Bandwidth, double SumRate)
{
    // As the library: bytes of a bucket, and the part of a step's time that is its backward pass.
    private const double Bucket = 1 << 20, Backward = 2.0 / 3;

    /// <summary>Seconds of the sums of all gradients over the ranks, were nothing hidden.</summary>
    /// <param name="ranks">How many ranks, one a machine.</param>
    /// <param name="bytes">Bytes of the gradients.</param>
    public double Sums(int ranks, double bytes) => ranks == 1 ? 0 : (Math.Ceiling(bytes / Bucket) * Fixed(ranks)) + (bytes * PerByte(ranks));

    /// <summary>How many times as many samples a second as one rank gets through.</summary>
    /// <param name="ranks">How many ranks, one a machine.</param>
    /// <param name="bytes">Bytes of the gradients.</param>
    /// <param name="step">Seconds of a step of one rank, with as many samples as each rank has.</param>
    public double Speedup(int ranks, double bytes, double step)
    {
        double last = ranks == 1 ? 0 : Fixed(ranks) + (Math.Min(Bucket, bytes) * PerByte(ranks));
        double exposed = Math.Max(last, Sums(ranks, bytes) - (Backward * step));
        return ranks * step / (step + exposed);
    }

    // Two rounds of messages to all others.
    private double Fixed(int ranks) => (2 * Latency) + (2 * (ranks - 1) * Overhead);

    private double PerByte(int ranks) => (ranks - 1.0) / ranks * ((2 / Bandwidth) + (1 / SumRate));
}
