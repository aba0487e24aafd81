using NeuralNet.Tests.Reliability.Running;

namespace NeuralNet.Tests.Reliability.Training;

/// <summary>Many threads that start at one moment.</summary>
internal static class Together
{
    /// <summary>Calls a body from several threads at once and returns when all have ended.</summary>
    /// <param name="threads">How many.</param>
    /// <param name="body">Gets the number of its thread.</param>
    /// <exception cref="DefectException">A body has thrown; the first is told.</exception>
    public static void Run(int threads, Action<int> body)
    {
        Exception? first = null;
        using var start = new Barrier(threads);
        Thread[] all = [.. Enumerable.Range(0, threads).Select(index => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                body(index);
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref first, exception, null);
            }
        }))];
        Array.ForEach(all, thread => thread.Start());
        Array.ForEach(all, thread => thread.Join());
        if (first is not null)
        {
            throw first as DefectException ?? new DefectException($"a thread failed: {first}");
        }
    }
}
