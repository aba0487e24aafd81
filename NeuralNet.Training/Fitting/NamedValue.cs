using System.Globalization;

namespace NeuralNet.Training.Fitting;

/// <summary>A figure of an epoch with its name, such as <c>validation accuracy</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The figure.</param>
public readonly record struct NamedValue(string Name, double Value)
{
    /// <summary><c>validation accuracy 0.9812</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} {Value:G4}");
}
