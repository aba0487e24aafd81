using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking;

/// <summary>
/// Compares the gradients of a backward pass with difference quotients of the forward pass: the one exact, fast and easy to get wrong,
/// the other approximate, slow and easy.
/// </summary>
/// <remarks>
/// <para><b>Numbers.</b> In double. The upstream gradient is random (magnitudes 0.5 to 1.5, either sign), since an upstream of ones hides
/// mistakes that sum to zero. Each entry is moved by steps from 2⁻⁵ to 2⁻²⁵ (times its magnitude, where that is above 1); centred
/// quotients are extrapolated to step 0, and the estimate whose neighbours agree best is taken.</para>
/// <para><b>Relative error.</b> <c>|a − n| / max(|a|, |n|, floor)</c>. The floor is what the quotient can resolve, divided by 1e-7: a
/// difference that is within the rounding error of the quotient counts as 1e-7 and not as 1, however small the gradient. What the quotient
/// can resolve is the larger of its rounding error, <c>4ε·Σ|upstream·output| / 2h</c> over the outputs that move, and of the spread
/// of the extrapolation, the latter up to 1e-9 of the variable's largest gradient.</para>
/// <para><b>Threads.</b> One check of an object at a time: variables are moved in place, and restored.</para>
/// <para>Source: CS231n lecture 4 and the course's notes on gradient checks; Ridders (1982).</para>
/// </remarks>
public static class GradientCheck
{
    /// <summary>Checks a layer, or a whole network, at an input: by the input and by every parameter.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">Where: <c>[N×D]</c>, dense. It is moved while the check runs, and restored.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <remarks>The gradients of the layer's parameters are overwritten.</remarks>
    public static GradientCheckReport Layer(Layer<double> layer, Matrix<double> input, GradientCheckOptions? options = null) =>
        Function(DifferentiableFunction<double>.OfLayer(layer, input), options);

    /// <summary>Checks a function with one number as its value, such as a loss: by each variable.</summary>
    /// <param name="name">What the report calls it.</param>
    /// <param name="variables">The matrices that <paramref name="value"/> reads. They are moved while the check runs, and restored.</param>
    /// <param name="value">The value at what the variables' matrices hold when it is called.</param>
    /// <param name="gradients">One gradient for each variable, in their order; called after <paramref name="value"/>.</param>
    /// <param name="options">How; null for the defaults.</param>
    public static GradientCheckReport Scalar(
        string name,
        IReadOnlyList<NamedMatrix<double>> variables,
        Func<double> value,
        Func<IReadOnlyList<Matrix<double>>> gradients,
        GradientCheckOptions? options = null) =>
        Function(DifferentiableFunction<double>.OfScalar(name, variables, value, gradients), options);

    /// <summary>Checks any function by each of its variables.</summary>
    /// <param name="function">The function, at the point where its variables stand.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">The output at that point is not finite, or differs from one evaluation to the next.</exception>
    public static GradientCheckReport Function(DifferentiableFunction<double> function, GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new GradientComparison(function, options ?? GradientCheckOptions.Default).Run();
    }
}
