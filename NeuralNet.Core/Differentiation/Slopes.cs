namespace NeuralNet.Core.Differentiation;

/// <summary>The difference quotients of one step.</summary>
/// <param name="Left"><c>(f(x) − f(x−h)) / h</c>.</param>
/// <param name="Right"><c>(f(x+h) − f(x)) / h</c>.</param>
/// <param name="Centred"><c>(f(x+h) − f(x−h)) / 2h</c>.</param>
/// <param name="Rounding">The rounding error of the centred one, as far as the outputs tell.</param>
/// <param name="Change"><c>|f(x+h) − f(x−h)|</c>.</param>
internal readonly record struct Slopes(double Left, double Right, double Centred, double Rounding, double Change);
