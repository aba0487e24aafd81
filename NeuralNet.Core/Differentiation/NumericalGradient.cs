using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Differentiation;

/// <summary>
/// The gradient of <c>Σ upstream∘f</c> by difference quotients of f's forward pass, one entry at a time or along a line.
/// </summary>
/// <remarks>Differences are taken output by output and summed afterwards, so that outputs which do not depend on the entry bring
/// no rounding error with them.</remarks>
internal sealed class NumericalGradient
{
    // A forward pass is a few roundings, not one.
    private const double Epsilon = 4 * 2.220446049250313e-16;

    // Where a quotient meets what was expected as nearly as that, nothing better is needed.
    private const double Agreement = 2e-10;

    // A step along many entries moves the outputs further than one along a single entry.
    private const int FirstAlongMany = 3;

    private readonly Func<Matrix<double>> _forward;
    private readonly StepSweep _sweep = new();
    private readonly double[] _upstream;
    private readonly double[] _base;
    private readonly double[] _above;
    private readonly double _largest;
    private double? _ordinaryValue;

    /// <summary>Prepares the differences at the point where the variables stand.</summary>
    /// <param name="forward">The forward pass.</param>
    /// <param name="upstream">A weight for each output.</param>
    public NumericalGradient(Func<Matrix<double>> forward, Matrix<double> upstream)
    {
        _forward = forward;
        Upstream = upstream;
        _upstream = upstream.AsSpan().ToArray();
        Output = forward().Clone();
        _base = Output.AsSpan().ToArray();
        _above = new double[_base.Length];
        _largest = _base.Zip(_upstream, (y, u) => Math.Abs(y * u)).Max();
    }

    /// <summary>The output at the point.</summary>
    public Matrix<double> Output { get; }

    /// <summary>The weight of each output.</summary>
    public Matrix<double> Upstream { get; }

    /// <summary>The same where the variables stand now.</summary>
    public NumericalGradient AtPresentPoint() => new(_forward, Upstream);

    /// <summary>The derivative by one entry of a variable.</summary>
    /// <param name="variable">One of the function's variables.</param>
    /// <param name="entry">Position in it, column after column.</param>
    /// <param name="likely">What it is expected to be, which saves evaluations where it is so; NaN for no idea.</param>
    public DerivativeEstimate By(NamedMatrix<double> variable, int entry, double likely = double.NaN) =>
        Sweep(new Movement(variable, entry), 0, likely, Math.Abs(likely));

    /// <summary>The derivative along a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="likely">What it is expected to be; NaN for no idea.</param>
    /// <param name="size">What a difference from that is measured by.</param>
    public DerivativeEstimate Along(Movement line, double likely = double.NaN, double size = double.NaN) => Sweep(line, FirstAlongMany, likely, size);

    /// <summary>As <see cref="By"/>, with all steps there are, and the rounding measured.</summary>
    /// <param name="variable">One of the function's variables.</param>
    /// <param name="entry">Position in it, column after column.</param>
    /// <param name="granularity">The smallest change of the function that was seen.</param>
    public DerivativeEstimate Thoroughly(NamedMatrix<double> variable, int entry, out double granularity)
    {
        var line = new Movement(variable, entry);
        var sweep = new ThoroughSweep();
        try
        {
            for (int number = -3; number <= StepSweep.LastStep(line.At) && !sweep.IsOver; number++)
            {
                double step = StepSweep.Step(number, line.At);
                sweep.Add(step, line.At, Measure(line, step));
            }
        }
        finally
        {
            line.To(0);
        }

        granularity = sweep.Granularity;
        return sweep.Best();
    }

    /// <summary>The steepest slope to points further away, up to 1 for each unit of upstream: what would be an ordinary derivative by this entry.</summary>
    /// <param name="variable">One of the function's variables.</param>
    /// <param name="entry">Position in it, column after column.</param>
    /// <param name="enough">A slope that is enough: nothing steeper is looked for.</param>
    public double Elsewhere(NamedMatrix<double> variable, int entry, double enough)
    {
        var line = new Movement(variable, entry);
        double size = Math.Max(1, Math.Abs(line.At));
        double steepest = 0;
        try
        {
            for (int i = 0; i < 6 && steepest < enough; i++)
            {
                double away = size * (1 << (3 * (i / 2)));
                line.To(i % 2 == 0 ? away : -away);
                ReadOnlySpan<double> there = _forward().AsSpan();
                double change = 0, most = 0;
                for (int k = 0; k < _base.Length; k++)
                {
                    double d = Math.Abs(there[k] - _base[k]);
                    if (d > 0 && double.IsFinite(d))
                    {
                        change += Math.Abs(_upstream[k]) * d;
                        most += Math.Abs(_upstream[k]);
                    }
                }

                steepest = Math.Max(steepest, Math.Min(change / away, most));
            }
        }
        finally
        {
            line.To(0);
        }

        return steepest;
    }

    /// <summary>What the values of the function are ordinarily: the largest after one of the variables, or all of them, change their signs.</summary>
    /// <param name="variables">The variables.</param>
    public double OrdinaryValue(IReadOnlyList<NamedMatrix<double>> variables)
    {
        _ordinaryValue ??= variables.Select(variable => (NamedMatrix<double>[])[variable]).Append([.. variables]).Max(moved =>
        {
            var mirror = new Movement(moved.Select(v => (v, Enumerable.Range(0, v.Count).ToArray(), v.Value.AsSpan().ToArray())));
            try
            {
                mirror.To(-2);
                return Size(_forward().AsSpan());
            }
            finally
            {
                mirror.To(0);
            }
        });
        return _ordinaryValue.Value;
    }

    /// <summary>The size of the value at the point, Σ|upstream·output|.</summary>
    public double Value => Size(_base);

    /// <summary>The derivatives of all outputs by one entry of a variable, from two centred quotients.</summary>
    /// <param name="variable">One of the function's variables.</param>
    /// <param name="entry">Position in it, column after column.</param>
    /// <param name="step">The longer step; the other is half of that.</param>
    public double[] Column(NamedMatrix<double> variable, int entry, double step)
    {
        var line = new Movement(variable, entry);
        double[] column = new double[_base.Length];
        try
        {
            for (int k = 2; k >= 1; k--)
            {
                ReadOnlySpan<double> below = EvaluateAround(line, k * step / 2);
                double width = line.Width(k * step / 2);
                for (int i = 0; i < column.Length; i++)
                {
                    double quotient = (_above[i] - below[i]) / width;

                    // The error of a centred quotient goes with the square of the step.
                    column[i] = k == 2 ? quotient : quotient + ((quotient - column[i]) / 3);
                }
            }
        }
        finally
        {
            line.To(0);
        }

        return column;
    }

    private double Size(ReadOnlySpan<double> values)
    {
        double size = 0;
        for (int k = 0; k < values.Length; k++)
        {
            size += double.IsFinite(values[k]) ? Math.Abs(_upstream[k] * values[k]) : 0;
        }

        return size;
    }

    private DerivativeEstimate Sweep(Movement line, int first, double likely, double size)
    {
        _sweep.Clear();
        int last = StepSweep.LastStep(line.At);
        try
        {
            for (int number = first; number <= last && !_sweep.IsSettled; number++)
            {
                double step = StepSweep.Step(number, line.At);
                Slopes slopes = Measure(line, step);
                _sweep.Add(step, slopes.Left, slopes.Right, slopes.Centred, slopes.Rounding, likely, Agreement * size);

                // Nothing that comes is better than what is there: rounding grows with each step.
                DerivativeEstimate best = _sweep.Best;
                if (_sweep.IsKinkAt(step, line.At) || slopes.Rounding > best.Error + best.Rounding)
                {
                    break;
                }
            }
        }
        finally
        {
            line.To(0);
        }

        return _sweep.Best;
    }

    private ReadOnlySpan<double> EvaluateAround(Movement line, double step)
    {
        line.To(step);
        _forward().AsSpan().CopyTo(_above);
        line.To(-step);
        return _forward().AsSpan();
    }

    private Slopes Measure(Movement line, double step)
    {
        ReadOnlySpan<double> below = EvaluateAround(line, step);
        double width = line.Width(step);
        double difference = 0, left = 0, right = 0, magnitude = 0;
        for (int k = 0; k < below.Length; k++)
        {
            double d = _above[k] - below[k];
            double r = _above[k] - _base[k];
            double l = _base[k] - below[k];
            if (d != 0 || r != 0 || l != 0)
            {
                difference += _upstream[k] * d;
                right += _upstream[k] * r;
                left += _upstream[k] * l;
                magnitude += Math.Abs(_upstream[k]) * Math.Max(Math.Abs(_base[k]), Math.Max(Math.Abs(_above[k]), Math.Abs(below[k])));
            }
        }

        // What moves no output by its last bit is not seen: the rounding of any may hide it.
        double half = width / 2;
        double rounding = Epsilon * (magnitude == 0 ? _largest : magnitude) / width;
        return new(left / half, right / half, difference / width, rounding, Math.Abs(difference));
    }
}
