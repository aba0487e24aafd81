namespace NeuralNet.Training.SanityChecking;

/// <summary>How a <see cref="SanityCheck"/> is made.</summary>
public sealed record SanityCheckOptions
{
    /// <summary>The options that hold where none are given.</summary>
    public static SanityCheckOptions Default { get; } = new();

    /// <summary>The loss that an untrained network should have. Null (the default): −log(1/C) nats for a softmax over C classes, and for
    /// other losses the initial loss is printed without a verdict.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public double? ExpectedInitialLoss
    {
        get;
        init
        {
            if (value is double given && !double.IsFinite(given))
            {
                throw new ArgumentOutOfRangeException(nameof(ExpectedInitialLoss), given, $"{nameof(ExpectedInitialLoss)} must be a finite number or null, got {given}.");
            }

            field = value;
        }
    }

    /// <summary>How far the initial loss may be from the expected one, as a fraction of it. Of a softmax it is added to what the variance of the logits and the number of
    /// samples explain: to either side of the loss that these logits give on average over all assignments of labels to columns, four of its standard deviations and this fraction
    /// of ln C. Default 0.25; 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double InitialLossTolerance
    {
        get;
        init
        {
            Require.NotNegative(value, nameof(InitialLossTolerance));
            field = value;
        }
    } = 0.25;

    /// <summary>The strength λ of the regularisation term λΣW² with which the loss must rise. Default 0.1; 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double RegularizationStrength
    {
        get;
        init
        {
            Require.NotNegative(value, nameof(RegularizationStrength));
            field = value;
        }
    } = 0.1;

    /// <summary>The learning rate η you mean to train with: it is what the update-to-weight ratio is computed for, and the first that
    /// overfitting is tried with (then η/10, 10η, η/100). One that is set is checked for itself as well, by steps without momentum: too large, it fails, though a smaller one
    /// works. Default 0.01, which is not; 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LearningRate
    {
        get;
        init
        {
            Require.NotNegative(value, nameof(LearningRate));
            field = value;
            IsLearningRateGiven = true;
        }
    } = 0.01;

    /// <summary>Whether the learning rate was set.</summary>
    internal bool IsLearningRateGiven { get; private init; }

    /// <summary>Steps of gradient descent with momentum 0.9 to overfit the samples in, for each learning rate. Default 500; 1 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int OverfitSteps
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(OverfitSteps));
            field = value;
        }
    } = 500;

    /// <summary>The fraction of the initial loss that overfitting must come down to. Default 0.05; from 0 to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public double OverfitFraction
    {
        get;
        init
        {
            Require.Fraction(value, nameof(OverfitFraction));
            field = value;
        }
    } = 0.05;
}
