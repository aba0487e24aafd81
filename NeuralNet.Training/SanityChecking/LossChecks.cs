using System.Numerics;
using NeuralNet.Training.Losses;

namespace NeuralNet.Training.SanityChecking;

/// <summary>The checks of the loss: at the start, with regularisation, after descents, and the learning rate.</summary>
internal sealed class LossChecks<T, TTarget>(TrainingPass<T, TTarget> pass, SanityCheckOptions options)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double Momentum = 0.9;

    private readonly double _initial = pass.Run();
    private double? _learnedAt;

    private double Goal => options.OverfitFraction * _initial;

    public SanityFinding InitialLoss() => InitialLossCheck.Of(pass, options, _initial);

    public SanityFinding Regularization()
    {
        var term = new L2Regularization<T>(pass.Network.Parameters, T.CreateTruncating(options.RegularizationStrength));
        double regularized = _initial + double.CreateTruncating(term.Forward());
        bool isOk = regularized > _initial;
        return new SanityFinding(
            $"loss with λ = {Number.Text(options.RegularizationStrength)}",
            regularized,
            $"above {Number.Text(_initial)}",
            isOk,
            isOk || !double.IsFinite(_initial) ? "" : "the loss does not rise with regularisation: λ is 0, no parameter is marked as regularised, or all weights are zero (then they also learn alike)");
    }

    public SanityFinding Overfitting()
    {
        double best = double.PositiveInfinity;
        string how = "";
        foreach (double factor in new[] { 1, 0.1, 10, 0.01 })
        {
            double rate = factor * options.LearningRate;
            Descent descent = Descent.Run(pass, rate, Momentum, options.OverfitSteps, Goal);
            if (descent.Lowest < best)
            {
                (best, how) = (descent.Lowest, $"{descent.Steps} steps at learning rate {Number.Text(rate)}");
            }

            if (best <= Goal)
            {
                _learnedAt = rate;
                break;
            }
        }

        bool isOk = best <= Goal;
        return new SanityFinding(
            how.Length == 0 ? "loss after overfitting" : $"loss after {how}",
            best,
            $"at most {Number.Text(Goal)}",
            isOk,
            isOk || !double.IsFinite(_initial) ? "" : "a handful of samples cannot be learned by heart. Check the gradients, then the learning rate, then whether the network is large " +
                "enough and equal inputs have equal targets; do not go on to more data before this works");
    }

    /// <summary>Whether a learning rate that was asked for is too large, though others are not: without momentum the loss at least doubles within ten steps, or it does not
    /// halve where a smaller rate learns the samples. Null where none was asked for. To be called after <see cref="Overfitting"/>.</summary>
    public SanityFinding? LearningRate()
    {
        const int FirstSteps = 10;
        const double MostRise = 2;
        double rate = options.LearningRate;
        if (!options.IsLearningRateGiven || rate == 0 || !double.IsFinite(_initial) || _initial <= 0)
        {
            return null;
        }

        Descent first = Descent.Run(pass, rate, 0, FirstSteps, double.NegativeInfinity);
        bool isRising = first.Highest > MostRise * _initial;
        bool isStuck = !isRising && _learnedAt < rate && Descent.Run(pass, rate, 0, options.OverfitSteps, _initial / 2) is var all && all.Lowest > _initial / 2;
        string advice = !isRising && !isStuck ? ""
            : $"too large: {(isRising ? $"within {FirstSteps} steps the loss goes from {Number.Text(_initial)} to {Number.Text(first.Highest)}" : $"the loss does not halve in {options.OverfitSteps} steps")}" +
              (_learnedAt < rate ? $", and at {Number.Text(_learnedAt.Value)} the samples are learned" : ", try a tenth of it, or less");
        return new SanityFinding($"learning rate {Number.Text(rate)}", first.Highest, $"at most {Number.Text(MostRise * _initial)} in {FirstSteps} steps", advice.Length == 0, advice);
    }
}
