using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Tests.Proofs;

/// <summary><c>y = x + f(x)</c> for a layer f that keeps the shape (He, Zhang, Ren and Sun, 2015): a container as somebody else would write one.</summary>
internal sealed class ResidualBlock(Layer<double> body) : Layer<double>
{
    public override SampleShape? InputShape => body.InputShape;

    public override IReadOnlyList<NamedGate<double>> Children => [new("body", body)];

    protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache)
    {
        Matrix<double> output = cache.Buffer(0, input.RowCount, input.ColumnCount);
        input.Add(body.Forward(input, cache[0]), output);
        return output;
    }

    protected override Matrix<double>? BackwardCore(
        Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache)
    {
        if (!isInputWanted)
        {
            body.Backward(upstream, Wanted.None, cache[0]);
            return null;
        }

        Matrix<double> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        upstream.Add(body.Backward(upstream, cache[0]), downstream);
        return downstream;
    }
}
