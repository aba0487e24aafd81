using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking.Diagnosis;
using NeuralNet.Core.Randomness;

namespace NeuralNet.Core.GradientChecking;

/// <summary>One gradient check while it runs.</summary>
internal sealed class GradientComparison(DifferentiableFunction<double> function, GradientCheckOptions options)
{
    private readonly Random _random = new(options.Seed);

    public GradientCheckReport Run()
    {
        Matrix<double> output = Forward().Clone();
        ThrowIfUnusable(output);
        Matrix<double> upstream = function.TakesUpstream
            ? Matrix<double>.Build.Dense(output.RowCount, output.ColumnCount, (_, _) => Upstream())
            : Matrix<double>.Build.Dense(1, 1, 1);

        // Both passes at another point first, so that a stale cache shows.
        var previous = new PreviousPoint(function.Variables, _random);
        using (previous.Visit())
        {
            Forward();
            function.Backward(upstream);
        }

        Forward();
        Matrix<double>[] analytic = [.. function.Backward(upstream).Select(gradient => gradient.Clone())];
        Matrix<double>?[] again = Again(upstream);
        var numerical = new NumericalGradient(function, upstream, options.BeforeForward);

        List<GradientCheckRow> rows = [];
        List<GradientDiagnosis> diagnoses = [];
        for (int i = 0; i < analytic.Length; i++)
        {
            Check(new VariableComparison(function.Variables[i], Entries(function.Variables[i].Count), numerical), analytic[i], again[i]);
        }

        // Functions that hold values of their own, such as a graph, are left at the point.
        Forward();
        return new GradientCheckReport(function.Name, rows, diagnoses);

        void Check(VariableComparison comparison, Matrix<double> gradient, Matrix<double>? doubled)
        {
            GradientCheckRow row = comparison.Compare(gradient, 1, options.Tolerance);
            bool isOverwritten = false;
            if (doubled is not null && doubled.HasShapeOf(gradient))
            {
                GradientCheckRow second = comparison.Compare(doubled, 2, options.Tolerance);
                isOverwritten = second.Verdict > GradientVerdict.Acceptable && !IsTwice(doubled, gradient);
                row = isOverwritten && row.Verdict <= GradientVerdict.Acceptable ? second : row;
            }

            rows.Add(row);
            if (row.Verdict is GradientVerdict.Wrong or GradientVerdict.Suspicious)
            {
                (int[] entries, DerivativeEstimate[] estimates) = comparison.Smooth();
                diagnoses.Add(Hypotheses.Diagnose(new(function, comparison.Variable, gradient, entries, estimates, numerical, previous)
                {
                    IsOverwritten = isOverwritten,
                    NamedNumbers = options.NamedNumbers,
                }));
            }
        }
    }

    private static bool IsTwice(Matrix<double> doubled, Matrix<double> gradient) =>
        (doubled - (2 * gradient)).L2Norm() <= 1e-9 * doubled.L2Norm();

    private Matrix<double>?[] Again(Matrix<double> upstream)
    {
        if (function.BackwardAgain is null)
        {
            return new Matrix<double>?[function.Variables.Count];
        }

        Forward();
        return [.. function.BackwardAgain(upstream).Select(gradient => gradient?.Clone())];
    }

    private double Upstream() => (0.5 + _random.NextDouble()) * (_random.Next(2) == 0 ? 1 : -1);

    private int[] Entries(int count)
    {
        int[] entries = [.. Enumerable.Range(0, count)];
        if (count <= options.EntriesPerVariable)
        {
            return entries;
        }

        _random.Shuffle(entries);
        int[] drawn = entries[..options.EntriesPerVariable];
        Array.Sort(drawn);
        return drawn;
    }

    private Matrix<double> Forward()
    {
        options.BeforeForward?.Invoke();
        return function.Forward();
    }

    private void ThrowIfUnusable(Matrix<double> output)
    {
        foreach (double value in output.AsSpan())
        {
            if (!double.IsFinite(value))
            {
                throw new InvalidOperationException(
                    $"{function.Name} has the output {value} at the point of the check. Choose a point where all outputs are finite.");
            }
        }

        if (!Forward().AsSpan().SequenceEqual(output.AsSpan()))
        {
            throw new InvalidOperationException(
                $"{function.Name} gave two different outputs at one point, so differences mean nothing. If it draws random numbers " +
                $"(dropout), let it name its {nameof(Philox)} among its OwnGenerators, or reseed its generator in {nameof(GradientCheckOptions)}.{nameof(GradientCheckOptions.BeforeForward)}.");
        }
    }
}
