namespace NeuralNet.Layers.Attention;

/// <summary>A table with a row for each step, as long as somebody has needed it, and no longer than the context: so a context costs nothing before it is used.</summary>
/// <remarks><b>Threads.</b> Safe to use from several: two may make the same table.</remarks>
/// <typeparam name="TTable">The table; its rows do not depend on how many there are.</typeparam>
/// <param name="context">The most steps.</param>
/// <param name="make">Makes the table of so many steps.</param>
internal sealed class StepTable<TTable>(int context, Func<int, TTable> make) where TTable : class
{
    private const int Fewest = 16;

    private volatile Entry? _made;

    /// <summary>A table of at least so many steps.</summary>
    /// <param name="steps">At most the context.</param>
    public TTable Of(int steps)
    {
        Entry? made = _made;
        if (made is null || made.Steps < steps)
        {
            // Twice as many as before, so that going step by step makes few.
            int length = Math.Min(context, (int)Math.Max(Math.Max(Fewest, steps), Math.Min(2L * (made?.Steps ?? 0), int.MaxValue)));
            _made = made = new Entry(length, make(length));
        }

        return made.Table;
    }

    private sealed record Entry(int Steps, TTable Table);
}
