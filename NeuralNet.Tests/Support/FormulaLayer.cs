using NeuralNet.Core;

namespace NeuralNet.Tests.Support;

/// <summary>A layer from formulas over whole matrices, right or deliberately wrong.</summary>
/// <param name="forward">From the input to the output.</param>
/// <param name="backward">From upstream, input and output to the gradient by the input; adds those of the parameters itself.</param>
/// <param name="parameters">The parameters.</param>
internal sealed class FormulaLayer(
    Func<Matrix<double>, Matrix<double>> forward,
    Func<Matrix<double>, Matrix<double>, Matrix<double>, Matrix<double>> backward,
    params NamedParameter<double>[] parameters) : Layer<double>
{
    protected override IReadOnlyList<NamedParameter<double>> OwnParameters => parameters;

    protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache) => forward(input);

    protected override Matrix<double> BackwardCore(
        Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache) =>
        backward(upstream, input, output);
}
