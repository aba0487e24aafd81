namespace NeuralNet.Training.LearningRates;

/// <summary>How a <see cref="LearningRateFinder"/> goes through the rates.</summary>
public sealed record LearningRateFinderOptions
{
    /// <summary>The options that hold where none are given.</summary>
    public static LearningRateFinderOptions Default { get; } = new();

    /// <summary>The rate of the first step. Default 10⁻⁷; above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public double Lowest
    {
        get;
        init
        {
            Require.Positive(value, nameof(Lowest));
            field = value;
        }
    } = 1e-7;

    /// <summary>The rate of the last step. Default 10; above <see cref="Lowest"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public double Highest
    {
        get;
        init
        {
            Require.Positive(value, nameof(Highest));
            field = value;
        }
    } = 10;

    /// <summary>Steps, the rates of which are in the ratio of neighbours. Default 100; 3 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 3.</exception>
    public int Steps
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 3, nameof(Steps));
            field = value;
        }
    } = 100;

    /// <summary>β of the running mean of the losses. Default 0.9, a mean of about ten; from 0 (none) to below 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public double Smoothing
    {
        get;
        init
        {
            Require.FractionBelowOne(value, nameof(Smoothing));
            field = value;
        }
    } = 0.9;

    /// <summary>The search ends when the smoothed loss is as many times the best one. Default 4; 1 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public double DivergenceFactor
    {
        get;
        init
        {
            Require.OneOrMore(value, nameof(DivergenceFactor));
            field = value;
        }
    } = 4;
}
