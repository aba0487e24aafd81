using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core;

/// <summary>A trainable matrix with its gradient beside it.</summary>
/// <remarks>
/// <para>Gradients add up (<c>+=</c>) until <see cref="ZeroGradient"/>, as they must where a parameter is used twice.
/// Clearing sets a flag and does not pass over the memory: the next gradient is then written instead of added.</para>
/// <para>The gradient has the shape of its variable; <see cref="AddToGradient"/> refuses any other.</para>
/// <para><b>Threads.</b> Reading the value from several threads is safe; gradients are written by one thread at a time.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Parameter<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Matrix<T> _gradient;
    private bool _isGradientZero = true;

    /// <summary>A parameter with a start value and a gradient of zero.</summary>
    /// <param name="value">The start value: a dense matrix with at least one element. It is used, not copied.</param>
    /// <param name="isRegularized">Whether a regularisation term counts it: true for weights (the default), false for biases.</param>
    /// <exception cref="ArgumentException">The matrix is empty or not dense.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public Parameter(Matrix<T> value, bool isRegularized = true)
    {
        ElementType<T>.ThrowIfNotSupported();
        if (value.AsSpan().IsEmpty)
        {
            throw new ArgumentException($"A parameter needs at least one element, got {value.Shape()}.", nameof(value));
        }

        Value = value;
        IsRegularized = isRegularized;
        _gradient = Matrix<T>.Build.Dense(value.RowCount, value.ColumnCount);
    }

    /// <summary>The value. Write into it to change it; its shape is fixed.</summary>
    public Matrix<T> Value { get; }

    /// <summary>Whether a regularisation term counts this parameter.</summary>
    public bool IsRegularized { get; }

    /// <summary>How many numbers the parameter has.</summary>
    public int Count => Value.RowCount * Value.ColumnCount;

    /// <summary>Whether the gradient is zero because nothing was added since it was cleared.</summary>
    public bool IsGradientZero => _isGradientZero;

    /// <summary>The gradient of the loss by <see cref="Value"/>, of the same shape: what the backward passes since
    /// <see cref="ZeroGradient"/> have added up.</summary>
    public Matrix<T> Gradient
    {
        get
        {
            if (_isGradientZero)
            {
                _gradient.AsSpan().Clear();
            }

            return _gradient;
        }
    }

    /// <summary>Sets the gradient to zero, without a pass over its memory.</summary>
    public void ZeroGradient() => _isGradientZero = true;

    /// <summary>Adds to the gradient.</summary>
    /// <param name="gradient">A matrix of the shape of <see cref="Value"/>.</param>
    /// <exception cref="ArgumentException">The shape is another one: a gradient has the shape of its variable.</exception>
    public void AddToGradient(Matrix<T> gradient)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        if (!gradient.HasShapeOf(Value))
        {
            throw new ArgumentException(
                $"A gradient has the shape of its variable: the parameter is {Value.Shape()}, the gradient {gradient.Shape()}.", nameof(gradient));
        }

        ReadOnlySpan<T> source = gradient.AsSpan();
        Matrix<T> sum = AccumulateGradient(out T keep);
        if (keep == T.Zero)
        {
            source.CopyTo(sum.AsSpan());
        }
        else
        {
            System.Numerics.Tensors.TensorPrimitives.Add(sum.AsSpan(), source, sum.AsSpan());
        }
    }

    /// <summary>
    /// The gradient's matrix for a kernel that computes <c>G ← new + keep·G</c> in one pass. The caller must write all of it.
    /// </summary>
    /// <param name="keep">0 when there is nothing to add to (the content is then undefined and must not be read), otherwise 1.</param>
    /// <returns>The matrix, of the shape of <see cref="Value"/>.</returns>
    public Matrix<T> AccumulateGradient(out T keep)
    {
        keep = _isGradientZero ? T.Zero : T.One;
        _isGradientZero = false;
        return _gradient;
    }
}
