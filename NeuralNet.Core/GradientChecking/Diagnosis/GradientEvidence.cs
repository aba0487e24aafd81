using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>A wrong gradient, and what can be measured to explain it.</summary>
internal sealed class GradientEvidence
{
    // How well a mistake must fit, and how much better than the right gradient does.
    private const double FitsAt = 1e-5;
    private const double FitsBetterBy = 100;

    // A variable of up to so many entries is measured whole, once its gradient is known to be wrong.
    private const int Whole = 300;

    private readonly DifferentiableFunction<double> _function;
    private readonly NumericalGradient _numerical;
    private readonly PreviousPoint _previous;
    private readonly Func<NamedMatrix<double>, double[]?> _changed;
    private readonly Lazy<double[][]> _columns;
    private readonly Lazy<ChainModel?> _chain;
    private bool _allowsFactor;

    /// <summary>Collects the evidence.</summary>
    /// <param name="function">The function that was checked.</param>
    /// <param name="comparison">The variable whose gradient is wrong, and the numerical gradient.</param>
    /// <param name="analytic">The wrong gradient.</param>
    /// <param name="numerical">What measures more of it.</param>
    /// <param name="previous">The point of the forward pass before the one checked.</param>
    /// <param name="changed">What a variable held after a backward pass that changed it.</param>
    public GradientEvidence(
        DifferentiableFunction<double> function,
        VariableComparison comparison,
        Matrix<double> analytic,
        NumericalGradient numerical,
        PreviousPoint previous,
        Func<NamedMatrix<double>, double[]?> changed)
    {
        _function = function;
        _numerical = numerical;
        _previous = previous;
        _changed = changed;
        Variable = comparison.Variable;
        Analytic = analytic;
        (int[] entries, DerivativeEstimate[] estimates) = comparison.Smooth();
        if (!comparison.IsComplete && Variable.Count <= Whole)
        {
            int[] missing = [.. Enumerable.Range(0, Variable.Count).Except(entries)];
            (int Entry, DerivativeEstimate Estimate)[] all =
            [
                .. entries.Zip(estimates).Concat(missing.Select(entry => (entry, numerical.By(Variable, entry)))).Where(pair => !pair.Item2.IsKink).OrderBy(pair => pair.Item1),
            ];
            (entries, estimates) = ([.. all.Select(pair => pair.Entry)], [.. all.Select(pair => pair.Estimate)]);
        }

        Entries = entries;
        Kinks = [.. comparison.Kinks.Select(kink => (kink.Entry, kink.Estimate))];
        Numeric = [.. estimates.Select(estimate => estimate.Value)];
        Largest = Numeric.Select(Math.Abs).DefaultIfEmpty(0).Max();
        _columns = new(() => [.. entries.Select((entry, i) => numerical.Column(Variable, entry, estimates[i].Step))]);
        _chain = new(() => ChainModel.Of(this));
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

    /// <summary>The entries at kinks, with their one-sided slopes.</summary>
    public IReadOnlyList<(int Entry, DerivativeEstimate Estimate)> Kinks { get; }

    /// <summary>The largest entry of <see cref="Numeric"/>, in size.</summary>
    public double Largest { get; }

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

    /// <summary>All variables of the function.</summary>
    public IReadOnlyList<NamedMatrix<double>> Variables => _function.Variables;

    /// <summary>What further passes make of the gradient.</summary>
    public required Accumulation Accumulation { get; init; }

    /// <summary>The function as a chain of layers, if it is one.</summary>
    public ChainModel? Chain => _chain.Value;

    /// <summary>The right gradient in the shape of the variable, as far as it was measured: at kinks it is what the backward pass gave. Null where the gradient has
    /// another shape, or the variable is too large.</summary>
    public Matrix<double>? Right
    {
        get
        {
            if (!HasShape || Variable.Count > Whole || Entries.Length < 0.5 * Variable.Count)
            {
                return null;
            }

            Matrix<double> right = Analytic.Clone();
            for (int i = 0; i < Entries.Length; i++)
            {
                right.AsSpan()[Entries[i]] = Numeric[i];
            }

            return right;
        }
    }

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

    /// <summary>The right gradient if another variable had other values.</summary>
    /// <param name="other">The other variable.</param>
    /// <param name="values">Its values, column after column.</param>
    public double[] GradientIf(NamedMatrix<double> other, double[] values)
    {
        double[] present = other.Value.AsSpan().ToArray();
        try
        {
            Set(values);
            return Measure(_numerical.AtPresentPoint(), Variable, Entries);
        }
        finally
        {
            Set(present);
        }

        void Set(double[] numbers)
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                other[i] = numbers[i];
            }
        }
    }

    /// <summary>What another variable held after the backward pass, if that changed it.</summary>
    /// <param name="other">The other variable.</param>
    public double[]? ValuesAfterBackward(NamedMatrix<double> other) => _changed(other);

    /// <summary>From now on an explanation may be off by a factor that means something: two mistakes at once.</summary>
    public void AllowFactor() => _allowsFactor = true;

    /// <summary>As <see cref="Explain(double[], GradientMistake, string, double?)"/>, for a gradient in the shape of the variable.</summary>
    public GradientDiagnosis? Explain(Matrix<double> expected, GradientMistake mistake, string explanation) =>
        !HasShape || !expected.HasShapeOf(Variable.Value) ? null : Explain([.. Entries.Select(entry => expected.AsSpan()[entry])], mistake, explanation);

    /// <summary>Upstream in the shape of the variable, where the output has that shape and upstream is taken; otherwise null.</summary>
    public Matrix<double>? UpstreamOfShape => TakesUpstream && HasShape && Output.HasShapeOf(Variable.Value) ? Upstream : null;

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

        if (_allowsFactor)
        {
            return ExplainWithFactor(given, expected, mistake, explanation);
        }

        double misfit = Misfit(given, expected);
        return IsFit(misfit) ? new GradientDiagnosis(Variable.Name, mistake, explanation, misfit, factor) : null;
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

    private GradientDiagnosis? ExplainWithFactor(double[] given, double[] expected, GradientMistake mistake, string explanation)
    {
        double factor = given.Zip(expected, (g, e) => g * e).Sum() / expected.Sum(e => e * e);
        string? also = Math.Abs(factor + 1) <= 1e-6 ? "the sign is flipped"
            : FactorNames.Of(factor, this) is { } meaning ? FormattableString.Invariant($"off by the factor {factor:g6} = {meaning}")
            : null;
        double misfit = Misfit(given, [.. expected.Select(e => factor * e)]);
        return also is not null && given.Length > 1 && mistake != GradientMistake.WrongFactor && IsFit(misfit)
            ? new GradientDiagnosis(Variable.Name, mistake, $"two mistakes: {explanation}; and {also}", misfit, factor)
            : null;
    }

    // Where the gradient is right at all entries that were measured (one at a kink is wrong, or one of many), nothing can be told from their numbers.
    private bool IsFit(double misfit)
    {
        double ofRight = HasShape ? Misfit(Given, Numeric) : 1;
        return ofRight > 1e-8 && misfit <= Math.Min(FitsAt, ofRight / FitsBetterBy);
    }

    private static double Misfit(double[] given, double[] expected) =>
        Math.Sqrt(given.Zip(expected, (g, e) => (g - e) * (g - e)).Sum() / given.Sum(g => g * g));

    private static double[] Measure(NumericalGradient numerical, NamedMatrix<double> variable, int[] entries) =>
        [.. entries.Select(entry => numerical.By(variable, entry).Value)];
}
