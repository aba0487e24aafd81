using System.Diagnostics;

namespace NeuralNet.Benchmarks.Limits;

/// <summary>Several threads that start the same work at the same moment.</summary>
internal static class Together
{
    /// <summary>Seconds from the common start to the end of the last thread, in the fastest of several repetitions.</summary>
    /// <param name="threads">How many.</param>
    /// <param name="repetitions">How often; the first ones let the system spread the threads over the processors.</param>
    /// <param name="work">What each does; it gets its number.</param>
    public static double FastestSeconds(int threads, int repetitions, Action<int> work)
    {
        using var start = new Barrier(threads);
        var begin = new long[repetitions, threads];
        var end = new long[repetitions, threads];
        Thread[] all = [.. Enumerable.Range(0, threads).Select(number => new Thread(() =>
        {
            for (int repetition = 0; repetition < repetitions; repetition++)
            {
                start.SignalAndWait();
                begin[repetition, number] = Stopwatch.GetTimestamp();
                work(number);
                end[repetition, number] = Stopwatch.GetTimestamp();
            }
        }))];
        Array.ForEach(all, thread => thread.Start());
        Array.ForEach(all, thread => thread.Join());
        int[] numbers = [.. Enumerable.Range(0, threads)];
        return Enumerable.Range(0, repetitions)
            .Min(repetition => Stopwatch.GetElapsedTime(numbers.Min(n => begin[repetition, n]), numbers.Max(n => end[repetition, n])).TotalSeconds);
    }
}
