using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.GradientChecking;

/// <summary>One gradient, of a pass that starts from zero, of another such pass, and of one that adds to that.</summary>
internal sealed class Accumulation
{
    private Accumulation()
    {
    }

    /// <summary>Nothing is known of it.</summary>
    public static Accumulation None { get; } = new();

    /// <summary>The gradient of the second pass, minus that of the first, where they differ.</summary>
    public Matrix<double>? Growth { get; private init; }

    /// <summary>The gradient after a pass that adds, where gradients add up.</summary>
    public Matrix<double>? Doubled { get; private init; }

    /// <summary>Whether a pass repeated the gradient.</summary>
    public bool IsRepeatable => Growth is null;

    /// <summary>Whether the pass that should add wrote the same again instead.</summary>
    public bool IsOverwritten { get; private init; }

    /// <summary>How many times the gradient it was after the pass that adds: 2, if that is right; NaN if no multiple.</summary>
    public double Times { get; private init; } = 2;

    /// <summary>Whether a second pass repeats the gradient, and one that adds doubles it.</summary>
    public bool IsRight => IsRepeatable && Times == 2;

    /// <summary>The three compared.</summary>
    /// <param name="first">Of a pass that starts from zero.</param>
    /// <param name="second">Of another.</param>
    /// <param name="doubled">Of one that adds to the second; null where there is none.</param>
    public static Accumulation Of(Matrix<double> first, Matrix<double>? second, Matrix<double>? doubled)
    {
        if (second is null || !second.HasShapeOf(first))
        {
            return None;
        }

        if (!IsSame(second, first))
        {
            return new() { Growth = second - first };
        }

        if (doubled is null || !doubled.HasShapeOf(first) || IsSame(doubled, 2 * first))
        {
            return None;
        }

        double square = first.AsSpan().ToArray().Sum(g => g * g);
        double times = first.PointwiseMultiply(doubled).Enumerate().Sum() / square;
        return new()
        {
            Doubled = doubled,
            IsOverwritten = IsSame(doubled, first),
            Times = IsSame(doubled, times * first) ? times : double.NaN,
        };
    }

    /// <summary>Whether two matrices are equal but for rounding: not-a-numbers at the same places are equal.</summary>
    public static bool IsSame(Matrix<double> one, Matrix<double> other)
    {
        if (!one.HasShapeOf(other))
        {
            return false;
        }

        ReadOnlySpan<double> a = one.AsSpan(), b = other.AsSpan();
        double difference = 0, size = 0;
        for (int i = 0; i < a.Length; i++)
        {
            if (!a[i].Equals(b[i]))
            {
                difference = Math.Max(difference, double.IsNaN(a[i] - b[i]) ? double.PositiveInfinity : Math.Abs(a[i] - b[i]));
            }

            size = Math.Max(size, Math.Abs(b[i]));
        }

        return difference <= 1e-9 * size;
    }
}
