using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>One layer of a <see cref="ChainModel"/>: <c>f(H·W + b)</c>, with what its forward pass computed.</summary>
/// <param name="Weight">The variable of the weights.</param>
/// <param name="IsTransposed">Whether the layer multiplies by the weights transposed.</param>
/// <param name="Bias">The variable of the bias, if there is one.</param>
/// <param name="Activation">f.</param>
/// <param name="Input">H.</param>
/// <param name="Sum">H·W + b.</param>
/// <param name="Output">The output.</param>
internal sealed record ChainLayer(
    NamedMatrix<double> Weight,
    bool IsTransposed,
    NamedMatrix<double>? Bias,
    ChainActivation Activation,
    Matrix<double> Input,
    Matrix<double> Sum,
    Matrix<double> Output)
{
    /// <summary>The weights as the layer multiplies by them.</summary>
    public Matrix<double> Weights => IsTransposed ? Weight.Value.Transpose() : Weight.Value;
}
