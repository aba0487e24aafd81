using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core;

/// <summary>
/// A differentiable operation with any number of inputs and one output, <c>z = f(x₁, …, xₙ; θ)</c>: forward computes z, backward
/// <c>downstream = upstream × local gradient</c> for each input that is wanted, and adds to the gradients of its parameters θ, if it has any.
/// </summary>
/// <remarks>
/// <para>Everything is this one thing: a function of numbers, a layer with parameters, a network, a graph. A gate of your own derives from
/// the base that fits: <see cref="Layer{T}"/> for one input, <see cref="Gates.BinaryGate{T}"/> for two, this class for any number, and
/// <see cref="Gates.FormulaGate{T}"/> or <see cref="Gates.BinaryFormulaGate{T}"/> for a formula of one or two numbers. It then works by hand, in networks,
/// graphs, drawings and checks.</para>
/// <para><b>Checked here, once for all:</b> the number of inputs, whose cache it is, and that every gradient has the shape of its variable.</para>
/// <para><b>Cached:</b> the inputs, by reference, and the output. Returned matrices belong to the cache (see <see cref="Cache{T}"/>).</para>
/// <para><b>Threads.</b> A gate keeps nothing of a pass: several threads can run one, each with its own cache, while nobody changes its
/// parameters. Gradients are added by one thread at a time.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract partial class Gate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Refuses element types that have no kernels.</summary>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    protected Gate() => ElementType<T>.ThrowIfNotSupported();

    /// <summary>How many inputs the gate has, or null for any number from 1.</summary>
    public abstract int? InputCount { get; }

    /// <summary>The output for matrices.</summary>
    /// <param name="inputs">The inputs in order, dense; kept by reference, so they must not change before the backward pass.</param>
    /// <param name="cache">Remembers what the backward pass needs.</param>
    /// <returns>The output, valid until the next forward pass with this cache.</returns>
    /// <exception cref="ArgumentException">Their number or shapes do not fit the gate, or one is not dense.</exception>
    public Matrix<T> Forward(ReadOnlySpan<Matrix<T>> inputs, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        if (cache.IsPart)
        {
            return ForwardUnguarded(inputs, cache);
        }

        cache.BeginForward(this);
        try
        {
            return ForwardUnguarded(inputs, cache);
        }
        finally
        {
            cache.End(this);
        }
    }

    /// <summary>The downstream gradients, upstream × local gradient, and the gradients by the parameters, which are added to those that are there.</summary>
    /// <param name="upstream">The gradient of the loss by the output, of the output's shape.</param>
    /// <param name="wanted">The inputs whose gradients are computed.</param>
    /// <param name="cache">The cache of the forward pass.</param>
    /// <returns>For each input that is wanted the gradient of the loss by it, of its shape; null for the others. Valid until the next backward
    /// pass with this cache.</returns>
    /// <exception cref="InvalidOperationException">No forward pass on matrices was completed with this cache, or it was another gate's; or the gate's own
    /// code failed, or gave no gradient or one of a wrong shape.</exception>
    /// <exception cref="ArgumentException">The upstream gradient has not the shape of the output.</exception>
    public ReadOnlySpan<Matrix<T>?> Backward(Matrix<T> upstream, Wanted wanted, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ReadOnlySpan<Matrix<T>> kept = Recall(upstream, cache);
        ReadOnlySpan<Matrix<T>> inputs = kept[..^1];
        cache.Begin(this);
        Span<Matrix<T>?> downstream = cache.Downstream(inputs.Length);
        // A gate that gives none must not be taken to have given the last pass's.
        downstream.Clear();
        try
        {
            BackwardCore(upstream, inputs, kept[^1], wanted, downstream, cache);
        }
        catch (Exception exception) when (IsUnnamed(exception, cache))
        {
            throw Failure(exception);
        }

        cache.End(this);
        TellParameters();
        for (int i = 0; i < inputs.Length; i++)
        {
            if (wanted[i])
            {
                ThrowIfShapeIsWrong(downstream[i], inputs[i], i);
            }
            else
            {
                downstream[i] = null;
            }
        }

        return downstream;
    }

    /// <summary>The gate's name.</summary>
    public override string ToString() => Name;

    /// <summary>The formula. The number of inputs is checked already, their shapes are for the gate to check.</summary>
    /// <param name="inputs">The inputs in order.</param>
    /// <param name="cache">Lends the buffers: slot 0 is for the output, slot 1 + i for the gradient of input i, the others are free.</param>
    protected abstract Matrix<T> ForwardCore(ReadOnlySpan<Matrix<T>> inputs, Cache<T> cache);

    /// <summary>Upstream × local gradient for all inputs that are wanted, and by the parameters. Shapes are checked already.</summary>
    /// <param name="upstream">The gradient of the loss by the output.</param>
    /// <param name="inputs">What <see cref="ForwardCore"/> received.</param>
    /// <param name="output">What it returned.</param>
    /// <param name="wanted">The inputs whose gradients are asked for.</param>
    /// <param name="downstream">Receives a gradient for each of them, of its shape.</param>
    /// <param name="cache">The cache of that forward pass.</param>
    protected abstract void BackwardCore(
        Matrix<T> upstream, ReadOnlySpan<Matrix<T>> inputs, Matrix<T> output, Wanted wanted, Span<Matrix<T>?> downstream, Cache<T> cache);

    /// <summary>Whether the gate can run on a graph's numbers through <see cref="ForwardNumbers"/>.</summary>
    internal virtual bool TakesNumbers => false;

    /// <summary>The formula on a graph's numbers: reads <c>values[inputs]</c>, writes <c>values[output]</c>.</summary>
    internal virtual void ForwardNumbers(T[] values, ReadOnlySpan<int> inputs, int output) =>
        throw new NotSupportedException($"{this} works on matrices only.");

    /// <summary>Upstream × local gradient on a graph's numbers, by all inputs that are wanted.</summary>
    internal virtual void BackwardNumbers(T upstream, T[] values, ReadOnlySpan<int> inputs, int output, Wanted wanted, Span<T> downstream) =>
        throw new NotSupportedException($"{this} works on matrices only.");

    /// <summary>What the forward pass on matrices kept, the inputs and then the output; upstream is checked against that.</summary>
    private protected ReadOnlySpan<Matrix<T>> Recall(Matrix<T> upstream, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        ReadOnlySpan<Matrix<T>> kept = cache.Recall(this);
        if (kept.IsEmpty)
        {
            throw new InvalidOperationException($"Backward of {this} was given a matrix, but its Forward numbers. Both want the same kind.");
        }

        if (!upstream.HasShapeOf(kept[^1]))
        {
            throw new ArgumentException(
                $"Backward of {this} expects upstream of the output's shape {kept[^1].Shape()}, got {upstream.Shape()}.", nameof(upstream));
        }

        if (!cache.IsPart && HasParameters)
        {
            cache.Spend();
        }

        return kept;
    }

    /// <summary>The numbers that a forward pass on numbers kept.</summary>
    private protected ReadOnlySpan<T> RecallNumbers(Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ReadOnlySpan<T> kept = cache.RecallScalars(this);
        return kept.IsEmpty
            ? throw new InvalidOperationException($"Backward of {this} was given a number, but its Forward matrices. Both want the same kind.")
            : kept;
    }

    /// <summary>A gradient has the shape of its variable, whoever wrote the gate.</summary>
    private protected void ThrowIfShapeIsWrong(Matrix<T>? gradient, Matrix<T> input, int position)
    {
        if (gradient is null || !gradient.HasShapeOf(input))
        {
            throw new InvalidOperationException(
                $"A gradient has the shape of its variable: {InputName(position)} of {this} is {input.Shape()}, but its backward pass gave " +
                $"{(gradient is null ? "no gradient" : $"a gradient of {gradient.Shape()}")}.");
        }
    }

    // One gate of a network names the mistake of its own code; the containers around it, and what refuses by a name already, pass it on.
    // Asked of every exception, also of those that it does not catch: the pass with the cache has ended.
    private protected static bool IsUnnamed(Exception exception, Cache<T> cache)
    {
        cache.Abandon();
        return exception is not (InvalidOperationException or OperationCanceledException or OutOfMemoryException);
    }

    private protected InvalidOperationException Failure(Exception exception) =>
        new($"Backward of {this} failed: {exception.Message}", exception);

    private protected InvalidOperationException NoOutput() => new($"The forward pass of {this} returned no output.");

    private protected void ThrowIfNull(Matrix<T>? input, int position, string parameterName)
    {
        if (input is null)
        {
            throw new ArgumentNullException(parameterName, $"{InputName(position)} of {this} is null.");
        }
    }

    private Matrix<T> ForwardUnguarded(ReadOnlySpan<Matrix<T>> inputs, Cache<T> cache)
    {
        cache.ForgetKept();
        ThrowIfInputsAreWrong(inputs);
        Matrix<T> output = ForwardCore(inputs, cache) ?? throw NoOutput();
        cache.Keep(this, inputs, output);
        return output;
    }

    private void ThrowIfInputsAreWrong(ReadOnlySpan<Matrix<T>> inputs)
    {
        if (InputCount is int expected ? inputs.Length != expected : inputs.IsEmpty)
        {
            throw new ArgumentException($"{this} takes {InputCount?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "1 or more"} inputs, got {inputs.Length}.");
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            ThrowIfNull(inputs[i], i, nameof(inputs));
        }
    }
}
