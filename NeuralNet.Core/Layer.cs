using System.Numerics;
using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Core;

/// <summary>A gate with one input, <c>Y = f(X; θ)</c>, rows being samples: what networks are chained of.</summary>
/// <remarks>
/// <para>A layer of your own is its parameters and two formulas: <see cref="ForwardCore(Matrix{T}, Cache{T})"/> and
/// <see cref="BackwardCore(Matrix{T}, Matrix{T}, Matrix{T}, bool, Cache{T})"/>. What is common to all stands in <see cref="Gate{T}"/>.</para>
/// <para><b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class Layer<T> : Gate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public sealed override int? InputCount => 1;

    /// <summary>The shape that a sample of the input must have, or null where any will do. An input has a row for each sample and
    /// <see cref="SampleShape.Size"/> columns.</summary>
    public virtual SampleShape? InputShape => null;

    /// <summary>The shape of a sample of the output; by default that of the input.</summary>
    /// <param name="input">The shape of a sample of the input; null for not known.</param>
    /// <returns>The shape, or null where it is not known.</returns>
    /// <exception cref="ArgumentException">The layer cannot take samples of that shape.</exception>
    public virtual SampleShape? OutputShape(SampleShape? input) => input;

    /// <summary>The output for a batch, remembering in the cache what <see cref="Backward"/> needs.</summary>
    /// <param name="input"><c>[N×D]</c>, dense; kept by reference, so it must not change before <see cref="Backward"/>.</param>
    /// <param name="cache">Says whether the pass trains and whether it is remembered (see <see cref="Cache{T}"/>), and lends the buffers.</param>
    /// <returns><c>[N×M]</c>, valid until the next forward pass with this cache.</returns>
    /// <exception cref="ArgumentException">The input has another number of columns than <see cref="InputShape"/> has values, or is not dense.</exception>
    public Matrix<T> Forward(Matrix<T> input, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        return cache.IsPart ? ForwardUnguarded(input, cache) : ForwardGuarded(input, cache);
    }

    /// <summary>The output for a batch, for inference: nothing is kept, and the result is the caller's.</summary>
    /// <param name="input"><c>[N×D]</c>, dense.</param>
    /// <returns><c>[N×M]</c>, a matrix of its own.</returns>
    /// <exception cref="ArgumentException">The input has another number of columns than <see cref="InputShape"/> has values, or is not dense.</exception>
    public Matrix<T> Forward(Matrix<T> input)
    {
        Matrix<T> output = Forward(input, new Cache<T>(training: false));
        return ReferenceEquals(output, input) ? output.Clone() : output;
    }

    /// <summary>
    /// The gradient of the loss by the input, <c>dX = upstream × local gradient</c>; adds the gradients by the parameters
    /// to those that are there.
    /// </summary>
    /// <param name="upstream">The gradient of the loss by the output, of the output's shape <c>[N×M]</c>.</param>
    /// <param name="cache">The cache that <see cref="Forward(Matrix{T}, Cache{T})"/> received.</param>
    /// <returns>The downstream gradient, of the input's shape <c>[N×D]</c>, valid until the next backward pass with this cache.</returns>
    /// <exception cref="InvalidOperationException">No forward pass was completed with this cache, or it was another gate's; or the gate's own
    /// code failed, or gave no gradient or one of a wrong shape.</exception>
    /// <exception cref="ArgumentException">The upstream gradient has not the shape of the output.</exception>
    public Matrix<T> Backward(Matrix<T> upstream, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ReadOnlySpan<Matrix<T>> kept = Recall(upstream, cache);
        cache.Begin(this);
        Matrix<T>? downstream;
        try
        {
            downstream = BackwardCore(upstream, kept[0], kept[1], isInputWanted: true, cache);
        }
        catch (Exception exception) when (IsUnnamed(exception, cache))
        {
            throw Failure(exception);
        }

        cache.End(this);
        TellParameters();
        ThrowIfShapeIsWrong(downstream, kept[0], 0);
        return downstream!;
    }

    /// <summary>The formula in LaTeX, as the right side of <c>y = …</c>. A layer that states none shows its name.</summary>
    /// <param name="x">What the input is called.</param>
    public virtual string Formula(string x = "x") => base.Formula([x]);

    /// <summary>The local gradient in LaTeX; see <see cref="Gate{T}.LocalGradient(int, ReadOnlySpan{string}, string)"/>.</summary>
    /// <param name="x">What the input is called.</param>
    /// <param name="y">What the output is called.</param>
    public virtual string LocalGradient(string x = "x", string y = "y") => base.LocalGradient(0, [x], y);

    /// <inheritdoc/>
    public sealed override string Formula(ReadOnlySpan<string> inputs) => Formula(inputs[0]);

    /// <inheritdoc/>
    public sealed override string LocalGradient(int input, ReadOnlySpan<string> inputs, string output) => LocalGradient(inputs[0], output);

    /// <summary>The formula. The columns of the input are checked already.</summary>
    /// <param name="input"><c>[N×D]</c>.</param>
    /// <param name="cache">Lends the buffers (<see cref="Cache{T}.Buffer"/>): slot 0 is for the output, slot 1 for the gradient by the input,
    /// the others are free.</param>
    /// <returns>The output <c>[N×M]</c>.</returns>
    protected abstract Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache);

    /// <summary>Upstream × local gradient, by the input and by the parameters. Shapes are checked already.</summary>
    /// <param name="upstream"><c>[N×M]</c>.</param>
    /// <param name="input">What the forward pass received.</param>
    /// <param name="output">What it returned.</param>
    /// <param name="isInputWanted">Whether somebody wants the gradient by the input. Where not, a layer may save the work and return null.</param>
    /// <param name="cache">The cache of that forward pass.</param>
    /// <returns>The gradient by the input <c>[N×D]</c>.</returns>
    protected abstract Matrix<T>? BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache);

    /// <inheritdoc/>
    protected sealed override Matrix<T> ForwardCore(ReadOnlySpan<Matrix<T>> inputs, Cache<T> cache)
    {
        ThrowIfSizeIsWrong(inputs[0]);
        return ForwardCore(inputs[0], cache);
    }

    /// <inheritdoc/>
    protected sealed override void BackwardCore(
        Matrix<T> upstream, ReadOnlySpan<Matrix<T>> inputs, Matrix<T> output, Wanted wanted, Span<Matrix<T>?> downstream, Cache<T> cache)
    {
        // Without parameters, there is nothing else to compute.
        if (wanted[0] || HasParameters)
        {
            downstream[0] = BackwardCore(upstream, inputs[0], output, wanted[0], cache);
        }
    }

    // Apart from the other, since a method with a finally block is not compiled into its caller, and the guard is for whole networks only.
    private Matrix<T> ForwardGuarded(Matrix<T> input, Cache<T> cache)
    {
        cache.BeginForward(this);
        try
        {
            return ForwardUnguarded(input, cache);
        }
        finally
        {
            cache.End(this);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Matrix<T> ForwardUnguarded(Matrix<T> input, Cache<T> cache)
    {
        cache.ForgetKept();
        ThrowIfNull(input, 0, nameof(input));
        ThrowIfSizeIsWrong(input);
        Matrix<T> output = ForwardCore(input, cache) ?? throw NoOutput();
        cache.Keep(this, new ReadOnlySpan<Matrix<T>>(in input), output);
        return output;
    }

    private void ThrowIfSizeIsWrong(Matrix<T> input)
    {
        if (InputShape is SampleShape shape && input.ColumnCount != shape.Size)
        {
            throw new ArgumentException(
                $"{this} expects input [N×{shape}], got {input.Shape()}. Rows are samples, columns are features.", nameof(input));
        }
    }
}
