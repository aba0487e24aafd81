using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking;

/// <summary>One gradient check while it runs.</summary>
internal sealed class GradientComparison(DifferentiableFunction<double> function, GradientCheckOptions options)
{
    private readonly Random _random = new(options.Seed);

    public GradientCheckReport Run()
    {
        Matrix<double> output = Forward();
        Matrix<double> upstream = function.TakesUpstream
            ? Matrix<double>.Build.Dense(output.RowCount, output.ColumnCount, (_, _) => Upstream())
            : Matrix<double>.Build.Dense(1, 1, 1);
        Matrix<double>[] analytic = [.. function.Backward(upstream).Select(gradient => gradient.Clone())];
        ThrowIfNotRepeatable(output.Clone());
        var numeric = new NumericalGradient(function, upstream, options.BeforeForward);
        return new GradientCheckReport(
            function.Name, [.. function.Variables.Select((variable, i) => Check(variable, analytic[i], numeric))]);
    }

    private GradientCheckRow Check(NamedMatrix<double> variable, Matrix<double> analytic, NumericalGradient numeric)
    {
        if (!analytic.HasShapeOf(variable.Value))
        {
            throw new InvalidOperationException(
                $"A gradient has the shape of its variable: {variable} of {function.Name} got a gradient {analytic.Shape()}.");
        }

        int[] entries = Entries(variable.Count);
        DerivativeEstimate[] estimates = [.. entries.Select(entry => numeric.By(variable, entry))];
        double largest = estimates.Where(e => !e.IsKink).Select(e => Math.Abs(e.Value)).DefaultIfEmpty(0).Max();
        int worst = -1;
        double worstError = 0;
        for (int i = 0; i < entries.Length; i++)
        {
            double error = RelativeError(analytic.AsSpan()[entries[i]], estimates[i], largest);
            if (!estimates[i].IsKink && (worst < 0 || error > worstError))
            {
                (worst, worstError) = (i, error);
            }
        }

        int kinks = estimates.Count(e => e.IsKink);
        int at = worst < 0 ? 0 : entries[worst];
        return new GradientCheckRow(
            variable.Name,
            variable.Value.RowCount,
            variable.Value.ColumnCount,
            entries.Length - kinks,
            kinks,
            worstError,
            at % variable.Value.RowCount,
            at / variable.Value.RowCount,
            analytic.AsSpan()[at],
            worst < 0 ? double.NaN : estimates[worst].Value,
            worst < 0 ? GradientVerdict.NotChecked : Judge(worstError, kinks > 0));
    }

    /// <summary><c>|a − n| / max(|a|, |n|, floor)</c>; infinite where a or n is not a number.</summary>
    private static double RelativeError(double analytic, DerivativeEstimate numeric, double largest)
    {
        double resolution = Math.Max(numeric.Rounding, Math.Min(numeric.Error, 1e-9 * largest));
        double scale = Math.Max(Math.Max(Math.Abs(analytic), Math.Abs(numeric.Value)), resolution / 1e-7);
        double error = scale == 0 ? 0 : Math.Abs(analytic - numeric.Value) / scale;
        return double.IsNaN(error) ? double.PositiveInfinity : error;
    }

    private GradientVerdict Judge(double error, bool hasKinks) =>
        error <= options.Tolerance ? GradientVerdict.Good
        : error <= 1e-4 && hasKinks ? GradientVerdict.Acceptable
        : error <= 1e-2 ? GradientVerdict.Suspicious
        : GradientVerdict.Wrong;

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

    private void ThrowIfNotRepeatable(Matrix<double> output)
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
                $"(dropout), reseed its generator in {nameof(GradientCheckOptions)}.{nameof(GradientCheckOptions.BeforeForward)}.");
        }
    }
}
