using System.Globalization;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Training.SanityChecking;

/// <summary>The three checks of the loss.</summary>
internal sealed class LossChecks<T, TTarget>(TrainingPass<T, TTarget> pass, SanityCheckOptions options)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double Momentum = 0.9;

    private readonly double _initial = pass.Run();

    public SanityFinding InitialLoss()
    {
        const string Check = "initial loss";
        (double? expected, string words) = options.ExpectedInitialLoss is double given ? (given, Text(given))
            : pass.Loss is SoftmaxCrossEntropy<T> { IsLogOfClassesAtChance: true } loss ? OfChance(pass.OutputColumns / loss.Positions)
            : ((double?)null, "");
        if (expected is not double right)
        {
            return new SanityFinding(Check, _initial, "not known for this loss", double.IsFinite(_initial), Finite(_initial));
        }

        bool isOk = Math.Abs(_initial - right) <= options.InitialLossTolerance * Math.Abs(right);
        return new SanityFinding(Check, _initial, words, isOk, isOk ? "" : !double.IsFinite(_initial) ? Finite(_initial)
            : _initial > right
                ? "above chance: the untrained network is sure of wrong answers. Start with smaller weights, scale the inputs, and see whether the labels fit the classes"
                : "below chance: an untrained network cannot know. Is it trained already, is the target among the inputs, or are the classes fewer than the outputs?");
    }

    private static (double Expected, string Words) OfChance(int classes) => (Math.Log(classes), $"{Text(Math.Log(classes))} = −log(1/{classes})");

    public SanityFinding Regularization()
    {
        var term = new L2Regularization<T>(pass.Network.Parameters, T.CreateTruncating(options.RegularizationStrength));
        double regularized = _initial + double.CreateTruncating(term.Forward());
        bool isOk = regularized > _initial;
        return new SanityFinding(
            $"loss with λ = {Text(options.RegularizationStrength)}",
            regularized,
            $"above {Text(_initial)}",
            isOk,
            isOk ? "" : "the loss does not rise with regularisation: λ is 0, no parameter is marked as regularised, or all weights are zero (then they also learn alike)");
    }

    public SanityFinding Overfitting()
    {
        double goal = options.OverfitFraction * _initial;
        double best = double.PositiveInfinity;
        string how = "";
        foreach (double factor in new[] { 1, 0.1, 10, 0.01 })
        {
            (double lowest, int steps) = Descend(factor * options.LearningRate, goal);
            if (lowest < best)
            {
                (best, how) = (lowest, $"{steps} steps at learning rate {Text(factor * options.LearningRate)}");
            }

            if (best <= goal)
            {
                break;
            }
        }

        bool isOk = best <= goal;
        return new SanityFinding(
            how.Length == 0 ? "loss after overfitting" : $"loss after {how}",
            best,
            $"at most {Text(goal)}",
            isOk,
            isOk ? "" : "a handful of samples cannot be learned by heart. Check the gradients, then the learning rate, then whether the network is large " +
                "enough and equal inputs have equal targets; do not go on to more data before this works");
    }

    // The lowest loss on the way down from the present values, which are restored.
    private (double Lowest, int Steps) Descend(double learningRate, double goal)
    {
        IReadOnlyList<NamedParameter<T>> parameters = pass.Network.Parameters;
        Matrix<T>[] before = [.. parameters.Select(p => p.Parameter.Value.Clone())];
        var optimizer = new SGD<T>(parameters, T.CreateTruncating(learningRate), T.CreateTruncating(Momentum));
        double lowest = double.PositiveInfinity;
        int step = 0;
        try
        {
            for (; step < options.OverfitSteps && lowest > goal; step++)
            {
                double loss = pass.Run();
                if (!double.IsFinite(loss))
                {
                    break;
                }

                lowest = Math.Min(lowest, loss);
                optimizer.Step();
            }
        }
        finally
        {
            for (int i = 0; i < before.Length; i++)
            {
                before[i].CopyTo(parameters[i].Parameter.Value);
            }
        }

        return (lowest, step);
    }

    private static string Finite(double loss) => double.IsFinite(loss) ? ""
        : "the loss is not finite: look for infinities in the data, a logarithm of zero, or far too large weights";

    private static string Text(double value) => value.ToString("g4", CultureInfo.InvariantCulture);
}
