using System.Diagnostics;

namespace NeuralNet.Benchmarks.Measuring;

/// <summary>A block of runs of one piece of work, without a break. The programs in Peers/Programs measure in the same way.</summary>
internal static class Block
{
    /// <summary>Median microseconds of one run: a fifth of the budget warms up, the rest is measured; no budget is one run.</summary>
    public static double Median(Action work, double milliseconds)
    {
        if (milliseconds == 0)
        {
            return Microseconds(work);
        }

        for (double spent = 0; spent < milliseconds * 200;)
        {
            spent += Microseconds(work);
        }

        var times = new List<double>();
        for (double spent = 0; spent < milliseconds * 800 || times.Count < 3; spent += times[^1])
        {
            times.Add(Microseconds(work));
        }

        return Statistics.Median(times);
    }

    private static double Microseconds(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }
}
