using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Layers.Attention;

/// <content>The passes, on the steps of all samples as rows.</content>
public sealed partial class TransformerBlock<T>
{
    // Parts of the cache, in the order of the children.
    private const int AttentionPart = 0, Linear1Part = 1, ActivationPart = 2, Linear2Part = 3, Norm1Part = 4, Norm2Part = 5, Dropout1Part = 6, Dropout2Part = 7;

    private const int OutputSlot = 0, DownstreamSlot = 1, MiddleSlot = 2, MiddleGradientSlot = 3;

    /// <inheritdoc/>
    internal override Matrix<T> ForwardRows(Matrix<T> rows, int samples, Matrix<T>? presence, Cache<T> cache)
    {
        Matrix<T> attended = _attention.ForwardPart(IsNormFirst ? _norm1.Forward(rows, cache[Norm1Part]) : rows, samples, presence, cache[AttentionPart]);
        return Join(rows, attended, cache);
    }

    /// <inheritdoc/>
    internal override Matrix<T> StepRows(Matrix<T> rows, int samples, int position, Cache<T> cache)
    {
        Matrix<T> attended = _attention.StepRows(IsNormFirst ? _norm1.Forward(rows, cache[Norm1Part]) : rows, samples, position, cache[AttentionPart]);
        return Join(rows, attended, cache);
    }

    /// <inheritdoc/>
    internal override Matrix<T>? BackwardRows(Matrix<T> upstream, int samples, bool isInputWanted, Cache<T> cache)
    {
        // By the output of the second sum; then through the network, to the first sum; then through the attention.
        Matrix<T> bySum = IsNormFirst ? upstream : _norm2.Backward(upstream, cache[Norm2Part]);
        Matrix<T> byNetwork = BackwardNetwork(_dropout2?.Backward(bySum, cache[Dropout2Part]) ?? bySum, cache);
        byNetwork = IsNormFirst ? _norm2.Backward(byNetwork, cache[Norm2Part]) : byNetwork;
        Matrix<T> byMiddle = Add(bySum, byNetwork, MiddleGradientSlot, cache);
        byMiddle = IsNormFirst ? byMiddle : _norm1.Backward(byMiddle, cache[Norm1Part]);
        Matrix<T> byAttended = _dropout1?.Backward(byMiddle, cache[Dropout1Part]) ?? byMiddle;

        // Where the norm stands first, it has parameters that the gradient goes to.
        Matrix<T>? byInput = _attention.BackwardRows(byAttended, samples, isInputWanted || IsNormFirst, cache[AttentionPart]);
        if (!isInputWanted)
        {
            if (IsNormFirst)
            {
                _norm1.Backward(byInput!, Wanted.None, cache[Norm1Part]);
            }

            return null;
        }

        return Add(byMiddle, IsNormFirst ? _norm1.Backward(byInput!, cache[Norm1Part]) : byInput!, DownstreamSlot, cache);
    }

    private Matrix<T> Join(Matrix<T> rows, Matrix<T> attended, Cache<T> cache)
    {
        Matrix<T> middle = Add(rows, _dropout1?.Forward(attended, cache[Dropout1Part]) ?? attended, MiddleSlot, cache);
        middle = IsNormFirst ? middle : _norm1.Forward(middle, cache[Norm1Part]);
        Matrix<T> hidden = _linear1.Forward(IsNormFirst ? _norm2.Forward(middle, cache[Norm2Part]) : middle, cache[Linear1Part]);
        Matrix<T> network = _linear2.Forward(_activation.Forward(hidden, cache[ActivationPart]), cache[Linear2Part]);
        Matrix<T> sum = Add(middle, _dropout2?.Forward(network, cache[Dropout2Part]) ?? network, OutputSlot, cache);
        return IsNormFirst ? sum : _norm2.Forward(sum, cache[Norm2Part]);
    }

    private Matrix<T> BackwardNetwork(Matrix<T> upstream, Cache<T> cache) =>
        _linear1.Backward(_activation.Backward(_linear2.Backward(upstream, cache[Linear2Part]), cache[ActivationPart]), cache[Linear1Part]);

    private static Matrix<T> Add(Matrix<T> x, Matrix<T> y, int slot, Cache<T> cache)
    {
        Matrix<T> sum = cache.Buffer(slot, x.RowCount, x.ColumnCount);
        TensorPrimitives.Add<T>(x.AsSpan(), y.AsSpan(), sum.AsSpan());
        return sum;
    }
}
