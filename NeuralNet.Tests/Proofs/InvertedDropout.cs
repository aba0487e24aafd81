using NeuralNet.Core;
using NeuralNet.Core.Randomness;

namespace NeuralNet.Tests.Proofs;

/// <summary>
/// Inverted dropout (Srivastava and others, 2014; CS231n notes, "Neural Networks Part 2"): in training <c>Y = X ∗ mask</c>, where an entry of the mask is
/// 1/keep with the probability keep and otherwise 0; in evaluation <c>Y = X</c>.
/// </summary>
internal sealed class InvertedDropout(double keep, ulong seed) : Layer<double>
{
    private const int MaskSlot = 2;
    private readonly Philox _random = new(seed);

    protected override IReadOnlyList<NamedGenerator> OwnGenerators => [new("random", _random)];

    protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache)
    {
        if (!cache.IsTraining)
        {
            return input;
        }

        Matrix<double> output = cache.Buffer(0, input.RowCount, input.ColumnCount), mask = cache.Buffer(MaskSlot, input.RowCount, input.ColumnCount);
        _random.FillMask(mask.AsSpan(), keep, 1 / keep);
        input.PointwiseMultiply(mask, output);
        return output;
    }

    protected override Matrix<double> BackwardCore(
        Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache)
    {
        if (!cache.IsTraining)
        {
            return upstream;
        }

        Matrix<double> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        upstream.PointwiseMultiply(cache.Buffer(MaskSlot, input.RowCount, input.ColumnCount), downstream);
        return downstream;
    }
}
