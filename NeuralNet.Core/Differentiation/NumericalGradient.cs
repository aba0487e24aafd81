using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Differentiation;

/// <summary>
/// The gradient of <c>Σ upstream∘f</c> by difference quotients of f's forward pass, one entry at a time.
/// </summary>
/// <remarks>Differences are taken output by output and summed afterwards, so that outputs which do not depend on the entry bring
/// no rounding error with them.</remarks>
internal sealed class NumericalGradient
{
    // A forward pass is a few roundings, not one.
    private const double Epsilon = 4 * 2.220446049250313e-16;

    private readonly DifferentiableFunction<double> _function;
    private readonly Action? _beforeForward;
    private readonly StepSweep _sweep = new();
    private readonly double[] _upstream;
    private readonly double[] _base;
    private readonly double[] _above;
    private readonly double _outputScale;

    /// <summary>Prepares the differences at the point where the variables stand.</summary>
    /// <param name="function">The function.</param>
    /// <param name="upstream">A weight for each output.</param>
    /// <param name="beforeForward">Called before each forward pass.</param>
    public NumericalGradient(DifferentiableFunction<double> function, Matrix<double> upstream, Action? beforeForward)
    {
        _function = function;
        _beforeForward = beforeForward;
        Upstream = upstream;
        _upstream = upstream.AsSpan().ToArray();
        _beforeForward?.Invoke();
        Output = function.Forward().Clone();
        _base = Output.AsSpan().ToArray();
        _above = new double[_base.Length];
        _outputScale = Math.Sqrt(_base.Sum(y => y * y) / _base.Length);
    }

    /// <summary>The output at the point.</summary>
    public Matrix<double> Output { get; }

    /// <summary>The weight of each output.</summary>
    public Matrix<double> Upstream { get; }

    /// <summary>The same where the variables stand now.</summary>
    public NumericalGradient AtPresentPoint() => new(_function, Upstream, _beforeForward);

    /// <summary>The derivative by one entry of a variable.</summary>
    /// <param name="variable">One of the function's variables.</param>
    /// <param name="entry">Position in it, column after column.</param>
    public DerivativeEstimate By(NamedMatrix<double> variable, int entry)
    {
        double at = variable[entry];
        _sweep.Clear();
        try
        {
            for (int number = 0; number < StepSweep.MaxSteps && !_sweep.IsSettled; number++)
            {
                Add(variable, entry, at, StepSweep.Step(number, at));
            }
        }
        finally
        {
            variable[entry] = at;
        }

        return _sweep.Best;
    }

    /// <summary>The derivatives of all outputs by one entry of a variable, from one centred quotient.</summary>
    /// <param name="variable">One of the function's variables.</param>
    /// <param name="entry">Position in it, column after column.</param>
    /// <param name="step">The step.</param>
    public double[] Column(NamedMatrix<double> variable, int entry, double step)
    {
        double at = variable[entry];
        try
        {
            ReadOnlySpan<double> below = EvaluateAround(variable, entry, at, step, out double width);
            double[] column = new double[below.Length];
            for (int k = 0; k < column.Length; k++)
            {
                column[k] = (_above[k] - below[k]) / width;
            }

            return column;
        }
        finally
        {
            variable[entry] = at;
        }
    }

    private ReadOnlySpan<double> EvaluateAround(NamedMatrix<double> variable, int entry, double at, double step, out double width)
    {
        variable[entry] = at + step;
        width = variable[entry];
        Evaluate().CopyTo(_above);
        variable[entry] = at - step;
        width -= variable[entry];
        return Evaluate();
    }

    private void Add(NamedMatrix<double> variable, int entry, double at, double step)
    {
        ReadOnlySpan<double> below = EvaluateAround(variable, entry, at, step, out double width);

        double difference = 0;
        double bend = 0;

        // What moves an output by less than its last bit is not seen: one output's rounding is there at the least.
        double magnitude = _outputScale;
        for (int k = 0; k < below.Length; k++)
        {
            double d = _above[k] - below[k];
            double b = _above[k] - _base[k] - (_base[k] - below[k]);
            if (d != 0 || b != 0)
            {
                difference += _upstream[k] * d;
                bend += _upstream[k] * b;
                magnitude += Math.Abs(_upstream[k]) * Math.Max(Math.Max(Math.Abs(_above[k]), Math.Abs(below[k])), _outputScale);
            }
        }

        _sweep.Add(step, difference / width, 2 * bend / width, Epsilon * magnitude / width);
    }

    private ReadOnlySpan<double> Evaluate()
    {
        _beforeForward?.Invoke();
        return _function.Forward().AsSpan();
    }
}
