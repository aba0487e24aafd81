using System.Numerics;
using NeuralNet.Training.Losses;

namespace NeuralNet.Training.SanityChecking;

/// <summary>Whether the loss of the untrained network is what chance makes of its outputs.</summary>
/// <remarks>
/// For a softmax it may lie <c>4·deviation + tolerance·ln C</c> to either side of the mean of a <see cref="ChanceBand"/>, and not below ln C / 20: of few classes a network that knows
/// nothing may have them right by luck, but not be sure of them. Logits that vary by more than 4 are too sure in any case: nearly three times what He's weights make of
/// activations of mean square 1.
/// </remarks>
internal static class InitialLossCheck
{
    private const string Check = "initial loss";
    private const double Deviations = 4;
    private const double LargestLogitDeviation = 4;
    private const double KnowsAlready = 0.05;

    /// <summary>The finding.</summary>
    /// <param name="pass">The training pass, after a run.</param>
    /// <param name="options">What is expected and how exactly.</param>
    /// <param name="loss">The loss of that run.</param>
    public static SanityFinding Of<T, TTarget>(TrainingPass<T, TTarget> pass, SanityCheckOptions options, double loss) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (options.ExpectedInitialLoss is double given)
        {
            double distance = options.InitialLossTolerance * Math.Abs(given);
            return Finding(pass, loss, given - distance, given + distance, Number.Text(given), 0);
        }

        if (pass.Loss is SoftmaxCrossEntropy<T> { IsLogOfClassesAtChance: true } softmax && pass.Target is ReadOnlyMemory<int> labels)
        {
            double chance = Math.Log(pass.Output.ColumnCount / softmax.Positions);
            ChanceBand band = ChanceBand.Of(pass.Output, labels.Span, softmax);
            double distance = (Deviations * band.Deviation) + (options.InitialLossTolerance * chance);
            double lowest = Math.Max(band.Mean - distance, KnowsAlready * chance), highest = band.Mean + distance;
            return Finding(
                pass, loss, lowest, highest, $"{Number.Text(chance)} = −log(1/{pass.Output.ColumnCount / softmax.Positions}), here {Number.Text(lowest)} to {Number.Text(highest)}",
                band.LogitDeviation);
        }

        return new SanityFinding(Check, loss, "not known for this loss", double.IsFinite(loss), NotFinite(pass, loss));
    }

    private static SanityFinding Finding<T, TTarget>(
        TrainingPass<T, TTarget> pass, double loss, double lowest, double highest, string words, double logitDeviation) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string advice = !double.IsFinite(loss) ? NotFinite(pass, loss)
            : loss < lowest ? "below chance: an untrained network cannot know. Is it trained already, is the target among the inputs, or are the classes fewer than the outputs?"
            : logitDeviation > LargestLogitDeviation
                ? $"above chance: the untrained network is sure of its answers, its logits vary by {Number.Text(logitDeviation)} (1 to 2 is healthy): {pass.InputScale.Remedy}"
            : loss > highest ? "above chance: the untrained network is sure of wrong answers. Start with smaller weights, scale the inputs, and see whether the labels fit the classes"
            : "";
        return new SanityFinding(Check, loss, words, advice.Length == 0, advice);
    }

    private static string NotFinite<T, TTarget>(TrainingPass<T, TTarget> pass, double loss) where T : unmanaged, IFloatingPointIeee754<T> => double.IsFinite(loss) ? ""
        : !pass.InputScale.IsFinite ? "the loss is not finite: the inputs have NaN or infinite entries, look at how the data are read and scaled"
        : "the loss is not finite: look for infinities in the data, a logarithm of zero, or far too large weights";
}
