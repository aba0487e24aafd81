using NeuralNet.Benchmarks.Cases;
using NeuralNet.Benchmarks.Peers;
using NeuralNet.Benchmarks.Reports;

namespace NeuralNet.Benchmarks.Limits;

/// <summary>What this machine can do at most, measured when the program starts.</summary>
internal sealed class MachineLimits
{
    private static readonly long[] Footprints = [1 << 19, 3 << 19, 8 << 20, 24 << 20, 256 << 20];

    private readonly Dictionary<(Element Element, int Threads), double> _peaks = [];
    private readonly Dictionary<(long Footprint, int Threads), double> _rates = [];

    private MachineLimits()
    {
        foreach (int threads in Settings.Threads())
        {
            foreach (Element element in Enum.GetValues<Element>())
            {
                _peaks[(element, threads)] = ArithmeticPeak.Measure(element, threads);
            }

            foreach (long footprint in Footprints)
            {
                _rates[(footprint, threads)] = MemoryRate.Measure(footprint, threads);
            }
        }
    }

    /// <summary>Measures them; takes some seconds.</summary>
    public static MachineLimits Measure() => new();

    /// <summary>How many times as fast all threads are as one, in arithmetic.</summary>
    public double Scaling(Element element) => Peak(element, Environment.ProcessorCount) / Peak(element, 1);

    /// <summary>The shortest time for the work: that of its arithmetic or that of its memory traffic, whichever is longer.</summary>
    public double Microseconds(Load load)
    {
        long footprint = Footprints.FirstOrDefault(size => size >= load.Footprint, Footprints[^1]);
        double rate = _rates[(footprint, Environment.ProcessorCount)];
        return Math.Max(load.Operations / Peak(load.Element, Environment.ProcessorCount), load.Traffic / rate) / 1000;
    }

    /// <summary>The limits themselves, to be printed.</summary>
    public IEnumerable<Row> Rows()
    {
        int width = ArithmeticPeak.VectorBits;
        foreach (((Element element, int threads), double peak) in _peaks)
        {
            yield return Row.OfMachine($"{element.Name()} multiply-adds, {width} bits, {Settings.Count(threads)}", "GFLOP/s", peak);
        }

        foreach (((long footprint, int threads), double rate) in _rates)
        {
            yield return Row.OfMachine($"memory, {footprint / 1048576.0} MiB, {Settings.Count(threads)}", "GB/s", rate);
        }
    }

    private double Peak(Element element, int threads) => _peaks[(element, threads)];
}
