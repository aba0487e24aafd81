namespace NeuralNet.Core.Differentiation;

/// <summary>A straight line through the point where variables stand: entries of one variable or of several, each with a speed.</summary>
internal sealed class Movement
{
    private readonly Part[] _parts;

    /// <summary>The line along which the parts move.</summary>
    /// <param name="parts">Variables with their entries and the speed of each.</param>
    public Movement(params IEnumerable<(NamedMatrix<double> Variable, int[] Entries, double[] Speeds)> parts)
    {
        _parts = [.. parts.Select(p => new Part(p.Variable, p.Entries, p.Speeds, [.. p.Entries.Select(entry => p.Variable[entry])]))];
        Part first = _parts[0];
        bool isOne = _parts.Length == 1 && first.Entries.Length == 1;
        At = isOne ? first.Start[0] : Math.Sqrt(_parts.Sum(p => p.Start.Sum(x => x * x)) / _parts.Sum(p => p.Start.Length));
        Width = isOne && first.Speeds[0] == 1
            ? step => first.Start[0] + step - (first.Start[0] - step)
            : step => 2 * step;
    }

    /// <summary>A line along one entry.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="entry">Position in it, column after column.</param>
    public Movement(NamedMatrix<double> variable, int entry)
        : this((variable, [entry], [1.0]))
    {
    }

    /// <summary>The size of what moves: the value of one entry, the root of the mean square of several.</summary>
    public double At { get; }

    /// <summary>How far apart the points at ±step are, with the rounding of the variable.</summary>
    public Func<double, double> Width { get; }

    /// <summary>Moves to a place on the line, 0 being where the variables stood.</summary>
    /// <param name="place">The place.</param>
    public void To(double place)
    {
        foreach (Part part in _parts)
        {
            for (int i = 0; i < part.Entries.Length; i++)
            {
                part.Variable[part.Entries[i]] = place == 0 ? part.Start[i] : part.Start[i] + (place * part.Speeds[i]);
            }
        }
    }

    private sealed record Part(NamedMatrix<double> Variable, int[] Entries, double[] Speeds, double[] Start);
}
