using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking.Diagnosis;
using NeuralNet.Core.Randomness;

namespace NeuralNet.Core.GradientChecking;

/// <summary>One gradient check while it runs.</summary>
internal sealed class GradientComparison
{
    private readonly DifferentiableFunction<double> _function;
    private readonly GradientCheckOptions _options;
    private readonly Random _random;
    private readonly GuardedPasses _passes;
    private readonly List<GradientCheckRow> _rows = [];
    private readonly List<GradientDiagnosis> _diagnoses = [];

    public GradientComparison(DifferentiableFunction<double> function, GradientCheckOptions options)
    {
        _function = function;
        _options = options;
        _random = new Random(options.Seed);
        _passes = new GuardedPasses(function, options.BeforeForward);
    }

    public GradientCheckReport Run()
    {
        Matrix<double> output = _passes.Forward().Clone();
        ThrowIfUnusable(output);
        Matrix<double> upstream = _function.TakesUpstream
            ? Matrix<double>.Build.Dense(output.RowCount, output.ColumnCount, (_, _) => Upstream())
            : Matrix<double>.Build.Dense(1, 1, 1);

        // Both passes at another point first, so that a stale cache shows.
        var previous = new PreviousPoint(_function.Variables, _random);
        using (previous.Visit())
        {
            _passes.Gradients(upstream, _function.Backward);
        }

        Matrix<double>[] analytic = [.. _passes.Gradients(upstream, _function.Backward).Select(gradient => gradient!)];
        Matrix<double>?[] repeated = _passes.Gradients(upstream, _function.Backward);
        Matrix<double>?[] doubled = _function.BackwardAgain is null
            ? new Matrix<double>?[analytic.Length]
            : _passes.Gradients(upstream, _function.BackwardAgain);
        (BackwardPath<double> Path, Matrix<double>?[] Gradients)[] others =
            [.. _function.OtherBackwards.Select(path => (path, _passes.Gradients(upstream, path.Backward)))];
        CompareOutputs(output);
        _passes.TrustForward();

        var numerical = new NumericalGradient(_passes.Forward, upstream);
        var size = new FunctionSize(_function.Variables, analytic.Max(gradient => gradient.Enumerate().Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max()));
        var comparisons = new VariableComparison[analytic.Length];
        for (int i = 0; i < analytic.Length; i++)
        {
            NamedMatrix<double> variable = _function.Variables[i];
            var comparison = comparisons[i] = new VariableComparison(variable, Entries(variable.Count), size, numerical, _options.Tolerance);
            Accumulation accumulation = Accumulation.Of(analytic[i], repeated[i], doubled[i]);
            Check(comparison, analytic[i], accumulation, "");
            foreach ((BackwardPath<double> path, Matrix<double>?[] gradients) in others)
            {
                if (gradients[i] is { } gradient && accumulation.IsRepeatable && !Accumulation.IsSame(gradient, analytic[i]))
                {
                    Check(comparison, gradient, Accumulation.None, path.Name);
                }
            }
        }

        CheckTies(comparisons, analytic, numerical);
        _diagnoses.AddRange(_passes.Effects.Select(effect => new GradientDiagnosis(
            _function.Name, GradientMistake.SideEffect, $"{effect}, which is not its own; it was put back")));

        // Functions that hold values of their own, such as a graph, are left at the point.
        _passes.Forward();
        return new GradientCheckReport(_function.Name, _rows, _diagnoses);

        void Check(VariableComparison comparison, Matrix<double> gradient, Accumulation accumulation, string path)
        {
            GradientCheckRow row = comparison.Compare(gradient);
            if (row.Verdict <= GradientVerdict.Acceptable && !comparison.IsComplete && _options.Directions > 0)
            {
                row = CheckDirections(comparison, gradient, numerical);
            }

            if (row.Verdict <= GradientVerdict.Acceptable && !accumulation.IsRight)
            {
                row = accumulation.IsRepeatable ? comparison.Compare(accumulation.Doubled!, 2) : row;
                row = row with { Verdict = GradientVerdict.Wrong };
            }

            _rows.Add(path.Length == 0 ? row : row with { Variable = $"{row.Variable} {path}" });
            if (row.Verdict is GradientVerdict.Wrong or GradientVerdict.Suspicious)
            {
                GradientDiagnosis diagnosis = Hypotheses.Diagnose(
                    new(_function, comparison, gradient, numerical, previous, _passes.ValuesAfterBackward)
                    {
                        Accumulation = accumulation,
                        NamedNumbers = _options.NamedNumbers,
                    });
                _diagnoses.Add(path.Length == 0 ? diagnosis : diagnosis with { Variable = _rows[^1].Variable });
            }
            else if (row.Verdict == GradientVerdict.NotResolved)
            {
                _diagnoses.Add(new(_rows[^1].Variable, GradientMistake.NotResolved, GradientDiagnosis.NotResolvedAdvice(row.Unresolved)));
            }
        }
    }

    private GradientCheckRow CheckDirections(VariableComparison comparison, Matrix<double> gradient, NumericalGradient numerical)
    {
        var directions = new DirectionCheck(comparison, gradient, numerical, _random, _options.Tolerance);
        directions.Run(_options.Directions);
        return comparison.Compare(gradient) with { Directions = directions.Directions, SmallestSeen = directions.SmallestSeen };
    }

    private void CheckTies(VariableComparison[] comparisons, Matrix<double>[] gradients, NumericalGradient numerical)
    {
        (VariableComparison Comparison, Matrix<double> Gradient)[] right =
        [
            .. comparisons.Zip(gradients).Where(pair => _rows.TrueForAll(row => row.Variable != pair.First.Variable.Name || row.Verdict != GradientVerdict.Wrong)),
        ];
        foreach ((NamedMatrix<double> variable, string explanation) in new TieCheck(numerical).Run(right).DistinctBy(tie => tie.Variable))
        {
            int row = _rows.FindIndex(r => r.Variable == variable.Name);
            _rows[row] = _rows[row] with { Verdict = GradientVerdict.Wrong };
            _diagnoses.Add(new(variable.Name, GradientMistake.TieCountedTwice, explanation));
        }
    }

    private void CompareOutputs(Matrix<double> output)
    {
        foreach (ForwardPath<double> path in _function.OtherForwards)
        {
            Matrix<double> other = _passes.Forward(path.Forward);
            if (!other.HasShapeOf(output) || !Accumulation.IsSame(other, output))
            {
                _diagnoses.Add(new(_function.Name, GradientMistake.PathsDiffer, $"the forward pass {path.Name} gives another output than that with a cache that keeps"));
            }
        }
    }

    private double Upstream() => (0.5 + _random.NextDouble()) * (_random.Next(2) == 0 ? 1 : -1);

    private int[] Entries(int count)
    {
        int[] entries = [.. Enumerable.Range(0, count)];
        if (count <= _options.EntriesPerVariable)
        {
            return entries;
        }

        _random.Shuffle(entries);
        int[] drawn = entries[..Math.Min(_options.DrawnEntries, _options.EntriesPerVariable)];
        Array.Sort(drawn);
        return drawn;
    }

    private void ThrowIfUnusable(Matrix<double> output)
    {
        foreach (double value in output.AsSpan())
        {
            if (!double.IsFinite(value))
            {
                throw new InvalidOperationException(
                    $"{_function.Name} has the output {value} at the point of the check. Choose a point where all outputs are finite.");
            }
        }

        if (!_passes.Forward().AsSpan().SequenceEqual(output.AsSpan()))
        {
            throw new InvalidOperationException(
                $"{_function.Name} gave two different outputs at one point, so differences mean nothing. If it draws random numbers " +
                $"(dropout), let it name its {nameof(Philox)} among its OwnGenerators, or reseed its generator in {nameof(GradientCheckOptions)}.{nameof(GradientCheckOptions.BeforeForward)}.");
        }
    }
}
