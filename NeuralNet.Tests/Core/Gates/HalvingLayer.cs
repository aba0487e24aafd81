using System.Numerics;
using NeuralNet.Core;

namespace NeuralNet.Tests.Core.Gates;

/// <summary>The smallest layer with a parameter: <c>Y = X·θ</c> for one number θ, at first ½.</summary>
internal sealed class HalvingLayer<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public Parameter<T> Factor { get; } = new(Matrix<T>.Build.Dense(1, 1, T.CreateChecked(0.5)));

    public int BackwardPasses { get; private set; }

    public int InputGradients { get; private set; }

    protected override IReadOnlyList<NamedParameter<T>> OwnParameters => [new("factor", Factor)];

    public override string Name => "Halving";

    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Matrix<T> output = cache.Buffer(0, input.RowCount, input.ColumnCount);
        System.Numerics.Tensors.TensorPrimitives.Multiply(input.AsSpan(), Factor.Value[0, 0], output.AsSpan());
        return output;
    }

    protected override Matrix<T>? BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        BackwardPasses++;
        Matrix<T> gradient = cache.Buffer(2, 1, 1);
        gradient[0, 0] = System.Numerics.Tensors.TensorPrimitives.Dot<T>(upstream.AsSpan(), input.AsSpan());
        Factor.AddToGradient(gradient);
        if (!isInputWanted)
        {
            return null;
        }

        InputGradients++;
        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        System.Numerics.Tensors.TensorPrimitives.Multiply(upstream.AsSpan(), Factor.Value[0, 0], downstream.AsSpan());
        return downstream;
    }
}
