namespace NeuralNet.Core.Differentiation;

/// <summary>A derivative from difference quotients.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Error">How far the extrapolations that led to it lie apart.</param>
/// <param name="Rounding">The rounding error that the quotients carry.</param>
/// <param name="Step">The smallest step that went into it.</param>
/// <param name="IsKink">Whether the two one-sided derivatives differ, however small the step: the function has no derivative there.</param>
internal readonly record struct DerivativeEstimate(double Value, double Error, double Rounding, double Step, bool IsKink);
