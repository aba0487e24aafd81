using NeuralNet.Training.Fitting;

namespace NeuralNet.Training.Sweeps;

/// <summary>What came of a <see cref="Sweeps.Trial"/>.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Figures">What the training measured; empty where it failed.</param>
/// <param name="Problem">Why it failed, such as a loss that was not finite; null where it did not.</param>
public sealed record TrialResult(Trial Trial, IReadOnlyList<NamedValue> Figures, string? Problem)
{
    /// <summary>A figure; NaN where the trial failed or has none of that name.</summary>
    /// <param name="name">Its name.</param>
    public double this[string name]
    {
        get
        {
            foreach (NamedValue figure in Figures)
            {
                if (figure.Name == name)
                {
                    return figure.Value;
                }
            }

            return double.NaN;
        }
    }
}
