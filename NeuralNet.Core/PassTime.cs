namespace NeuralNet.Core;

/// <summary>When a pass began, among the passes of its thread.</summary>
/// <param name="Thread">The thread; 0 for no pass.</param>
/// <param name="Count">The passes of the thread up to this one.</param>
internal readonly record struct PassTime(int Thread, long Count)
{
    [ThreadStatic]
    private static long _count;

    /// <summary>The time of a pass that begins now.</summary>
    public static PassTime Next() => new(Environment.CurrentManagedThreadId, ++_count);

    /// <summary>Whether the pass is known to be later than another: both ran on one thread.</summary>
    public bool IsAfter(PassTime other) => Thread != 0 && Thread == other.Thread && Count > other.Count;
}
