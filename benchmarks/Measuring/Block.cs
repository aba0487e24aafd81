using System.Diagnostics;

namespace NeuralNet.Benchmarks.Measuring;

/// <summary>A block of runs of one piece of work, without a break. The programs in Peers/Programs measure in the same way.</summary>
internal static class Block
{
    // Runs shorter than this are timed several at once: reading the clock takes some hundredths of a microsecond.
    private const double ShortestTiming = 5;

    /// <summary>Median microseconds of one run: a fifth of the budget warms up, the rest is measured; no budget is one run.</summary>
    public static double Median(Action work, double milliseconds)
    {
        if (milliseconds == 0)
        {
            return Microseconds(work, 1);
        }

        double last = 0;
        for (double spent = 0; spent < milliseconds * 200; spent += last)
        {
            last = Microseconds(work, 1);
        }

        int runs = Math.Max(1, (int)(ShortestTiming / Math.Max(last, 0.01)));
        var times = new List<double>();
        for (double spent = 0; spent < milliseconds * 800 || times.Count < 3; spent += runs * times[^1])
        {
            times.Add(Microseconds(work, runs));
        }

        return Statistics.Median(times);
    }

    private static double Microseconds(Action work, int runs)
    {
        long start = Stopwatch.GetTimestamp();
        for (int run = 0; run < runs; run++)
        {
            work();
        }

        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / runs;
    }
}
