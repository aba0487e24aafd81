namespace NeuralNet.Core.GradientChecking;

/// <summary>How a <see cref="GradientCheck"/> is made.</summary>
public sealed record GradientCheckOptions
{
    /// <summary>The options that hold where none are given.</summary>
    public static GradientCheckOptions Default { get; } = new();

    /// <summary>Seed of the random upstream gradient, of the choice of entries and of the directions. Default 0; any value.</summary>
    public int Seed { get; init; }

    /// <summary>The largest relative error that is <see cref="GradientVerdict.Good"/>. Default 1e-7, from the lecture course;
    /// above 0 and at most 1e-2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public double Tolerance
    {
        get;
        init
        {
            if (!(value > 0 && value <= 1e-2))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "Tolerance must be above 0 and at most 1e-2.");
            }

            field = value;
        }
    } = 1e-7;

    /// <summary>A variable of up to so many entries is compared entry by entry. Of larger ones <see cref="DrawnEntries"/> are drawn at random (of this and that the
    /// smaller number), and all are compared together along <see cref="Directions"/>. Default 100; 1 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int EntriesPerVariable
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 100;

    /// <summary>How many entries are drawn of a variable that has more than <see cref="EntriesPerVariable"/>. Default 20; 1 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int DrawnEntries
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 20;

    /// <summary>Along how many random directions over all its entries a variable is compared that has more than <see cref="EntriesPerVariable"/>; each misses an error
    /// of n times what it can tell with a probability of 0.8/n. Default 4; 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Directions
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 4;

    /// <summary>Numbers that a wrong gradient may have as a factor, by the names that a diagnosis calls them: learning rate, strength of
    /// regularisation, number of steps. Sizes such as that of the batch are known without. Default: none.</summary>
    public IReadOnlyDictionary<string, double> NamedNumbers { get; init; } = new Dictionary<string, double>();

    /// <summary>Called before every forward pass. Freezes randomness: reseed the generators of dropout and the like here, so that all
    /// evaluations draw the same numbers. Default: nothing.</summary>
    public Action? BeforeForward { get; init; }
}
