using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.Graphs;

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
/// can resolve is the larger of its rounding error, <c>4ε·Σ|upstream·output| / 2h</c> over the outputs that move (at least one), and of the spread
/// of the extrapolation, the latter up to 1e-9 of the variable's largest gradient.</para>
/// <para><b>Kinks.</b> An entry where the two one-sided quotients differ, however small the step (a ReLU or max that changes sides), or where
/// no quotient is finite (the border of a domain), has no derivative: it is set aside and counted.</para>
/// <para><b>Accumulation.</b> Where gradients add up, as in a layer's parameters, a second backward pass must double them.</para>
/// <para><b>Diagnosis.</b> For a variable that fails, the usual mistakes (<see cref="GradientMistake"/>) are tried, and the one named that would give
/// the numbers that came: to 1e-5, and a hundred times better than the right gradient.</para>
/// <para><b>Threads.</b> One check of an object at a time: variables are moved in place, and restored.</para>
/// <para>Source: CS231n lecture 4 and the course's notes on gradient checks; Ridders (1982).</para>
/// </remarks>
public static class GradientCheck
{
    /// <summary>Checks a gate with one input, such as a layer or a whole network: by the input and by every parameter.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="input">Where: <c>[N×D]</c>, dense. It is moved while the check runs, and restored.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <remarks>The gradients of the gate's parameters are overwritten.</remarks>
    public static GradientCheckReport Gate(Gate<double> gate, Matrix<double> input, GradientCheckOptions? options = null) => Gate(gate, [input], options);

    /// <summary>Checks a gate with one input in float: difference quotients in float are good for three digits, so the same thing
    /// in double, its twin, is checked with them, and the gate's own gradients against those of the twin.</summary>
    /// <param name="gate">The gate in float.</param>
    /// <param name="input">Where: <c>[N×D]</c>, dense.</param>
    /// <param name="twin">Builds the same gate in double. It is given the values of the gate's parameters.</param>
    /// <param name="options">How; null for the defaults. The tolerance is for the twin.</param>
    /// <returns>A row for each variable of the twin; then one for each in float, where <c>|a − n| / max(|a|, |n|, 1% of the largest)</c> is good
    /// up to 1e-4 and wrong above 1e-2.</returns>
    /// <exception cref="ArgumentException">The twin has other parameters than the gate, by name or shape.</exception>
    public static GradientCheckReport Gate(
        Gate<float> gate, Matrix<float> input, Func<Gate<double>> twin, GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(twin);
        return new TwinComparison(gate, twin(), options ?? GradientCheckOptions.Default).Run(input);
    }

    /// <summary>Checks a gate at its inputs: by each of them and by every parameter.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="inputs">Where: its inputs in order, dense. They are moved while the check runs, and restored.</param>
    /// <param name="options">How; null for the defaults.</param>
    public static GradientCheckReport Gate(Gate<double> gate, IReadOnlyList<Matrix<double>> inputs, GradientCheckOptions? options = null) =>
        Function(DifferentiableFunction<double>.OfGate(gate, inputs), options);

    /// <summary>Checks a node of a computational graph: by the variables behind it and the parameters of the gates behind it.</summary>
    /// <param name="root">The node.</param>
    /// <param name="options">How; null for the defaults.</param>
    public static GradientCheckReport Graph(Node<double> root, GradientCheckOptions? options = null) =>
        Function(DifferentiableFunction<double>.OfGraph(root), options);

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
    /// <remarks>Both passes are made once at another point first (each number times something from 0.6 to 0.95), so that a stale cache
    /// shows. The backward pass must allow that.</remarks>
    /// <exception cref="InvalidOperationException">The output at that point is not finite, or differs from one evaluation to the next.</exception>
    public static GradientCheckReport Function(DifferentiableFunction<double> function, GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new GradientComparison(function, options ?? GradientCheckOptions.Default).Run();
    }
}
