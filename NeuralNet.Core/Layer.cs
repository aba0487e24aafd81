using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core;

/// <summary>
/// A gate with one matrix in and one out that may own parameters: <c>Y = f(X; θ)</c>, rows are samples.
/// </summary>
/// <remarks>
/// <para>A layer is its parameters and three formulas: <see cref="ForwardCore"/>, <see cref="BackwardCore"/> and, where it has
/// parameters, <see cref="AccumulateGradientsCore"/>. What is common to all stands here: shapes are checked at the entry, and
/// the input and output are kept in the cache.</para>
/// <para><b>Threads.</b> A layer keeps nothing of a pass, so several threads can run it, each with its own cache, while nobody
/// changes its parameters. Gradients are added by one thread at a time.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Refuses element types that have no kernels.</summary>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    protected Layer() => ElementType<T>.ThrowIfNotSupported();

    /// <summary>The columns an input must have, or null where any number will do.</summary>
    public virtual int? InputSize => null;

    /// <summary>The parameters in order, with the names they have inside this layer. Empty where there are none.</summary>
    public virtual IReadOnlyList<NamedParameter<T>> Parameters => [];

    /// <summary>The columns of the output for an input of <paramref name="inputSize"/> columns, or null where that is not known.</summary>
    /// <param name="inputSize">Columns of the input; null for not known.</param>
    public virtual int? OutputSize(int? inputSize) => inputSize;

    /// <summary>The output for a batch, remembering in the cache what <see cref="Backward"/> needs.</summary>
    /// <param name="input"><c>[N×D]</c>, dense; kept by reference, so it must not change before <see cref="Backward"/>.</param>
    /// <param name="cache">A training cache; or a workspace for inference (<c>new Cache&lt;T&gt;(training: false)</c>), which keeps nothing
    /// and reuses its buffers.</param>
    /// <returns><c>[N×M]</c>, valid until the next forward pass with this cache.</returns>
    /// <exception cref="ArgumentException">The input has another number of columns than <see cref="InputSize"/>, or is not dense.</exception>
    public Matrix<T> Forward(Matrix<T> input, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(cache);
        if (InputSize is int size && input.ColumnCount != size)
        {
            throw new ArgumentException(
                $"{this} expects input [N×{size}], got {input.Shape()}. Rows are samples, columns are features.", nameof(input));
        }

        cache.Forget();
        Matrix<T> output = ForwardCore(input, cache);
        cache.Keep(this, input, output);
        return output;
    }

    /// <summary>The output for a batch, for inference: nothing is kept, and the result is the caller's.</summary>
    /// <param name="input"><c>[N×D]</c>, dense.</param>
    /// <returns><c>[N×M]</c>, a matrix of its own.</returns>
    /// <exception cref="ArgumentException">The input has another number of columns than <see cref="InputSize"/>, or is not dense.</exception>
    public Matrix<T> Forward(Matrix<T> input) => Forward(input, new Cache<T>(training: false));

    /// <summary>
    /// The gradient of the loss by the input, <c>dX = upstream × local gradient</c>; adds the gradients by the parameters
    /// into <see cref="Parameter{T}.Gradient"/>.
    /// </summary>
    /// <param name="upstream">The gradient of the loss by the output, of the output's shape <c>[N×M]</c>.</param>
    /// <param name="cache">The cache that <see cref="Forward(Matrix{T}, Cache{T})"/> received.</param>
    /// <returns>The downstream gradient, of the input's shape <c>[N×D]</c>, valid until the next backward pass with this cache.</returns>
    /// <exception cref="InvalidOperationException">No forward pass was completed with this cache, or it was another layer's.</exception>
    /// <exception cref="ArgumentException">The upstream gradient has not the shape of the output.</exception>
    public Matrix<T> Backward(Matrix<T> upstream, Cache<T> cache)
    {
        ReadOnlySpan<Matrix<T>> kept = Recall(upstream, cache);
        return BackwardCore(upstream, kept[0], kept[1], cache);
    }

    /// <summary>
    /// As <see cref="Backward"/>, but for the parameters only: the gradient by the input is not computed. This is what the outermost
    /// call of a training step needs, since nobody asks for the gradient by the data.
    /// </summary>
    /// <param name="upstream">The gradient of the loss by the output, of the output's shape <c>[N×M]</c>.</param>
    /// <param name="cache">The cache that <see cref="Forward(Matrix{T}, Cache{T})"/> received.</param>
    /// <exception cref="InvalidOperationException">No forward pass was completed with this cache, or it was another layer's.</exception>
    /// <exception cref="ArgumentException">The upstream gradient has not the shape of the output.</exception>
    public void AccumulateGradients(Matrix<T> upstream, Cache<T> cache)
    {
        ReadOnlySpan<Matrix<T>> kept = Recall(upstream, cache);
        AccumulateGradientsCore(upstream, kept[0], kept[1], cache);
    }

    /// <summary>Sets the gradients of all parameters to zero.</summary>
    public void ZeroGradients()
    {
        IReadOnlyList<NamedParameter<T>> parameters = Parameters;
        for (int i = 0; i < parameters.Count; i++)
        {
            parameters[i].Parameter.ZeroGradient();
        }
    }

    /// <summary>The formula of the layer. Shapes are checked already.</summary>
    /// <param name="input"><c>[N×D]</c>.</param>
    /// <param name="cache">Lends the buffers (<see cref="Cache{T}.Buffer"/>) that the output and intermediate values are written into.</param>
    /// <returns>The output <c>[N×M]</c>.</returns>
    protected abstract Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache);

    /// <summary>The local gradient times upstream, by the input and by the parameters. Shapes are checked already.</summary>
    /// <param name="upstream"><c>[N×M]</c>.</param>
    /// <param name="input">What <see cref="ForwardCore"/> received.</param>
    /// <param name="output">What <see cref="ForwardCore"/> returned.</param>
    /// <param name="cache">The cache of that forward pass.</param>
    /// <returns>The gradient by the input <c>[N×D]</c>.</returns>
    protected abstract Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, Cache<T> cache);

    /// <summary>The local gradient times upstream, by the parameters only. A layer with parameters overrides it to leave out the rest.</summary>
    /// <param name="upstream"><c>[N×M]</c>.</param>
    /// <param name="input">What <see cref="ForwardCore"/> received.</param>
    /// <param name="output">What <see cref="ForwardCore"/> returned.</param>
    /// <param name="cache">The cache of that forward pass.</param>
    protected virtual void AccumulateGradientsCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, Cache<T> cache) =>
        BackwardCore(upstream, input, output, cache);

    private ReadOnlySpan<Matrix<T>> Recall(Matrix<T> upstream, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        ArgumentNullException.ThrowIfNull(cache);
        ReadOnlySpan<Matrix<T>> kept = cache.Recall(this);
        if (!upstream.HasShapeOf(kept[1]))
        {
            throw new ArgumentException(
                $"Backward of {this} expects upstream of the output's shape {kept[1].Shape()}, got {upstream.Shape()}.", nameof(upstream));
        }

        return kept;
    }
}
