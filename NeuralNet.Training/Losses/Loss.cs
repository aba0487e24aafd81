using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.Losses;

/// <summary>A number that says how far a network's output is from what it should be, and its gradient.</summary>
/// <remarks>
/// <para>The forward pass computes the loss and keeps what the gradient needs; the backward pass returns the gradient by the
/// prediction, which is the network's upstream.</para>
/// <para><b>Threads.</b> A loss keeps nothing of a pass; each thread uses its own cache.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TTarget">What the prediction is compared with.</typeparam>
public abstract class Loss<T, TTarget> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The loss of a batch, remembering in the cache what <see cref="Backward(Cache{T})"/> needs.</summary>
    /// <param name="prediction"><c>[N×C]</c>, the network's output.</param>
    /// <param name="target">What it should be.</param>
    /// <param name="cache">A cache of the loss's own, not the network's.</param>
    /// <exception cref="ArgumentException">The target does not fit the prediction.</exception>
    /// <exception cref="InvalidOperationException">A loss of one's own has kept nothing in <see cref="ForwardCore(Matrix{T}, TTarget, Cache{T})"/>.</exception>
    public T Forward(Matrix<T> prediction, TTarget target, Cache<T> cache) => Forward(prediction, target, null, cache);

    /// <summary>The loss of a batch whose samples or positions count differently, or not at all, remembering in the cache what
    /// <see cref="Backward(Cache{T})"/> needs.</summary>
    /// <remarks>A mean is <c>Σ wᵢlᵢ / Σ wᵢ</c>, a sum <c>Σ wᵢlᵢ</c>. A weight of 0 is a mask: what it stands for adds nothing to loss and gradient, even where it
    /// is NaN. Where nothing counts, loss and gradient are 0. Targets are checked whatever they count.</remarks>
    /// <param name="prediction"><c>[N×C]</c>, the network's output.</param>
    /// <param name="target">What it should be.</param>
    /// <param name="weights">What each sample counts, <c>[N×1]</c>, or each position of each sample, <c>[N×P]</c>, where the loss knows positions: finite
    /// numbers, 0 or more, dense. Null where all count the same. See <see cref="Data.Batch{T}.Weights"/>.</param>
    /// <param name="cache">A cache of the loss's own, not the network's.</param>
    /// <exception cref="ArgumentException">The target or the weights do not fit the prediction, or the weights' sum is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">A loss of one's own has kept nothing in its forward pass.</exception>
    /// <exception cref="NotSupportedException">There are weights, and the loss knows none.</exception>
    public T Forward(Matrix<T> prediction, TTarget target, Matrix<T>? weights, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(cache);
        if (prediction.RowCount == 0 || prediction.ColumnCount == 0)
        {
            throw new ArgumentException($"{this} needs at least one sample and one column, got {prediction.Shape()}.", nameof(prediction));
        }

        CheckTarget(prediction, target);
        if (weights is not null)
        {
            WeightsCheck<T>.Check(weights, prediction, this);
        }

        cache.Forget();
        T loss = weights is null ? ForwardCore(prediction, target, cache) : ForwardCore(prediction, target, weights, cache);
        if (cache.Keeps && !ReferenceEquals(cache.Owner, this))
        {
            throw new InvalidOperationException($"{this} kept nothing for its backward pass: its {nameof(ForwardCore)} must call cache.Keep(this, …).");
        }

        return loss;
    }

    /// <summary>The loss of a batch, for evaluation: nothing is kept.</summary>
    /// <param name="prediction"><c>[N×C]</c>, the network's output.</param>
    /// <param name="target">What it should be.</param>
    /// <exception cref="ArgumentException">The target does not fit the prediction.</exception>
    public T Forward(Matrix<T> prediction, TTarget target) => Forward(prediction, target, new Cache<T>(training: false));

    /// <summary>The gradient of the loss by the prediction: the network's upstream.</summary>
    /// <param name="cache">The cache that <see cref="Forward(Matrix{T}, TTarget, Cache{T})"/> received.</param>
    /// <returns><c>[N×C]</c>, valid until the next backward pass with this cache.</returns>
    /// <exception cref="InvalidOperationException">No forward pass was completed with this cache, or it was another's.</exception>
    public Matrix<T> Backward(Cache<T> cache) => Backward(T.One, cache);

    /// <summary>The gradient of <c>upstream·loss</c> by the prediction, for a loss that is itself a part of something.</summary>
    /// <param name="upstream">Gradient of the whole by this loss, such as its weight in a sum.</param>
    /// <param name="cache">The cache that <see cref="Forward(Matrix{T}, TTarget, Cache{T})"/> received.</param>
    /// <returns><c>[N×C]</c>, valid until the next backward pass with this cache.</returns>
    /// <exception cref="InvalidOperationException">No forward pass was completed with this cache, or it was another's.</exception>
    public Matrix<T> Backward(T upstream, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        return BackwardCore(upstream, cache.Recall(this), cache);
    }

    /// <summary>
    /// The way back from the loss through a network to its parameters: adds the gradient of the loss by each of them to those that are there.
    /// As <c>network.Backward(loss.Backward(lossCache), networkCache)</c>, but the gradient by the data, which training has no use for, is not computed.
    /// </summary>
    /// <param name="cache">The cache that <see cref="Forward(Matrix{T}, TTarget, Cache{T})"/> received.</param>
    /// <param name="network">The gate whose output was the prediction.</param>
    /// <param name="networkCache">The cache that its forward pass received.</param>
    /// <exception cref="InvalidOperationException">No forward pass was completed with one of the caches, or it was another's; the network ran
    /// forward once more after the loss was computed; or it went backward already (see <see cref="Cache{T}.Rewind"/>).</exception>
    /// <exception cref="ArgumentException">The prediction has another shape than the network's output.</exception>
    public void Backward(Cache<T> cache, Gate<T> network, Cache<T> networkCache) => Backward(T.One, cache, network, networkCache);

    /// <summary>As <see cref="Backward(Cache{T}, Gate{T}, Cache{T})"/>, of <c>upstream·loss</c>: where the loss is a part of something, such as that of one rank of several.</summary>
    /// <param name="upstream">Gradient of the whole by this loss, such as its weight in a sum.</param>
    /// <param name="cache">The cache that <see cref="Forward(Matrix{T}, TTarget, Cache{T})"/> received.</param>
    /// <param name="network">The gate whose output was the prediction.</param>
    /// <param name="networkCache">The cache that its forward pass received.</param>
    /// <exception cref="InvalidOperationException">As there.</exception>
    /// <exception cref="ArgumentException">The prediction has another shape than the network's output.</exception>
    public void Backward(T upstream, Cache<T> cache, Gate<T> network, Cache<T> networkCache)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(cache);
        if (cache.IsOlderThan(networkCache))
        {
            throw new InvalidOperationException(
                $"{this} was computed before the last forward pass of {network}, whose cache has forgotten the pass that the loss belongs to. " +
                "Call Backward before the next Forward, or give that a cache of its own.");
        }

        network.Backward(Backward(upstream, cache), Wanted.None, networkCache);
    }

    /// <summary>Whether the loss of a batch is a sum over samples, so that those of parts of a batch add up to it.</summary>
    internal virtual bool IsSum => false;

    /// <summary>What a mean was divided by, where that is neither the number of samples nor the sum of their weights; null where it is one of them.</summary>
    /// <param name="cache">The cache of the forward pass.</param>
    internal virtual double? OwnDivisor(Cache<T> cache) => null;

    /// <summary>The name.</summary>
    public abstract override string ToString();

    /// <summary>Throws where the target does not fit the prediction.</summary>
    /// <param name="prediction"><c>[N×C]</c>.</param>
    /// <param name="target">The target.</param>
    protected abstract void CheckTarget(Matrix<T> prediction, TTarget target);

    /// <summary>The formula of the loss. It keeps what <see cref="BackwardCore"/> needs, in any number of matrices of any shape, by <c>cache.Keep(this, …)</c>.</summary>
    /// <param name="prediction"><c>[N×C]</c>, to be kept by reference where it is needed again.</param>
    /// <param name="target">The target, already checked.</param>
    /// <param name="cache">Lends the buffers (<see cref="Cache{T}.Buffer"/>) that intermediate values are written into, and keeps them.</param>
    protected abstract T ForwardCore(Matrix<T> prediction, TTarget target, Cache<T> cache);

    /// <summary>The formula of the loss with weights, as <see cref="ForwardCore(Matrix{T}, TTarget, Cache{T})"/> is without. By default it throws: a loss that
    /// knows no weights must not ignore them.</summary>
    /// <param name="prediction"><c>[N×C]</c>, to be kept by reference where it is needed again.</param>
    /// <param name="target">The target, already checked.</param>
    /// <param name="weights">Dense, N rows and a column at least, finite numbers, 0 or more. How many columns there may be is the loss's to check.</param>
    /// <param name="cache">Lends the buffers that intermediate values are written into, and keeps them.</param>
    /// <exception cref="NotSupportedException">The loss knows no weights.</exception>
    protected virtual T ForwardCore(Matrix<T> prediction, TTarget target, Matrix<T> weights, Cache<T> cache) => throw new NotSupportedException(
        $"{this} knows no weights, got {weights.Shape()}. Leave them out, or override {nameof(ForwardCore)} with weights in it, or derive the loss from " +
        $"{nameof(SampleLoss<T, TTarget>)}.");

    /// <summary>The gradient of the loss.</summary>
    /// <param name="upstream">A factor for all of it.</param>
    /// <param name="kept">What the forward pass has kept, in its order; not to be changed, so that a second call gives the same.</param>
    /// <param name="cache">The cache of that forward pass; lends the buffer of the gradient, another one than the forward pass's.</param>
    /// <returns>The gradient by the prediction <c>[N×C]</c>.</returns>
    protected abstract Matrix<T> BackwardCore(T upstream, ReadOnlySpan<Matrix<T>> kept, Cache<T> cache);
}
