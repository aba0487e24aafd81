using System.Diagnostics;

namespace NeuralNet.Benchmarks.Limits;

/// <summary>Several threads that start the same work at the same moment.</summary>
internal static class Together
{
    /// <summary>Seconds from the common start to the end of the last thread.</summary>
    /// <param name="threads">How many.</param>
    /// <param name="work">What each does; it gets its number.</param>
    public static double Seconds(int threads, Action<int> work)
    {
        using var start = new Barrier(threads);
        var begin = new long[threads];
        var end = new long[threads];
        Thread[] all = [.. Enumerable.Range(0, threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            begin[number] = Stopwatch.GetTimestamp();
            work(number);
            end[number] = Stopwatch.GetTimestamp();
        }))];
        Array.ForEach(all, thread => thread.Start());
        Array.ForEach(all, thread => thread.Join());
        return Stopwatch.GetElapsedTime(begin.Min(), end.Max()).TotalSeconds;
    }
}
