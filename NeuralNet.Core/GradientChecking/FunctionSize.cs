using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking;

/// <summary>What a function under examination is as a whole.</summary>
/// <param name="Variables">Its variables.</param>
/// <param name="LargestGradient">The largest entry of all its gradients, in size.</param>
internal sealed record FunctionSize(IReadOnlyList<NamedMatrix<double>> Variables, double LargestGradient)
{
    // A sum of terms of size 1 that cancel leaves some last bits of them: not less than a hundredth of one, and not more than some hundred.
    private const double FewestBits = 1e-18;
    private const double MostBits = 1e-13;

    /// <summary>Whether a gradient may be what is left of terms that cancel, as by a bias before a layer that subtracts the mean. A gradient that is small because its
    /// factors are is mostly smaller than that.</summary>
    /// <param name="gradient">The gradient by an entry.</param>
    public bool IsRoundingOfZero(double gradient) =>
        Math.Abs(gradient) <= MostBits * LargestGradient && Math.Abs(gradient) >= FewestBits * LargestGradient;
}
