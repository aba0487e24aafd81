namespace NeuralNet.Training.Reports;

/// <summary>The items of the largest losses, as many as are wanted. A loss that is NaN is worse than any number; of equal ones the first stays.</summary>
/// <param name="count">How many are kept, 0 or more.</param>
internal sealed class WorstOf<TItem>(int count)
{
    private readonly PriorityQueue<TItem, (double Loss, long Order)> _kept = new();
    private long _order;

    /// <summary>Takes an item where its loss is large enough.</summary>
    public void Add(TItem item, double loss)
    {
        _kept.Enqueue(item, (double.IsNaN(loss) ? double.PositiveInfinity : loss, -_order++));
        if (_kept.Count > count)
        {
            _kept.Dequeue();
        }
    }

    /// <summary>What was kept, the worst first.</summary>
    public IReadOnlyList<TItem> Items => [.. _kept.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)];
}
