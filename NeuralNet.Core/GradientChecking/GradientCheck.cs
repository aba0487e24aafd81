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
/// mistakes that sum to zero. Each entry is moved by steps from 2⁻⁷ (times its magnitude, where that is above 1) to 2⁻²⁵ of its magnitude, until shorter ones would not help;
/// centred quotients are extrapolated to step 0, and the estimate whose neighbours agree best is taken.</para>
/// <para><b>Relative error.</b> Entry by entry, <c>|a − n| / max(|a|, |n|, floor)</c>. The floor is what the quotient can resolve, divided by 1e-7: the rounding of
/// the outputs that move, the spread of the extrapolation, and, where the two gradients differ, what the quotients of shorter steps scatter by. A difference within that is
/// good only if the resolution is fine beside the gradient (1e-7; acceptable up to 1e-4) or beside the slope that the function has elsewhere (1e-7), and otherwise not
/// resolved.</para>
/// <para><b>Kinks.</b> An entry where the two one-sided quotients differ, however small the step (a ReLU or max that changes sides), has no derivative: it is set aside and
/// counted, if the gradient is a number between the two. Ties must add up along the line on which they stay.</para>
/// <para><b>Large variables.</b> Of more than <see cref="GradientCheckOptions.EntriesPerVariable"/> entries some are drawn, and all are compared along random
/// directions; a wrong entry is found by halving.</para>
/// <para><b>All paths.</b> Every way to a gradient that the function has (of a gate: by parameters alone, by each input alone) must give the same, and what passes write that is
/// not theirs is named and put back.</para>
/// <para><b>Accumulation.</b> A second backward pass must repeat the gradients; where gradients add up, as in a layer's parameters, one that adds must double them.</para>
/// <para><b>Diagnosis.</b> For a variable that fails, the usual mistakes (<see cref="GradientMistake"/>) are tried, and the one named that would give
/// the numbers that came: to 1e-5, and a hundred times better than the right gradient.</para>
/// <para><b>Cost.</b> Four evaluations for most entries, some ten for a direction; some sixty where a gradient is wrong or hard to see.</para>
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
    /// <remarks>In training; and where the gate gives something else in evaluation, in evaluation too, by a smaller sample. The report has the rows of that
    /// which fail, called <c>… in evaluation</c>.</remarks>
    public static GradientCheckReport Gate(Gate<double> gate, IReadOnlyList<Matrix<double>> inputs, GradientCheckOptions? options = null) =>
        new ModeComparison(gate, inputs, options ?? GradientCheckOptions.Default).Run();

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

    /// <summary>Checks several functions, each by each of its variables: one table for somebody else's gradients, such as those of a class.</summary>
    /// <param name="functions">The functions.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>All reports. A function whose passes fail, or whose output is not finite, is told with the reason and does not end the checks.</returns>
    public static GradientCheckSummary All(IEnumerable<DifferentiableFunction<double>> functions, GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(functions);
        List<GradientCheckReport> reports = [];
        List<(string Function, string Reason)> refused = [];
        foreach (DifferentiableFunction<double> function in functions)
        {
            try
            {
                reports.Add(Function(function, options));
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
            {
                refused.Add((function?.Name ?? "null", exception.Message));
            }
        }

        return new GradientCheckSummary(reports, refused);
    }
}
