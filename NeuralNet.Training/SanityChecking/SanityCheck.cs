using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Training.Losses;

namespace NeuralNet.Training.SanityChecking;

/// <summary>
/// What to look at before a network is trained for long: does the loss start where chance puts it, does it rise with regularisation, can a
/// handful of samples be learned by heart, and are activations, gradients and updates of a healthy size. What is wrong by itself is named: units that are all alike, saturated layers, a
/// softmax or sigmoid that stands twice or cannot give the targets, a gradient that does not lead down, a learning rate that is too large, equal samples with different targets.
/// </summary>
/// <remarks>
/// <para>Give it a handful of samples, some 10 to 50, prepared as in training. On more, overfitting is no longer a matter of seconds.</para>
/// <para>The values of the parameters, the states and the generators are restored, also where a check fails with an exception; gradients are cleared.</para>
/// <para><b>Threads.</b> The network must not be in use elsewhere.</para>
/// <para><b>Source.</b> CS231n, notes "Learning and evaluation": sanity checks, ratio of updates to weights, activation and
/// gradient distributions.</para>
/// </remarks>
public static class SanityCheck
{
    /// <summary>Runs all checks.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TTarget">What the loss compares with.</typeparam>
    /// <param name="network">The network, with at least one parameter.</param>
    /// <param name="loss">The loss it is to be trained with, without regularisation.</param>
    /// <param name="input">A handful of samples <c>[N×D]</c>.</param>
    /// <param name="target">What the output for them should be.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException">The network has no parameters, there are no samples, or they do not fit it.</exception>
    public static SanityCheckReport Run<T, TTarget>(
        Layer<T> network, Loss<T, TTarget> loss, Matrix<T> input, TTarget target, SanityCheckOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(input);
        if (network.Parameters.Count == 0)
        {
            throw new ArgumentException($"{network} has no parameters to train.", nameof(network));
        }

        if (input.RowCount == 0)
        {
            throw new ArgumentException($"A sanity check needs a handful of samples, got {input.Shape()}.", nameof(input));
        }

        var start = new StartValues<T>(network);
        try
        {
            return Run(new TrainingPass<T, TTarget>(network, loss, input, target), options ?? SanityCheckOptions.Default);
        }
        finally
        {
            start.Restore();
            network.ZeroGradients();
        }
    }

    private static SanityCheckReport Run<T, TTarget>(TrainingPass<T, TTarget> pass, SanityCheckOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        pass.Run();
        NetworkPart<T>[] parts = pass.Parts;
        IReadOnlyList<LayerStatistics> layers = NetworkStatistics.OfLayers(parts);
        IReadOnlyList<ParameterStatistics> parameters = NetworkStatistics.OfParameters(pass.Network, options.LearningRate);
        SanityFinding[] causes =
        [
            .. OutputChecks.Of(pass, parts[^1]), .. LayerChecks.Saturation(layers, pass.InputScale), .. LayerChecks.Symmetry(pass.Network.Parameters),
            .. GradientChecks.Direction(pass),
        ];
        var checks = new LossChecks<T, TTarget>(pass, options);
        SanityFinding[] losses = [checks.InitialLoss(), checks.Regularization(), checks.Overfitting()];
        SanityFinding[] contradictions = losses[^1].IsOk ? [] : [.. Contradictions.Of(pass.Input, pass.Target)];
        SanityFinding[] rate = checks.LearningRate() is SanityFinding found ? [found] : [];
        return new SanityCheckReport(pass.Network.ToString()!, [.. losses, .. rate, .. causes, .. contradictions], layers, parameters);
    }
}
