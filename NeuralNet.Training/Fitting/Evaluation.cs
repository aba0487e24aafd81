namespace NeuralNet.Training.Fitting;

/// <summary>What a network achieves on some data, in evaluation mode.</summary>
/// <param name="Samples">How many samples there were.</param>
/// <param name="Loss">The mean over the samples of the batches' losses.</param>
/// <param name="Metrics">The metrics by their names, in their order.</param>
public sealed record Evaluation(long Samples, double Loss, IReadOnlyList<NamedValue> Metrics)
{
    /// <summary>The metric of a name.</summary>
    /// <param name="name">Its name, such as <c>accuracy</c>.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those there are.</exception>
    public double this[string name]
    {
        get
        {
            foreach (NamedValue metric in Metrics)
            {
                if (metric.Name == name)
                {
                    return metric.Value;
                }
            }

            throw new ArgumentException(
                $"There is no metric '{name}'; there {(Metrics.Count == 0 ? "is none" : $"are: {string.Join(", ", Metrics.Select(metric => metric.Name))}")}.", nameof(name));
        }
    }

    /// <summary><c>loss 0.1234, accuracy 0.9812</c>.</summary>
    public override string ToString() => string.Join(", ", Metrics.Prepend(new NamedValue("loss", Loss)));
}
