namespace NeuralNet.Core.Differentiation;

/// <summary>
/// Centred difference quotients at steps that shrink by four, extrapolated to step 0; the best extrapolation is kept.
/// </summary>
/// <remarks>
/// <para>A centred quotient is <c>D(h) = f′ + c₁h² + c₂h⁴ + …</c>, so <c>D(h/4) + (D(h/4) − D(h))/15</c> is free of the first term, and so on.
/// How well neighbours in that scheme agree is the error estimate: it is large while the steps are too long or reach over a kink, and
/// grows again when rounding takes over. Source: Ridders (1982), "Accurate computation of F′(x) and F′(x)F″(x)".</para>
/// <para>Steps go on until shorter ones would not help: they begin at the size of the variable, or at 1 if that is smaller, and end at a 2⁻³³th of the size
/// of the variable itself, so what happens at a scale of 1e-7 or 1e-12 is seen where the variable has that size. At 0 they end at 2⁻⁶⁵.</para>
/// </remarks>
internal sealed class StepSweep
{
    private const double Shrink = 4;
    private const int MaxOrder = 3;
    private const double SettledAt = 1e-11;
    private const int Shortest = 33;
    private const int ShortestAtZero = 65;
    private const int MaxExponent = 140;

    private readonly double[] _previous = new double[MaxOrder + 1];
    private readonly double[] _current = new double[MaxOrder + 1];
    private int _count;
    private int _kinks;
    private double _previousJump;
    private double _previousLeft, _previousRight;
    private double _left, _right;
    private DerivativeEstimate _best = None;

    private static DerivativeEstimate None => new(double.NaN, double.PositiveInfinity, 0, 0, IsKink: true);

    /// <summary>The best estimate so far. Where no two quotients are finite, as at the border of a domain, there is no derivative: a kink.</summary>
    public DerivativeEstimate Best => _best.Step == 0 ? _best with { Left = _left, Right = _right } : _best;

    /// <summary>Whether shorter steps would not improve the estimate.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>The step with a number, 0 being the longest: a 2⁻⁷th of the size of the variable, or of 1; numbers below 0 are longer.</summary>
    /// <param name="number">From −3.</param>
    /// <param name="at">The value of the variable.</param>
    public static double Step(int number, double at) => Math.ScaleB(1, Math.Max(0, Exponent(at)) - 7 - (2 * number));

    /// <summary>The number of the shortest step that makes sense.</summary>
    /// <param name="at">The value of the variable.</param>
    public static int LastStep(double at)
    {
        int below = at == 0 ? ShortestAtZero - Shortest : Math.Min(MaxExponent, -Math.Min(0, Exponent(at)));
        return ((Shortest - 7) + below + 1) / 2;
    }

    /// <summary>Forgets all quotients.</summary>
    public void Clear()
    {
        _count = 0;
        _kinks = 0;
        IsSettled = false;
        _left = _right = _previousLeft = _previousRight = double.NaN;
        _best = None;
    }

    /// <summary>Takes the next, shorter step.</summary>
    /// <param name="step">The step h.</param>
    /// <param name="left"><c>(f(x) − f(x−h)) / h</c>.</param>
    /// <param name="right"><c>(f(x+h) − f(x)) / h</c>.</param>
    /// <param name="rounding">The rounding error of their mean.</param>
    /// <param name="likely">What the derivative is expected to be: where an extrapolation meets that, nothing more is needed. NaN for no idea.</param>
    /// <param name="near">How near to that is near enough.</param>
    /// <param name="quotient"><c>(f(x+h) − f(x−h)) / 2h</c>, exact in h.</param>
    public void Add(double step, double left, double right, double quotient, double rounding, double likely = double.NaN, double near = 0)
    {
        double least = 1e-3 * Math.Max(Math.Abs(left), Math.Abs(right));
        _left = Extrapolate(left, _previousLeft, least);
        _right = Extrapolate(right, _previousRight, least);
        (_previousLeft, _previousRight) = (left, right);
        if (!double.IsFinite(quotient))
        {
            // The step left the domain of the function: what was extrapolated from longer ones is of no use.
            (double oneLeft, double oneRight) = (left, right);
            double keptLeft = _left, keptRight = _right;
            Clear();
            (_previousLeft, _previousRight, _left, _right) = (oneLeft, oneRight, keptLeft, keptRight);
            return;
        }

        _current.CopyTo(_previous, 0);
        _current[0] = quotient;
        double power = 1;
        int top = Math.Min(_count, MaxOrder);
        for (int order = 1; order <= top; order++)
        {
            power *= Shrink * Shrink;
            _current[order] = _current[order - 1] + ((_current[order - 1] - _previous[order - 1]) / (power - 1));
        }

        double jump = right - left;
        if (_count > 0)
        {
            // A kink stays when the step shrinks; the bend of a smooth function shrinks with it.
            bool isKink = Math.Abs(jump) > 0.5 * Math.Abs(_previousJump)
                && Math.Abs(jump) > Math.Max(64 * rounding, 1e-6 * Math.Abs(quotient));
            _kinks = isKink ? _kinks + 1 : 0;
            for (int order = 0; order <= top; order++)
            {
                Consider(order, step, rounding, isKink);
            }

            if (!isKink && Math.Abs(_current[top] - likely) <= near && rounding <= near)
            {
                _best = new(_current[top], Math.Abs(_current[top] - likely), rounding, step, IsKink: false);
                IsSettled = true;
            }
            else
            {
                // Three quotients at least: two may agree by chance.
                IsSettled = _count >= 2 && _best.Error <= Math.Max(_best.Rounding, SettledAt * Math.Abs(_best.Value));
            }
        }

        _previousJump = jump;
        _count++;
    }

    /// <summary>Whether the last quotients showed a kink, be it at the point or near it.</summary>
    public bool IsBending => _kinks > 0;

    /// <summary>Whether the last quotients all showed a kink, which is then at the point itself.</summary>
    /// <param name="step">The last step.</param>
    /// <param name="at">The value of the variable.</param>
    public bool IsKinkAt(double step, double at) =>
        _kinks >= 4 && step <= Math.ScaleB(1, at == 0 ? -25 : Exponent(at) - 20);

    private static int Exponent(double at) => at != 0 && double.IsFinite(at) ? Math.ILogB(at) : 0;

    // A one-sided quotient is f′ + c₁h + …, unless it grows from step to step: then there is a jump, or a tangent that stands upright, and no slope.
    private static double Extrapolate(double slope, double previous, double least) =>
        !double.IsFinite(previous) ? slope
        : Math.Abs(slope) > least && Math.Abs(slope) > 1.5 * Math.Abs(previous) ? double.NaN
        : slope + ((slope - previous) / (Shrink - 1));

    private void Consider(int order, double step, double rounding, bool isKink)
    {
        double value = _current[order];
        double error = order == 0
            ? Math.Abs(value - _previous[0])
            : Math.Max(Math.Abs(value - _current[order - 1]), Math.Abs(value - _previous[order - 1]));
        if (error + rounding <= _best.Error + _best.Rounding)
        {
            _best = new(value, error, rounding, step, isKink, _left, _right);
        }
    }
}
