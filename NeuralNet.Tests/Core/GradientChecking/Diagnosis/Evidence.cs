using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.GradientChecking.Diagnosis;

namespace NeuralNet.Tests.Core.GradientChecking.Diagnosis;

/// <summary>Small evidence built by hand: a function, what its gradient by a variable is said to be, and what a hypothesis makes of that.</summary>
internal static class Evidence
{
    /// <summary>Of any function of variables, by one of them, mostly the first.</summary>
    public static GradientEvidence Of(
        NamedMatrix<double>[] variables,
        Func<Matrix<double>> forward,
        Matrix<double> upstream,
        Matrix<double> given,
        int variable = 0,
        bool takesUpstream = true,
        int[]? entries = null,
        Accumulation? accumulation = null,
        IReadOnlyDictionary<string, double>? numbers = null)
    {
        var function = new DifferentiableFunction<double>("f", variables, forward, _ => []) { TakesUpstream = takesUpstream };
        var numerical = new NumericalGradient(forward, upstream);
        var comparison = new VariableComparison(
            variables[variable], entries ?? [.. Enumerable.Range(0, variables[variable].Count)], new FunctionSize(variables, 1), numerical, 1e-7);
        comparison.Compare(given);
        return new GradientEvidence(function, comparison, given, numerical, new PreviousPoint(variables, new Random(1)), _ => null)
        {
            Accumulation = accumulation ?? Accumulation.None,
            NamedNumbers = numbers ?? new Dictionary<string, double> { ["λ"] = 0.02 },
        };
    }

    /// <summary>Of a function with an output for each entry of its variable x.</summary>
    public static GradientEvidence Of(Func<Matrix<double>, Matrix<double>> forward, Matrix<double> x, Matrix<double> upstream, Matrix<double> given) =>
        Of([("x", x)], () => forward(x), upstream, given);

    /// <summary>Of the number <c>Σ right∘W</c>, whose gradient by W is <paramref name="right"/> wherever W stands.</summary>
    public static GradientEvidence Linear(Matrix<double> right, Matrix<double> given, Matrix<double>? w = null, Accumulation? accumulation = null)
    {
        Matrix<double> at = w ?? Matrix<double>.Build.Dense(right.RowCount, right.ColumnCount, 1);
        return Of(
            [("W", at)],
            () => Matrix<double>.Build.Dense(1, 1, right.PointwiseMultiply(at).Enumerate().Sum()),
            Matrix<double>.Build.Dense(1, 1, 1),
            given,
            takesUpstream: false,
            accumulation: accumulation);
    }

    /// <summary>That a hypothesis explains the evidence so.</summary>
    public static void ShouldBe(this GradientDiagnosis? found, GradientMistake mistake, string explanation) =>
        (found?.Mistake, found?.Explanation).ShouldBe((mistake, explanation));

    /// <summary>A matrix from its rows.</summary>
    public static Matrix<double> Rows(params double[][] rows) => Matrix<double>.Build.DenseOfRowArrays(rows);
}
