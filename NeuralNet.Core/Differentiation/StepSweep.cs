namespace NeuralNet.Core.Differentiation;

/// <summary>
/// Centred difference quotients at steps that shrink by four, extrapolated to step 0; the best extrapolation is kept.
/// </summary>
/// <remarks>
/// A centred quotient is <c>D(h) = f′ + c₁h² + c₂h⁴ + …</c>, so <c>D(h/4) + (D(h/4) − D(h))/15</c> is free of the first term, and so on.
/// How well neighbours in that scheme agree is the error estimate: it is large while the steps are too long or reach over a kink, and
/// grows again when rounding takes over. Source: Ridders (1982), "Accurate computation of F′(x) and F′(x)F″(x)".
/// </remarks>
internal sealed class StepSweep
{
    /// <summary>The longest step is 2⁻⁵, the shortest 2⁻²⁵, times the scale of the variable.</summary>
    public const int MaxSteps = 11;

    private const double Shrink = 4;
    private const int MaxOrder = 3;
    private const double SettledAt = 1e-11;

    private readonly double[] _previous = new double[MaxOrder + 1];
    private readonly double[] _current = new double[MaxOrder + 1];
    private int _count;
    private double _previousJump;
    private DerivativeEstimate _best = None;

    private static DerivativeEstimate None => new(double.NaN, double.PositiveInfinity, 0, 0, IsKink: true);

    /// <summary>The best estimate so far. Where no two quotients are finite, as at the border of a domain, there is no derivative: a kink.</summary>
    public DerivativeEstimate Best => _best;

    /// <summary>Whether shorter steps would not improve the estimate.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>The step with a number, 0 being the longest.</summary>
    /// <param name="number">From 0 to <see cref="MaxSteps"/> − 1.</param>
    /// <param name="at">The value of the variable: steps are relative to it where it is beyond ±1.</param>
    public static double Step(int number, double at) =>
        Math.ScaleB(1, Math.Max(0, double.IsFinite(at) ? Math.ILogB(at) : 0) - 5 - (2 * number));

    /// <summary>Forgets all quotients.</summary>
    public void Clear()
    {
        _count = 0;
        IsSettled = false;
        _best = None;
    }

    /// <summary>Takes the next, shorter step.</summary>
    /// <param name="step">The step h.</param>
    /// <param name="quotient"><c>(f(x+h) − f(x−h)) / 2h</c>.</param>
    /// <param name="jump"><c>(f(x+h) − 2f(x) + f(x−h)) / h</c>, the difference of the one-sided quotients.</param>
    /// <param name="rounding">The rounding error of the quotient.</param>
    public void Add(double step, double quotient, double jump, double rounding)
    {
        if (!double.IsFinite(quotient))
        {
            // The step left the domain of the function: what was extrapolated from longer ones is of no use.
            Clear();
            return;
        }

        _current.CopyTo(_previous, 0);
        _current[0] = quotient;
        double power = 1;
        for (int order = 1; order <= Math.Min(_count, MaxOrder); order++)
        {
            power *= Shrink * Shrink;
            _current[order] = _current[order - 1] + ((_current[order - 1] - _previous[order - 1]) / (power - 1));
        }

        if (_count > 0)
        {
            // A kink stays when the step shrinks; the bend of a smooth function shrinks with it.
            bool isKink = Math.Abs(jump) > 0.5 * Math.Abs(_previousJump)
                && Math.Abs(jump) > Math.Max(64 * rounding, 1e-6 * Math.Abs(quotient));
            for (int order = 0; order <= Math.Min(_count, MaxOrder); order++)
            {
                Consider(order, step, rounding, isKink);
            }

            // Three quotients at least: two may agree by chance.
            IsSettled = _count >= 2 && _best.Error <= Math.Max(_best.Rounding, SettledAt * Math.Abs(_best.Value));
        }

        _previousJump = jump;
        _count++;
    }

    private void Consider(int order, double step, double rounding, bool isKink)
    {
        double value = _current[order];
        double error = order == 0
            ? Math.Abs(value - _previous[0])
            : Math.Max(Math.Abs(value - _current[order - 1]), Math.Abs(value - _previous[order - 1]));
        if (error + rounding <= _best.Error + _best.Rounding)
        {
            _best = new DerivativeEstimate(value, error, rounding, step, isKink);
        }
    }
}
