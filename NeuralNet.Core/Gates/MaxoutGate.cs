using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Gates;

/// <summary>
/// The greatest of any number of inputs, entry by entry: <c>z = max(x₁, …, xₙ)</c>; local gradient 1 for the greatest and 0 for the
/// others; a router.
/// </summary>
/// <remarks>
/// <para><b>Ties</b> are split: of k inputs that are the greatest, each gets a k-th of the upstream gradient.</para>
/// <para><b>Shapes:</b> all of one shape. Cached: the inputs and z. Source: Goodfellow et al. (2013); CS231n lecture 4.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class MaxoutGate<T> : Gate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "maxout";

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Router;

    /// <inheritdoc/>
    public override int? InputCount => null;

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override string Formula(ReadOnlySpan<string> inputs) => $@"\max({string.Join(", ", inputs)})";

    /// <inheritdoc/>
    public override string LocalGradient(int input, ReadOnlySpan<string> inputs, string output) => $@"\mathbf{{1}}[{inputs[input]} = {output}]";

    /// <summary>The output for numbers.</summary>
    /// <param name="inputs">One number or more.</param>
    /// <param name="cache">Remembers what <see cref="Backward(T, Span{T}, Cache{T})"/> needs.</param>
    /// <exception cref="ArgumentException">There is no input.</exception>
    public T Forward(ReadOnlySpan<T> inputs, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        T greatest = TensorPrimitives.Max(inputs);
        cache.Keep(this, inputs);
        return greatest;
    }

    /// <summary>The downstream gradients for numbers.</summary>
    /// <param name="upstream">The gradient of the loss by z.</param>
    /// <param name="downstream">Receives the gradient by each input.</param>
    /// <param name="cache">The cache of the forward pass.</param>
    /// <exception cref="InvalidOperationException">No forward pass on numbers was completed with this cache, or it was another gate's.</exception>
    public void Backward(T upstream, Span<T> downstream, Cache<T> cache)
    {
        ReadOnlySpan<T> inputs = RecallNumbers(cache);
        T greatest = TensorPrimitives.Max(inputs);
        T share = upstream / T.CreateChecked(inputs.Count(greatest));
        for (int i = 0; i < inputs.Length; i++)
        {
            downstream[i] = inputs[i] == greatest ? share : T.Zero;
        }
    }

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(ReadOnlySpan<Matrix<T>> inputs, Cache<T> cache)
    {
        foreach (Matrix<T> next in inputs[1..])
        {
            if (!next.HasShapeOf(inputs[0]))
            {
                throw new ArgumentException($"{this} expects matrices of one shape, got {inputs[0].Shape()} and {next.Shape()}.");
            }
        }

        Matrix<T> output = cache.Buffer(0, inputs[0].RowCount, inputs[0].ColumnCount);
        new Pieces<T>(inputs!).Maximum(output.AsSpan());
        return output;
    }

    /// <inheritdoc/>
    protected override void BackwardCore(
        Matrix<T> upstream, ReadOnlySpan<Matrix<T>> inputs, Matrix<T> output, Wanted wanted, Span<Matrix<T>?> downstream, Cache<T> cache)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            downstream[i] = wanted[i] ? cache.Buffer(1 + i, output.RowCount, output.ColumnCount) : null;
        }

        Matrix<T> counts = cache.Buffer(1 + inputs.Length, output.RowCount, output.ColumnCount);
        new Pieces<T>(inputs!).Route(upstream.AsSpan(), output.AsSpan(), counts.AsSpan(), new Pieces<T>(downstream));
    }
}
