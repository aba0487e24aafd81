using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Randomness;

namespace NeuralNet.Tests.Core.Gates;

/// <summary>A layer that draws: in training <c>Y = c·X</c> with a number c from 2 to 3 that each pass draws, in evaluation <c>Y = X</c>.</summary>
internal sealed class TrainingScaleLayer<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Philox _random = new(1);

    protected override IReadOnlyList<NamedGenerator> OwnGenerators => [new("random", _random)];

    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Matrix<T> factor = cache.Buffer(2, 1, 1);
        factor[0, 0] = cache.IsTraining ? T.CreateChecked(2 + _random.NextDouble()) : T.One;
        return Times(input, factor[0, 0], cache.Buffer(0, input.RowCount, input.ColumnCount));
    }

    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache) =>
        Times(upstream, cache.Buffer(2, 1, 1)[0, 0], cache.Buffer(1, input.RowCount, input.ColumnCount));

    private static Matrix<T> Times(Matrix<T> matrix, T factor, Matrix<T> product)
    {
        System.Numerics.Tensors.TensorPrimitives.Multiply(matrix.AsSpan(), factor, product.AsSpan());
        return product;
    }
}
