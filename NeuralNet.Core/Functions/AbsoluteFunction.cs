using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Functions;

/// <summary><c>|x|</c>, with the local gradient 1 above zero, −1 below and 0 at zero.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly struct AbsoluteFunction<T> : IElementwiseFunction<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public string Formula(string x) => $"|{x}|";

    /// <inheritdoc/>
    public string LocalGradient(string x, string y) => $@"\operatorname{{sign}}({x})";

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Abs(x, y);

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> upstream, Span<T> downstream)
    {
        for (int i = 0; i < x.Length; i++)
        {
            downstream[i] = x[i] > T.Zero ? upstream[i] : x[i] < T.Zero ? -upstream[i] : T.Zero;
        }
    }
}
