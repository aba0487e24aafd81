namespace NeuralNet.Training.Reports;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Css">The class that gives it its colour: <c>a</c>, <c>b</c> or <c>c</c>.</param>
/// <param name="Values">Its numbers, one an epoch; those that are not finite are gaps.</param>
/// <param name="Best">The position of the best of them, which gets a ring; null for none.</param>
internal sealed record Curve(string Name, string Css, IReadOnlyList<double> Values, int? Best = null)
{
    private const int MaxBuckets = 300;

    /// <summary>Which epochs are drawn, in order: all where they are few, otherwise the smallest and the largest of each piece, which looks the same. A
    /// piece without numbers keeps a gap.</summary>
    public IReadOnlyList<int> DrawnEpochs()
    {
        if (Values.Count <= 2 * MaxBuckets)
        {
            return [.. Enumerable.Range(0, Values.Count)];
        }

        SortedSet<int> drawn = [0, Values.Count - 1];
        for (int bucket = 0; bucket < MaxBuckets; bucket++)
        {
            int start = (int)((long)bucket * Values.Count / MaxBuckets), end = (int)((long)(bucket + 1) * Values.Count / MaxBuckets);
            (int smallest, int largest) = (start, start);
            for (int i = start; i < end; i++)
            {
                smallest = Axis.IsDrawable(Values[i]) && !(Values[i] >= Values[smallest]) ? i : smallest;
                largest = Axis.IsDrawable(Values[i]) && !(Values[i] <= Values[largest]) ? i : largest;
            }

            drawn.Add(smallest);
            drawn.Add(largest);
        }

        return [.. drawn];
    }
}
