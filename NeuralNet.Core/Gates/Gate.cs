using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Gates;

/// <summary>
/// A differentiable operation with one or more inputs, one output and no parameters of its own:
/// <c>z = f(x₁, …, xₙ)</c> forward, <c>downstream = upstream × local gradient</c> backward, one for each input.
/// </summary>
/// <remarks>
/// <para>A gate of your own derives from the base that fits: <see cref="FormulaGate{T}"/> or <see cref="BinaryFormulaGate{T}"/>
/// for a formula on one or two numbers, <see cref="UnaryGate{T}"/> or <see cref="BinaryGate{T}"/> for one on whole matrices, and this
/// class for any number of inputs. It then works by hand, in a graph, in drawings and in checks.</para>
/// <para><b>Cached:</b> the inputs, by reference, and the output. Returned matrices belong to the cache (see <see cref="Cache{T}"/>).</para>
/// <para><b>Threads.</b> A gate keeps nothing of a pass; several threads can use one, each with its own cache.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class Gate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Refuses element types that have no kernels.</summary>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    protected Gate() => ElementType<T>.ThrowIfNotSupported();

    /// <summary>What the gate is called in errors and tables, such as <c>multiply</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What stands in the gate's circle in a drawing: the name, unless there is a sign such as <c>×</c>.</summary>
    public virtual string Symbol => Name;

    /// <summary>What the gate does with the gradient on its way back.</summary>
    public abstract FlowPattern Pattern { get; }

    /// <summary>How many inputs the gate has, or null for any number from 1.</summary>
    public abstract int? InputCount { get; }

    /// <summary>Whether each entry of the output depends on the same entry of the inputs only, as in a function of numbers.</summary>
    public virtual bool IsElementwise => false;

    /// <summary>The formula in LaTeX, as the right side of <c>z = …</c>.</summary>
    /// <param name="inputs">What the inputs are called.</param>
    public abstract string Formula(ReadOnlySpan<string> inputs);

    /// <summary>
    /// The local gradient by one input in LaTeX. For a gate that is not element-wise it is written as what it makes of the
    /// upstream gradient G, such as <c>G\,W^\top</c>.
    /// </summary>
    /// <param name="input">Which input, from 0.</param>
    /// <param name="inputs">What the inputs are called.</param>
    /// <param name="output">What the output is called.</param>
    public abstract string LocalGradient(int input, ReadOnlySpan<string> inputs, string output);

    /// <summary>The output for matrices.</summary>
    /// <param name="inputs">The inputs in order, dense; kept by reference, so they must not change before the backward pass.</param>
    /// <param name="cache">Remembers what the backward pass needs.</param>
    /// <returns>The output, valid until the next forward pass with this cache.</returns>
    /// <exception cref="ArgumentException">Their number or shapes do not fit the gate, or one is not dense.</exception>
    public Matrix<T> Forward(ReadOnlySpan<Matrix<T>> inputs, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        cache.Forget();
        ThrowIfCountIsWrong(inputs.Length);
        Matrix<T> output = ForwardCore(inputs, cache);
        cache.Keep(this, [output], inputs);
        return output;
    }

    /// <summary>The downstream gradient for one input: upstream × local gradient.</summary>
    /// <param name="input">Which input, from 0.</param>
    /// <param name="upstream">The gradient of the loss by the output, of the output's shape.</param>
    /// <param name="cache">The cache of the forward pass.</param>
    /// <returns>The gradient of the loss by that input, of the input's shape, valid until the next backward pass with this cache.</returns>
    /// <exception cref="InvalidOperationException">No forward pass on matrices was completed with this cache, or it was another gate's.</exception>
    /// <exception cref="ArgumentException">The upstream gradient has not the shape of the output.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such input.</exception>
    public Matrix<T> Backward(int input, Matrix<T> upstream, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        ArgumentNullException.ThrowIfNull(cache);
        ReadOnlySpan<Matrix<T>> kept = cache.Recall(this);
        if (kept.IsEmpty)
        {
            throw new InvalidOperationException($"Backward of {this} was given a matrix, but its Forward numbers. Both want the same kind.");
        }

        ReadOnlySpan<Matrix<T>> inputs = kept[1..];
        if ((uint)input >= (uint)inputs.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(input), input, $"{this} was given {inputs.Length} inputs, counted from 0.");
        }

        if (!upstream.HasShapeOf(kept[0]))
        {
            throw new ArgumentException(
                $"Backward of {this} expects upstream of the output's shape {kept[0].Shape()}, got {upstream.Shape()}.", nameof(upstream));
        }

        return BackwardCore(input, upstream, inputs, kept[0], cache);
    }

    /// <summary>The gate's name.</summary>
    public override string ToString() => Name;

    /// <summary>The formula. The number of inputs is checked already, their shapes are for the gate to check.</summary>
    /// <param name="inputs">The inputs in order.</param>
    /// <param name="cache">Lends the buffers: slot 0 is for the output, slot 1 + i for the gradient of input i, the others are free.</param>
    protected abstract Matrix<T> ForwardCore(ReadOnlySpan<Matrix<T>> inputs, Cache<T> cache);

    /// <summary>Upstream × local gradient, for one input. Shapes are checked already.</summary>
    /// <param name="input">Which input, from 0.</param>
    /// <param name="upstream">The gradient of the loss by the output.</param>
    /// <param name="inputs">What <see cref="ForwardCore"/> received.</param>
    /// <param name="output">What <see cref="ForwardCore"/> returned.</param>
    /// <param name="cache">The cache of that forward pass.</param>
    protected abstract Matrix<T> BackwardCore(
        int input, Matrix<T> upstream, ReadOnlySpan<Matrix<T>> inputs, Matrix<T> output, Cache<T> cache);

    /// <summary>Whether the gate can run on a graph's numbers through <see cref="ForwardNumbers"/>.</summary>
    internal virtual bool TakesNumbers => false;

    /// <summary>Whether a backward pass also writes parameters, so that it is wanted even where no input needs a gradient.</summary>
    internal virtual bool HasParameters => false;

    /// <summary>The formula on a graph's numbers: reads <c>values[inputs]</c>, writes <c>values[output]</c>.</summary>
    internal virtual void ForwardNumbers(T[] values, ReadOnlySpan<int> inputs, int output) =>
        throw new NotSupportedException($"{this} works on matrices only.");

    /// <summary>Upstream × local gradient by one input, on a graph's numbers.</summary>
    internal virtual T BackwardNumbers(int input, T upstream, T[] values, ReadOnlySpan<int> inputs, int output) =>
        throw new NotSupportedException($"{this} works on matrices only.");

    /// <summary>The backward pass into the parameters only. Called where <see cref="HasParameters"/> and no input needs a gradient.</summary>
    internal virtual void AccumulateGradients(Matrix<T> upstream, Cache<T> cache) => Backward(0, upstream, cache);

    /// <summary>The numbers that a forward pass on numbers kept.</summary>
    private protected ReadOnlySpan<T> RecallNumbers(Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ReadOnlySpan<T> kept = cache.RecallScalars(this);
        return kept.IsEmpty
            ? throw new InvalidOperationException($"Backward of {this} was given a number, but its Forward matrices. Both want the same kind.")
            : kept;
    }

    private void ThrowIfCountIsWrong(int count)
    {
        if (InputCount is int expected ? count != expected : count == 0)
        {
            throw new ArgumentException($"{this} takes {InputCount?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "1 or more"} inputs, got {count}.");
        }
    }
}
