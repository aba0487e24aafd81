namespace NeuralNet.Tests.Support;

/// <summary>What an action allocates once it is warm.</summary>
internal static class Allocation
{
    /// <summary>Bytes that the calling thread allocates in a number of runs after a warm-up.</summary>
    public static long OfThread(Action action, int runs = 20)
    {
        Warm(action);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < runs; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Bytes that all threads of the process allocate in a number of runs after a warm-up: the least of several tries,
    /// since the test host allocates now and then on threads of its own.</summary>
    public static long OfProcess(Action action, int runs = 20)
    {
        Warm(action);
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 20 && least > 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < runs; i++)
            {
                action();
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }

    private static void Warm(Action action)
    {
        for (int i = 0; i < 50; i++)
        {
            action();
        }
    }
}
