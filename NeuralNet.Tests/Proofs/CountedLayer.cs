using NeuralNet.Core;

namespace NeuralNet.Tests.Proofs;

/// <summary><c>Y = s∗X</c> with a parameter s <c>[1×D]</c> for the columns, which counts what it is asked for.</summary>
internal sealed class CountedLayer(Matrix<double> scale) : Layer<double>
{
    public Parameter<double> Scale { get; } = new(scale);

    /// <summary>Backward passes.</summary>
    public int Passes { get; private set; }

    /// <summary>Those that wanted the gradient by the input.</summary>
    public int InputGradients { get; private set; }

    protected override IReadOnlyList<NamedParameter<double>> OwnParameters => [new("scale", Scale)];

    protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache)
    {
        Matrix<double> output = cache.Buffer(0, input.RowCount, input.ColumnCount);
        input.MapIndexed((_, column, x) => x * Scale.Value[0, column]).CopyTo(output);
        return output;
    }

    protected override Matrix<double>? BackwardCore(
        Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache)
    {
        Passes++;
        Scale.AddToGradient(Matrix<double>.Build.DenseOfRowVectors(upstream.PointwiseMultiply(input).ColumnSums()));
        if (!isInputWanted)
        {
            return null;
        }

        InputGradients++;
        Matrix<double> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        upstream.MapIndexed((_, column, g) => g * Scale.Value[0, column]).CopyTo(downstream);
        return downstream;
    }
}
