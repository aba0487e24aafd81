using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Gates;

/// <summary>A gate with two inputs: <c>z = f(x, y)</c>, <c>dx = upstream × ∂z/∂x</c>, <c>dy = upstream × ∂z/∂y</c>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class BinaryGate<T> : Gate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public sealed override int? InputCount => 2;

    /// <summary>The formula in LaTeX, as the right side of <c>z = …</c>.</summary>
    /// <param name="x">What the first input is called.</param>
    /// <param name="y">What the second input is called.</param>
    public virtual string Formula(string x = "x", string y = "y") => base.Formula([x, y]);

    /// <summary>The local gradient by x in LaTeX; see <see cref="Gate{T}.LocalGradient(int, ReadOnlySpan{string}, string)"/>.</summary>
    /// <param name="x">What the first input is called.</param>
    /// <param name="y">What the second input is called.</param>
    /// <param name="z">What the output is called.</param>
    public virtual string LocalGradientX(string x = "x", string y = "y", string z = "z") => base.LocalGradient(0, [x, y], z);

    /// <summary>The local gradient by y in LaTeX; see <see cref="Gate{T}.LocalGradient(int, ReadOnlySpan{string}, string)"/>.</summary>
    /// <param name="x">What the first input is called.</param>
    /// <param name="y">What the second input is called.</param>
    /// <param name="z">What the output is called.</param>
    public virtual string LocalGradientY(string x = "x", string y = "y", string z = "z") => base.LocalGradient(1, [x, y], z);

    /// <summary>The output for two matrices.</summary>
    /// <param name="x">First input, dense; kept by reference.</param>
    /// <param name="y">Second input, dense; kept by reference.</param>
    /// <param name="cache">Remembers what <see cref="Backward(Matrix{T}, Cache{T})"/> needs.</param>
    /// <returns>z, valid until the next forward pass with this cache.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit the gate, or a matrix is not dense.</exception>
    public Matrix<T> Forward(Matrix<T> x, Matrix<T> y, Cache<T> cache) => Forward([x, y], cache);

    /// <summary>The downstream gradients, upstream × local gradient.</summary>
    /// <param name="upstream">The gradient of the loss by z, of its shape.</param>
    /// <param name="cache">The cache of the forward pass.</param>
    /// <returns>The gradients of the loss by x and by y, of their shapes, valid until the next backward pass with this cache.</returns>
    /// <exception cref="InvalidOperationException">No forward pass on matrices was completed with this cache, or it was another gate's.</exception>
    /// <exception cref="ArgumentException">The upstream gradient has not the shape of the output.</exception>
    public (Matrix<T> Dx, Matrix<T> Dy) Backward(Matrix<T> upstream, Cache<T> cache)
    {
        ReadOnlySpan<Matrix<T>?> downstream = Backward(upstream, Wanted.All, cache);
        return (downstream[0]!, downstream[1]!);
    }

    /// <inheritdoc/>
    public sealed override string Formula(ReadOnlySpan<string> inputs) => Formula(inputs[0], inputs[1]);

    /// <inheritdoc/>
    public sealed override string LocalGradient(int input, ReadOnlySpan<string> inputs, string output) =>
        input == 0 ? LocalGradientX(inputs[0], inputs[1], output) : LocalGradientY(inputs[0], inputs[1], output);

    /// <summary>The formula on matrices. The gate checks that their shapes fit.</summary>
    /// <param name="x">First input.</param>
    /// <param name="y">Second input.</param>
    /// <param name="cache">Lends the buffers: slot 0 is for the output.</param>
    protected abstract Matrix<T> ForwardCore(Matrix<T> x, Matrix<T> y, Cache<T> cache);

    /// <summary>Upstream × local gradient by x and by y, as far as they are wanted. Shapes are checked already.</summary>
    /// <param name="upstream">The gradient of the loss by z.</param>
    /// <param name="x">First input of the forward pass.</param>
    /// <param name="y">Second input of the forward pass.</param>
    /// <param name="z">Output of the forward pass.</param>
    /// <param name="wanted">Which of the two, 0 and 1, are asked for.</param>
    /// <param name="cache">Lends the buffers: slot 1 is for the gradient by x, slot 2 for that by y.</param>
    /// <returns>The gradients; null where one is not wanted.</returns>
    protected abstract (Matrix<T>? Dx, Matrix<T>? Dy) BackwardCore(
        Matrix<T> upstream, Matrix<T> x, Matrix<T> y, Matrix<T> z, Wanted wanted, Cache<T> cache);

    /// <inheritdoc/>
    protected sealed override Matrix<T> ForwardCore(ReadOnlySpan<Matrix<T>> inputs, Cache<T> cache) =>
        ForwardCore(inputs[0], inputs[1], cache);

    /// <inheritdoc/>
    protected sealed override void BackwardCore(
        Matrix<T> upstream, ReadOnlySpan<Matrix<T>> inputs, Matrix<T> output, Wanted wanted, Span<Matrix<T>?> downstream, Cache<T> cache) =>
        (downstream[0], downstream[1]) = BackwardCore(upstream, inputs[0], inputs[1], output, wanted, cache);
}
