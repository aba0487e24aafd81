using NeuralNet.Core.Randomness;
using NeuralNet.Training.Fitting;

namespace NeuralNet.Training.Sweeps;

/// <summary>The settings that a <see cref="Sweep"/> goes through: named lists of values, and ranges.</summary>
/// <example>
/// <code>
/// var space = new SearchSpace().Add("hidden", 16, 32, 64).AddRange("rate", 1e-4, 1e-1, isLogarithmic: true);
/// IReadOnlyList&lt;Trial&gt; trials = space.Random(count: 40, seed: 1);
/// </code>
/// </example>
/// <remarks><b>Threads.</b> One, while it is built.</remarks>
public sealed class SearchSpace
{
    private readonly List<(string Name, double[] Values, Func<double, double>? OfUniform)> _settings = [];

    /// <summary>Adds a setting with some values.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">The values, one or more.</param>
    /// <returns>This space.</returns>
    /// <exception cref="ArgumentException">The name is empty or taken, or there are no values.</exception>
    public SearchSpace Add(string name, params ReadOnlySpan<double> values)
    {
        ThrowIfTaken(name);
        if (values.IsEmpty)
        {
            throw new ArgumentException($"The setting '{name}' has no values.", nameof(values));
        }

        _settings.Add((name, values.ToArray(), null));
        return this;
    }

    /// <summary>Adds a setting of any value in a range, for random search.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="from">The least value.</param>
    /// <param name="to">The largest, above the least.</param>
    /// <param name="isLogarithmic">Whether its logarithm is drawn uniformly, as it should be for a learning rate; then both are above 0.</param>
    /// <returns>This space.</returns>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The bounds are none.</exception>
    public SearchSpace AddRange(string name, double from, double to, bool isLogarithmic = false)
    {
        ThrowIfTaken(name);
        if (!(double.IsFinite(from) && double.IsFinite(to) && from < to && (!isLogarithmic || from > 0)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(from), from, $"The range of '{name}' goes from a finite number{(isLogarithmic ? " above 0" : "")} to a larger one, got {from} to {to}.");
        }

        _settings.Add((name, [], isLogarithmic ? u => from * Math.Pow(to / from, u) : u => from + ((to - from) * u)));
        return this;
    }

    /// <summary>Every value of each setting with every value of all others; the last setting changes fastest.</summary>
    /// <exception cref="InvalidOperationException">There is no setting, or one is a range.</exception>
    public IReadOnlyList<Trial> Grid()
    {
        ThrowIfEmpty();
        if (_settings.FirstOrDefault(setting => setting.OfUniform is not null) is { Name: { } range })
        {
            throw new InvalidOperationException($"A grid needs values, but '{range}' is a range: add its values, or search at random.");
        }

        IEnumerable<NamedValue[]> rows = [[]];
        foreach ((string name, double[] values, _) in _settings)
        {
            rows = rows.SelectMany(row => values.Select(value => (NamedValue[])[.. row, new NamedValue(name, value)])).ToArray();
        }

        return [.. rows.Select((row, number) => new Trial(number, row))];
    }

    /// <summary>Trials drawn at random, each a function of the seed and its number alone: more of them begin with the same.</summary>
    /// <param name="count">How many, 1 or more.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    /// <exception cref="InvalidOperationException">There is no setting.</exception>
    public IReadOnlyList<Trial> Random(int count, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ThrowIfEmpty();
        return [.. Enumerable.Range(0, count).Select(number =>
        {
            var random = new Philox(seed, (ulong)number);
            return new Trial(number, [.. _settings.Select(setting => new NamedValue(
                setting.Name, setting.OfUniform?.Invoke(random.NextDouble()) ?? setting.Values[random.Next(setting.Values.Length)]))]);
        })];
    }

    private void ThrowIfTaken(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (_settings.Any(setting => setting.Name == name))
        {
            throw new ArgumentException($"There is a setting '{name}' already.", nameof(name));
        }
    }

    private void ThrowIfEmpty()
    {
        if (_settings.Count == 0)
        {
            throw new InvalidOperationException("There is no setting to search.");
        }
    }
}
