using System.Runtime.CompilerServices;

namespace NeuralNet.Core;

/// <summary>Numbers passes in the order in which a thread begins them; the upper bits tell the thread.</summary>
internal static class PassTime
{
    // A thread counts a trillion passes.
    private const int BitsOfCount = 40;

    private static long _threads;

    [ThreadStatic]
    private static long _now;

    /// <summary>The time of a pass that begins now; never 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Next()
    {
        long now = _now;
        return _now = (now == 0 ? FirstOfThread() : now) + 1;
    }

    /// <summary>Whether a pass is known to be later than another: both ran on one thread. 0 stands for no pass.</summary>
    public static bool IsAfter(long time, long other) => time > other && time >> BitsOfCount == other >> BitsOfCount;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long FirstOfThread() => Interlocked.Increment(ref _threads) << BitsOfCount;
}
