using System.Numerics;
using NeuralNet.Core.Functions;

namespace NeuralNet.Core.Gates;

/// <summary>A gate whose mathematics is an <see cref="IElementwiseFunction{T}"/>, the same that the activation layer of that name uses.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TFunction">The function.</typeparam>
/// <param name="function">The function, with its constants if it has any.</param>
public abstract class FunctionGate<T, TFunction>(TFunction function) : ElementwiseGate<T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TFunction : struct, IElementwiseFunction<T>
{
    /// <inheritdoc/>
    public sealed override string Formula(string x = "x") => function.Formula(x);

    /// <inheritdoc/>
    public sealed override string LocalGradient(string x = "x", string y = "y") => function.LocalGradient(x, y);

    /// <inheritdoc/>
    protected sealed override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => function.Forward(x, y);

    /// <inheritdoc/>
    protected sealed override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> upstream, Span<T> downstream) =>
        function.Backward(x, y, upstream, downstream);
}
