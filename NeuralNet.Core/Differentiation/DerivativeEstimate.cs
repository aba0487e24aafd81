namespace NeuralNet.Core.Differentiation;

/// <summary>A derivative from difference quotients.</summary>
/// <param name="Value">The estimate; not a number where no quotient is finite.</param>
/// <param name="Error">How far the extrapolations that led to it lie apart.</param>
/// <param name="Rounding">The rounding error that the quotients carry: that of the outputs, or what shorter steps show, whichever is larger.</param>
/// <param name="Step">The smallest step that went into it.</param>
/// <param name="IsKink">Whether the two one-sided derivatives differ, however small the step: the function has no derivative there.</param>
/// <param name="Left">The slope on the left, where <paramref name="IsKink"/>; not a number where there is none, as at the border of a domain.</param>
/// <param name="Right">The slope on the right, likewise.</param>
internal readonly record struct DerivativeEstimate(
    double Value, double Error, double Rounding, double Step, bool IsKink, double Left = double.NaN, double Right = double.NaN)
{
    /// <summary>What a derivative may differ by from <see cref="Value"/> without the quotients showing it.</summary>
    public double Resolution => (2 * Rounding) + (4 * Error);
}
