namespace NeuralNet.Core.Differentiation;

/// <summary>
/// All quotients from the longest step to the shortest, for a place where a <see cref="StepSweep"/> and a gradient do not agree: what is rounding is measured
/// by what the quotients of shorter steps scatter by, and of several estimates the one with the shorter steps counts.
/// </summary>
/// <remarks>Where a function is smooth, <c>|D(h) − D(4h)|·h</c> shrinks 64-fold from step to step. What does not shrink is noise in the values of the function,
/// be it rounding of numbers that cancel inside it, and cannot be seen in its output.</remarks>
internal sealed class ThoroughSweep
{
    private readonly List<double> _steps = [];
    private readonly List<double> _quotients = [];
    private readonly List<double> _roundings = [];
    private readonly List<double> _changes = [];
    private readonly List<(int Last, DerivativeEstimate Estimate)> _candidates = [];
    private readonly StepSweep _sweep = new();
    private bool _isKink;

    /// <summary>Starts anew.</summary>
    public ThoroughSweep() => _sweep.Clear();

    /// <summary>Whether shorter steps would tell nothing.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The smallest change of the function that was seen, other than none: at least its granularity. 0 where it never changed.</summary>
    public double Granularity => _changes.Where(change => change > 0).DefaultIfEmpty(0).Min();

    /// <summary>Takes the next, shorter step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="at">The value of the variable.</param>
    /// <param name="slopes">The quotients.</param>
    public void Add(double step, double at, in Slopes slopes)
    {
        int before = _quotients.Count;
        _sweep.Add(step, slopes.Left, slopes.Right, slopes.Centred, slopes.Rounding);
        if (!double.IsFinite(slopes.Centred))
        {
            _steps.Clear();
            _quotients.Clear();
            _roundings.Clear();
            _changes.Clear();
            _candidates.Clear();
            return;
        }

        _steps.Add(step);
        _quotients.Add(slopes.Centred);
        _roundings.Add(slopes.Rounding);
        _changes.Add(slopes.Change);
        if (before > 0)
        {
            _candidates.Add((before, _sweep.Best));
            Extrapolate(_sweep.IsBending);
        }

        _isKink = _sweep.IsKinkAt(step, at);
        double seen = Math.Max(Math.Abs(slopes.Centred), before > 0 ? Math.Abs(_quotients[before - 1]) : double.PositiveInfinity);
        IsOver = _isKink || (before >= 6 && slopes.Rounding > 64 * seen);
    }

    /// <summary>The best estimate.</summary>
    public DerivativeEstimate Best()
    {
        if (_isKink || _candidates.Count == 0)
        {
            return _sweep.Best;
        }

        DerivativeEstimate[] all = [.. _candidates.Select(c => c.Estimate with { Rounding = c.Estimate.Rounding + Noise(c.Last) })];
        DerivativeEstimate best = all.MinBy(Uncertainty);

        // A narrow feature looks flat from afar: of two estimates that are both sure, that of the shorter steps is the derivative.
        int sure = Array.FindLastIndex(all, e => !e.IsKink && Uncertainty(e) <= 1e-6 * Math.Abs(e.Value));
        if (sure >= 0 && Math.Abs(all[sure].Value - best.Value) > Uncertainty(best) + (1e-5 * Math.Abs(best.Value)))
        {
            best = all.Where(e => !e.IsKink && Math.Abs(e.Value - all[sure].Value) <= 1e-5 * Math.Abs(e.Value)).MinBy(Uncertainty);
        }

        return best;
    }

    private static double Uncertainty(DerivativeEstimate estimate) => estimate.Error + estimate.Rounding;

    // Each step's extrapolation over the last three quotients, beside the best of all so far.
    private void Extrapolate(bool isBending)
    {
        int last = _quotients.Count - 1;
        double one = _quotients[last] + ((_quotients[last] - _quotients[last - 1]) / 15);
        if (last >= 2)
        {
            double before = _quotients[last - 1] + ((_quotients[last - 1] - _quotients[last - 2]) / 15);
            double two = one + ((one - before) / 255);
            _candidates.Add((last, new(two, Math.Abs(one - before), _roundings[last], _steps[last], isBending, _sweep.Best.Left, _sweep.Best.Right)));
        }
    }

    // What the values of the function scatter by, over the step.
    private double Noise(int at)
    {
        double noise = 0;
        for (int i = at + 1; i < _quotients.Count; i++)
        {
            double scatter = Scatter(i);
            if (scatter >= Scatter(i - 1) / 8)
            {
                noise = Math.Max(noise, scatter);
            }
        }

        return noise / _steps[at];
    }

    private double Scatter(int i) => i == 0 ? double.PositiveInfinity : Math.Abs(_quotients[i] - _quotients[i - 1]) * _steps[i];
}
