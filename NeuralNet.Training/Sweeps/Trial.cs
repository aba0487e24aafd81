using NeuralNet.Training.Fitting;

namespace NeuralNet.Training.Sweeps;

/// <summary>One training of a <see cref="Sweep"/>: its settings.</summary>
/// <param name="Number">Its number among the trials of the sweep, from 0.</param>
/// <param name="Settings">The settings, in the order of the search space.</param>
public sealed record Trial(int Number, IReadOnlyList<NamedValue> Settings)
{
    /// <summary>The value of a setting.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those there are.</exception>
    public double this[string name]
    {
        get
        {
            foreach (NamedValue setting in Settings)
            {
                if (setting.Name == name)
                {
                    return setting.Value;
                }
            }

            throw new ArgumentException($"There is no setting '{name}'; there are: {string.Join(", ", Settings.Select(setting => setting.Name))}.", nameof(name));
        }
    }

    /// <summary><c>rate 0.1, hidden 32</c>.</summary>
    public override string ToString() => string.Join(", ", Settings);
}
