using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking;

/// <summary>The numerical gradient of one variable, and how a gradient compares with it.</summary>
internal sealed class VariableComparison
{
    private readonly int[] _entries;
    private readonly DerivativeEstimate[] _estimates;
    private readonly double _largest;

    /// <summary>Measures the numerical gradient.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="entries">The entries to look at.</param>
    /// <param name="numerical">What measures it.</param>
    public VariableComparison(NamedMatrix<double> variable, int[] entries, NumericalGradient numerical)
    {
        Variable = variable;
        _entries = entries;
        _estimates = [.. entries.Select(entry => numerical.By(variable, entry))];
        _largest = _estimates.Where(e => !e.IsKink).Select(e => Math.Abs(e.Value)).DefaultIfEmpty(0).Max();
    }

    /// <summary>The variable.</summary>
    public NamedMatrix<double> Variable { get; }

    /// <summary>The comparison of a gradient with <c>times</c> the numerical one.</summary>
    /// <param name="gradient">The gradient from the backward pass.</param>
    /// <param name="times">How often backward passes have added to it.</param>
    /// <param name="tolerance">The largest good relative error.</param>
    public GradientCheckRow Compare(Matrix<double> gradient, int times, double tolerance)
    {
        bool hasShape = gradient.HasShapeOf(Variable.Value);
        int worst = -1;
        double worstError = 0;
        for (int i = 0; i < _entries.Length; i++)
        {
            double error = hasShape ? RelativeError(gradient.AsSpan()[_entries[i]] / times, _estimates[i]) : double.PositiveInfinity;
            if (!_estimates[i].IsKink && (worst < 0 || error > worstError))
            {
                (worst, worstError) = (i, error);
            }
        }

        int kinks = _estimates.Count(e => e.IsKink);
        int at = worst < 0 ? 0 : _entries[worst];
        return new GradientCheckRow(
            Variable.Name,
            Variable.Value.RowCount,
            Variable.Value.ColumnCount,
            _entries.Length - kinks,
            kinks,
            worstError,
            at % Variable.Value.RowCount,
            at / Variable.Value.RowCount,
            hasShape ? gradient.AsSpan()[at] : double.NaN,
            worst < 0 ? double.NaN : times * _estimates[worst].Value,
            !hasShape ? GradientVerdict.Wrong : worst < 0 ? GradientVerdict.NotChecked : Judge(worstError, kinks > 0, tolerance));
    }

    /// <summary>The entries that are no kinks, with their derivatives.</summary>
    public (int[] Entries, DerivativeEstimate[] Estimates) Smooth()
    {
        int[] smooth = [.. Enumerable.Range(0, _entries.Length).Where(i => !_estimates[i].IsKink)];
        return ([.. smooth.Select(i => _entries[i])], [.. smooth.Select(i => _estimates[i])]);
    }

    private static GradientVerdict Judge(double error, bool hasKinks, double tolerance) =>
        error <= tolerance ? GradientVerdict.Good
        : error <= 1e-4 && hasKinks ? GradientVerdict.Acceptable
        : error <= 1e-2 ? GradientVerdict.Suspicious
        : GradientVerdict.Wrong;

    // |a − n| / max(|a|, |n|, floor), as the documentation of GradientCheck states it; infinite where a is not a number.
    private double RelativeError(double analytic, DerivativeEstimate numeric)
    {
        double resolution = Math.Max(numeric.Rounding, Math.Min(numeric.Error, 1e-9 * _largest));
        double scale = Math.Max(Math.Max(Math.Abs(analytic), Math.Abs(numeric.Value)), resolution / 1e-7);
        double error = scale == 0 ? 0 : Math.Abs(analytic - numeric.Value) / scale;
        return double.IsNaN(error) ? double.PositiveInfinity : error;
    }
}
