using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.Jacobians;

/// <summary>The derivative of all outputs along a direction of one variable, by extrapolated difference quotients.</summary>
internal sealed class DirectionalDerivative<T>(DifferentiableFunction<T> function, NamedMatrix<T> variable, Matrix<T> direction)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly double Epsilon = double.CreateTruncating(T.BitIncrement(T.One) - T.One);

    private readonly T[] _start = variable.Value.AsSpan().ToArray();

    public Matrix<T> Compute()
    {
        Matrix<T> middle = function.Forward().Clone();
        Matrix<T> result = Matrices.Zeros<T>(middle.RowCount, middle.ColumnCount);
        double length = direction.AsSpan().ToArray().Max(v => Math.Abs(double.CreateTruncating(v)));
        if (length == 0)
        {
            return result;
        }

        double at = _start.Max(x => Math.Abs(double.CreateTruncating(x)));
        double smallest = SmallestThatMoves();
        StepSweep[] sweeps = [.. middle.AsSpan().ToArray().Select(_ => new StepSweep())];
        Array.ForEach(sweeps, sweep => sweep.Clear());
        try
        {
            // The largest element of the direction moves by the step; steps below √ε of the smallest that moves are lost in rounding.
            for (int number = -1; number <= StepSweep.LastStep(smallest) && !Array.TrueForAll(sweeps, sweep => sweep.IsSettled); number++)
            {
                double step = StepSweep.Step(number, at);
                if (step * step > Epsilon * smallest * smallest)
                {
                    Add(sweeps, middle, Math.ScaleB(step, -Math.ILogB(length)));
                }
            }
        }
        finally
        {
            MoveTo(0);
        }

        function.Forward();

        for (int k = 0; k < sweeps.Length; k++)
        {
            result.AsSpan()[k] = T.CreateTruncating(sweeps[k].Best.Value);
        }

        return result;
    }

    private void Add(StepSweep[] sweeps, Matrix<T> middle, double step)
    {
        MoveTo(step);
        Matrix<T> above = function.Forward().Clone();
        MoveTo(-step);
        ReadOnlySpan<T> below = function.Forward().AsSpan();
        for (int k = 0; k < sweeps.Length; k++)
        {
            double high = double.CreateTruncating(above.AsSpan()[k]);
            double low = double.CreateTruncating(below[k]);
            double center = double.CreateTruncating(middle.AsSpan()[k]);
            double rounding = 4 * Epsilon * Math.Max(Math.Abs(high), Math.Abs(low)) / (2 * step);
            sweeps[k].Add(step, (center - low) / step, (high - center) / step, (high - low) / (2 * step), rounding);
        }
    }

    // Of the numbers that move, the smallest other than 0; 1 where that is larger, or where only zeros move.
    private double SmallestThatMoves()
    {
        double smallest = 1;
        ReadOnlySpan<T> along = direction.AsSpan();
        for (int i = 0; i < _start.Length; i++)
        {
            double x = Math.Abs(double.CreateTruncating(_start[i]));
            smallest = along[i] != T.Zero && x > 0 ? Math.Min(smallest, x) : smallest;
        }

        return smallest;
    }

    private void MoveTo(double step)
    {
        T factor = T.CreateTruncating(step);
        ReadOnlySpan<T> along = direction.AsSpan();
        for (int i = 0; i < _start.Length; i++)
        {
            variable[i] = _start[i] + (factor * along[i]);
        }
    }
}
