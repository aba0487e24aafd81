using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>A wrong gradient, and what can be measured to explain it.</summary>
internal sealed class GradientEvidence
{
    // How well a mistake must fit, and how much better than the right gradient does.
    private const double FitsAt = 1e-5;
    private const double FitsBetterBy = 100;

    private readonly DifferentiableFunction<double> _function;
    private readonly NumericalGradient _numerical;
    private readonly PreviousPoint _previous;
    private readonly Lazy<double[][]> _columns;

    /// <summary>Collects the evidence.</summary>
    /// <param name="function">The function that was checked.</param>
    /// <param name="variable">The variable whose gradient is wrong.</param>
    /// <param name="analytic">That gradient.</param>
    /// <param name="entries">The entries of the variable to look at.</param>
    /// <param name="estimates">The numerical gradient there.</param>
    /// <param name="numerical">What measures more of it.</param>
    /// <param name="previous">The point of the forward pass before the one checked.</param>
    public GradientEvidence(
        DifferentiableFunction<double> function,
        NamedMatrix<double> variable,
        Matrix<double> analytic,
        int[] entries,
        DerivativeEstimate[] estimates,
        NumericalGradient numerical,
        PreviousPoint previous)
    {
        _function = function;
        _numerical = numerical;
        _previous = previous;
        Variable = variable;
        Analytic = analytic;
        Entries = entries;
        Numeric = [.. estimates.Select(estimate => estimate.Value)];
        _columns = new(() => [.. entries.Select((entry, i) => numerical.Column(variable, entry, estimates[i].Step / 4))]);
    }

    /// <summary>The variable whose gradient is wrong.</summary>
    public NamedMatrix<double> Variable { get; }

    /// <summary>Its gradient from the backward pass.</summary>
    public Matrix<double> Analytic { get; }

    /// <summary>The entries that are looked at.</summary>
    public int[] Entries { get; }

    /// <summary>The right gradient at <see cref="Entries"/>.</summary>
    public double[] Numeric { get; }

    /// <summary>Whether the gradient has the shape of its variable; if not, <see cref="Given"/> is empty.</summary>
    public bool HasShape => Analytic.HasShapeOf(Variable.Value);

    /// <summary>Whether all entries of the variable are looked at.</summary>
    public bool IsComplete => Entries.Length == Variable.Count;

    /// <summary>The gradient from the backward pass at <see cref="Entries"/>.</summary>
    public double[] Given => HasShape ? [.. Entries.Select(entry => Analytic.AsSpan()[entry])] : [];

    /// <summary>The output of the function.</summary>
    public Matrix<double> Output => _numerical.Output;

    /// <summary>The upstream gradient.</summary>
    public Matrix<double> Upstream => _numerical.Upstream;

    /// <summary>Whether the function takes an upstream gradient, so that there is one to be forgotten.</summary>
    public bool TakesUpstream => _function.TakesUpstream;

    /// <summary>The other variables of the function.</summary>
    public IEnumerable<NamedMatrix<double>> Others => _function.Variables.Where(variable => variable != Variable);

    /// <summary>Whether a second backward pass, without clearing in between, did not double the gradient.</summary>
    public bool IsOverwritten { get; init; }

    /// <summary>Whether there are numbers enough to fit one and still see whether the fit is right.</summary>
    public bool AllowsFit => Numeric.Count(n => n != 0) >= 2;

    /// <summary>Numbers that may turn up as factors, by name.</summary>
    public required IReadOnlyDictionary<string, double> NamedNumbers { get; init; }

    /// <summary>The variable's own values at <see cref="Entries"/>.</summary>
    public double[] Values => [.. Entries.Select(entry => Variable[entry])];

    /// <summary>The local gradients by each of <see cref="Entries"/>: column e holds ∂output/∂entry e.</summary>
    public double[][] Columns => _columns.Value;

    /// <summary>The right gradient by a variable.</summary>
    /// <param name="variable">A variable of the function.</param>
    /// <param name="entries">At which of its entries.</param>
    public double[] GradientBy(NamedMatrix<double> variable, int[] entries) => Measure(_numerical, variable, entries);

    /// <summary>The right gradient at the point of the forward pass before.</summary>
    public double[] GradientAtPreviousPoint()
    {
        using IDisposable there = _previous.Visit();
        return Measure(_numerical.AtPresentPoint(), Variable, Entries);
    }

    /// <summary>The gradient that another upstream would give.</summary>
    /// <param name="weight">That upstream at an output, counted column after column.</param>
    public double[] GradientFor(Func<int, double> weight)
    {
        double[] weights = [.. Enumerable.Range(0, Output.RowCount * Output.ColumnCount).Select(weight)];
        return [.. Columns.Select(column => column.Zip(weights, (local, w) => local == 0 ? 0 : local * w).Sum())];
    }

    /// <summary>The diagnosis, if a mistake would give the gradient that the backward pass gave.</summary>
    /// <param name="expected">What it would give at <see cref="Entries"/>.</param>
    /// <param name="mistake">The mistake.</param>
    /// <param name="explanation">The mistake in words.</param>
    /// <param name="factor">The factor that belongs to it.</param>
    public GradientDiagnosis? Explain(double[] expected, GradientMistake mistake, string explanation, double? factor = null) =>
        Explain(Given, expected, mistake, explanation, factor);

    /// <summary>As the other overload, where the gradient's numbers have to be picked because its shape is wrong.</summary>
    public GradientDiagnosis? Explain(
        double[] given, double[] expected, GradientMistake mistake, string explanation, double? factor = null)
    {
        if (given.Length != expected.Length || given.Length == 0)
        {
            return null;
        }

        double misfit = Misfit(given, expected);
        return misfit <= Math.Min(FitsAt, (HasShape ? Misfit(Given, Numeric) : 1) / FitsBetterBy)
            ? new GradientDiagnosis(Variable.Name, mistake, explanation, misfit, factor)
            : null;
    }

    /// <summary>The number c for which <c>offset + c·direction</c> is nearest to the gradient that was given.</summary>
    public double Fit(double[] direction, Func<int, double> offset)
    {
        double[] given = Given;
        double product = 0;
        double square = 0;
        for (int i = 0; i < direction.Length; i++)
        {
            product += direction[i] * (given[i] - offset(i));
            square += direction[i] * direction[i];
        }

        return square == 0 ? 0 : product / square;
    }

    private static double Misfit(double[] given, double[] expected) =>
        Math.Sqrt(given.Zip(expected, (g, e) => (g - e) * (g - e)).Sum() / given.Sum(g => g * g));

    private static double[] Measure(NumericalGradient numerical, NamedMatrix<double> variable, int[] entries) =>
        [.. entries.Select(entry => numerical.By(variable, entry).Value)];
}
