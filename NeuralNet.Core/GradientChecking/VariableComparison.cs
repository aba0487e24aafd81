using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking;

/// <summary>The numerical gradient of one variable, and how a gradient compares with it, entry by entry.</summary>
internal sealed class VariableComparison
{
    private readonly List<EntryComparison> _entries;
    private readonly FunctionSize _function;
    private readonly NumericalGradient _numerical;
    private readonly double _tolerance;

    /// <summary>Prepares the comparison.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="entries">The entries to look at.</param>
    /// <param name="function">The function as a whole.</param>
    /// <param name="numerical">What measures them.</param>
    /// <param name="tolerance">The largest good relative error.</param>
    public VariableComparison(
        NamedMatrix<double> variable, int[] entries, FunctionSize function, NumericalGradient numerical, double tolerance)
    {
        Variable = variable;
        _function = function;
        _numerical = numerical;
        _tolerance = tolerance;
        _entries = [.. entries.Select(entry => new EntryComparison(variable, entry, function, numerical))];
    }

    /// <summary>The variable.</summary>
    public NamedMatrix<double> Variable { get; }

    /// <summary>Whether every entry is looked at.</summary>
    public bool IsComplete => _entries.Count == Variable.Count;

    /// <summary>The comparison of a gradient with <c>times</c> the numerical one.</summary>
    /// <param name="gradient">The gradient from the backward pass.</param>
    /// <param name="times">How often backward passes have added to it.</param>
    public GradientCheckRow Compare(Matrix<double> gradient, int times = 1)
    {
        bool hasShape = gradient.HasShapeOf(Variable.Value);
        EntryFinding[] findings = hasShape
            ? [.. _entries.Select(entry => entry.Judge(gradient.AsSpan()[entry.Entry] / times, _tolerance))]
            : [.. _entries.Select(entry => entry.Judge(double.NaN, _tolerance))];
        int worst = -1;
        for (int i = 0; i < findings.Length; i++)
        {
            if (!findings[i].IsKink && (worst < 0 || (findings[i].Verdict, findings[i].Error).CompareTo((findings[worst].Verdict, findings[worst].Error)) > 0))
            {
                worst = i;
            }
        }

        int checkedEntries = findings.Count(f => f.IsChecked);
        int at = worst < 0 ? 0 : _entries[worst].Entry;
        return new GradientCheckRow(
            Variable.Name,
            Variable.Value.RowCount,
            Variable.Value.ColumnCount,
            checkedEntries,
            findings.Count(f => f.IsKink),
            findings.Where(f => f.IsChecked).Select(f => f.Error).DefaultIfEmpty(0).Max(),
            at % Variable.Value.RowCount,
            at / Variable.Value.RowCount,
            hasShape ? gradient.AsSpan()[at] : double.NaN,
            worst < 0 ? double.NaN : times * _entries[worst].Estimate.Value,
            !hasShape ? GradientVerdict.Wrong : worst < 0 ? GradientVerdict.NotChecked : findings[worst].Verdict)
        {
            Unresolved = findings.Count(f => f.Verdict == GradientVerdict.NotResolved),
        };
    }

    /// <summary>Looks at one more entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="gradient">The gradient by the variable.</param>
    /// <returns>Whether that entry is wrong.</returns>
    public bool Add(int entry, Matrix<double> gradient)
    {
        EntryComparison? known = _entries.Find(e => e.Entry == entry);
        if (known is null)
        {
            _entries.Add(known = new EntryComparison(Variable, entry, _function, _numerical));
        }

        return known.Judge(gradient.AsSpan()[entry], _tolerance).Verdict is GradientVerdict.Wrong or GradientVerdict.Suspicious;
    }

    /// <summary>The entries that are no kinks, with their derivatives.</summary>
    public (int[] Entries, DerivativeEstimate[] Estimates) Smooth()
    {
        EntryComparison[] smooth = [.. _entries.Where(e => !e.Estimate.IsKink)];
        return ([.. smooth.Select(e => e.Entry)], [.. smooth.Select(e => e.Estimate)]);
    }

    /// <summary>The entries at kinks.</summary>
    public IEnumerable<EntryComparison> Kinks => _entries.Where(e => e.Estimate is { IsKink: true, Step: > 0 });
}
