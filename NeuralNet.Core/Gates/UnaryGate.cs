using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Gates;

/// <summary>A gate with one input: <c>y = f(x)</c>, <c>dx = upstream × ∂y/∂x</c>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class UnaryGate<T> : Gate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public sealed override int? InputCount => 1;

    /// <summary>The formula in LaTeX, as the right side of <c>y = …</c>.</summary>
    /// <param name="x">What the input is called.</param>
    public abstract string Formula(string x = "x");

    /// <summary>The local gradient in LaTeX; see <see cref="Gate{T}.LocalGradient"/>.</summary>
    /// <param name="x">What the input is called.</param>
    /// <param name="y">What the output is called.</param>
    public abstract string LocalGradient(string x = "x", string y = "y");

    /// <summary>The output for a matrix.</summary>
    /// <param name="x">The input, dense; kept by reference.</param>
    /// <param name="cache">Remembers what <see cref="Backward(Matrix{T}, Cache{T})"/> needs.</param>
    /// <returns>y, valid until the next forward pass with this cache.</returns>
    /// <exception cref="ArgumentException">The shape does not fit the gate, or the matrix is not dense.</exception>
    public Matrix<T> Forward(Matrix<T> x, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Forward([x], cache);
    }

    /// <summary>The downstream gradient, upstream × local gradient.</summary>
    /// <param name="upstream">The gradient of the loss by y, of its shape.</param>
    /// <param name="cache">The cache of the forward pass.</param>
    /// <returns>The gradient of the loss by x, of its shape, valid until the next backward pass with this cache.</returns>
    /// <exception cref="InvalidOperationException">No forward pass on a matrix was completed with this cache, or it was another gate's.</exception>
    /// <exception cref="ArgumentException">The upstream gradient has not the shape of the output.</exception>
    public Matrix<T> Backward(Matrix<T> upstream, Cache<T> cache) => Backward(0, upstream, cache);

    /// <inheritdoc/>
    public sealed override string Formula(ReadOnlySpan<string> inputs) => Formula(inputs[0]);

    /// <inheritdoc/>
    public sealed override string LocalGradient(int input, ReadOnlySpan<string> inputs, string output) => LocalGradient(inputs[0], output);

    /// <summary>The formula on a matrix.</summary>
    /// <param name="x">The input.</param>
    /// <param name="cache">Lends the buffers: slot 0 is for the output.</param>
    protected abstract Matrix<T> ForwardCore(Matrix<T> x, Cache<T> cache);

    /// <summary>Upstream × local gradient. Shapes are checked already.</summary>
    /// <param name="upstream">The gradient of the loss by y.</param>
    /// <param name="x">What the forward pass received.</param>
    /// <param name="y">What it returned.</param>
    /// <param name="cache">Lends the buffers: slot 1 is for the gradient by x.</param>
    protected abstract Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> x, Matrix<T> y, Cache<T> cache);

    /// <inheritdoc/>
    protected sealed override Matrix<T> ForwardCore(ReadOnlySpan<Matrix<T>> inputs, Cache<T> cache) => ForwardCore(inputs[0], cache);

    /// <inheritdoc/>
    protected sealed override Matrix<T> BackwardCore(
        int input, Matrix<T> upstream, ReadOnlySpan<Matrix<T>> inputs, Matrix<T> output, Cache<T> cache) =>
        BackwardCore(upstream, inputs[0], output, cache);
}
