using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Operations;

namespace NeuralNet.Core;

/// <summary>A trainable matrix with its gradient beside it.</summary>
/// <remarks>
/// <para>Gradients add up (<c>+=</c>) until <see cref="ZeroGradient"/>, as they must where a parameter is used twice.
/// Clearing sets a flag and does not pass over the memory: the next gradient is then written instead of added.</para>
/// <para>The gradient has the shape of its variable; whatever takes one refuses any other.</para>
/// <para><b>Gradients by rows.</b> A table of which a batch reads a few rows (an embedding) gets them with <see cref="AddRowsToGradient"/>; they
/// are kept as rows, and a plain step costs what the batch touches. Everything else that is asked of such a gradient, or added to it, makes a whole
/// matrix of it first, so nothing is lost by mixing both.</para>
/// <para><b>Memory.</b> The gradient's matrix is made when it is first needed: never in inference, nor while all gradients come by rows.</para>
/// <para><b>Threads.</b> Reading the value from several threads is safe; gradients are read and written by one thread at a time.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed partial class Parameter<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private Matrix<T>? _gradient;
    private RowGradient<T>? _rows;
    private GradientForm _form = GradientForm.Zero;

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
    }

    /// <summary>Raised each time a gate that owns the parameter has ended a backward pass, in which its gradient was added to: what comes later in the pass does not change it, unless the
    /// parameter stands in the network once more. So sums over machines can begin while the pass goes on.</summary>
    public event Action<Parameter<T>>? Reached;

    /// <summary>The value. Write into it to change it; its shape is fixed.</summary>
    public Matrix<T> Value { get; }

    /// <summary>Whether a regularisation term counts this parameter.</summary>
    public bool IsRegularized { get; }

    /// <summary>How many numbers the parameter has.</summary>
    public int Count => Value.RowCount * Value.ColumnCount;

    /// <summary>Whether the gradient is zero because nothing was added or handed out for writing since it was cleared: no backward pass reached
    /// the parameter. Optimisers leave it alone then.</summary>
    public bool IsGradientZero => _form == GradientForm.Zero;

    /// <summary>The gradient of the loss by <see cref="Value"/>, of the same shape: what the backward passes since
    /// <see cref="ZeroGradient"/> have added up. It may be written into.</summary>
    /// <remarks>Since it may be written into, the parameter counts as reached from then on, also if it was zero before: ask
    /// <see cref="IsGradientZero"/> first where that matters. After <see cref="ZeroGradient"/> ask for the matrix again before writing.</remarks>
    public Matrix<T> Gradient
    {
        get
        {
            MakeDense();
            return _gradient!;
        }
    }

    /// <summary>The gradient's numbers, column after column, to be read only: unlike <see cref="Gradient"/>, it leaves the flag and the rows as
    /// they are. Rows are written out into a whole matrix each time. Valid until the gradient changes.</summary>
    public ReadOnlySpan<T> GradientToRead
    {
        get
        {
            Span<T> gradient = (_gradient ??= ZerosOf(Value)).AsSpan();
            if (_form != GradientForm.Dense)
            {
                gradient.Clear();
            }

            if (_form == GradientForm.Rows)
            {
                _rows!.AddTo(gradient, T.One);
            }

            return gradient;
        }
    }

    /// <summary>Sets the gradient to zero, without a pass over its memory.</summary>
    public void ZeroGradient() => _form = GradientForm.Zero;

    /// <summary>Sets the gradient to the numbers of a matrix.</summary>
    /// <param name="gradient">A dense matrix of the shape of <see cref="Value"/>; it is copied.</param>
    /// <exception cref="ArgumentException">The shape is another one, or the matrix is not dense.</exception>
    public void SetGradient(Matrix<T> gradient)
    {
        ThrowIfShapeDiffers(gradient);
        ReadOnlySpan<T> source = gradient.AsSpan();
        source.CopyTo(GradientToWrite());
    }

    /// <summary>Adds to the gradient.</summary>
    /// <param name="gradient">A dense matrix of the shape of <see cref="Value"/>.</param>
    /// <exception cref="ArgumentException">The shape is another one, or the matrix is not dense.</exception>
    public void AddToGradient(Matrix<T> gradient)
    {
        ThrowIfShapeDiffers(gradient);
        AddToGradient(gradient.AsSpan());
    }

    /// <summary>Adds to the gradient what lies in memory, such as a part of a buffer.</summary>
    /// <param name="gradient">As many numbers as <see cref="Value"/> has, column after column.</param>
    /// <exception cref="ArgumentException">There are more or fewer numbers.</exception>
    public void AddToGradient(ReadOnlySpan<T> gradient)
    {
        OperandCheck.ThrowIfNotOfShape(nameof(gradient), gradient, Value.RowCount, Value.ColumnCount);
        Span<T> sum = GradientToUpdate(out T beta).AsSpan();
        if (beta == T.Zero)
        {
            gradient.CopyTo(sum);
        }
        else
        {
            TensorPrimitives.Add(sum, gradient, sum);
        }
    }

    /// <summary>
    /// The gradient's matrix for a kernel that computes <c>G ← new + β·G</c> in one pass. The caller must write all of it.
    /// </summary>
    /// <param name="beta">0 when there is nothing to add to (the content is then undefined and must not be read), otherwise 1.</param>
    /// <returns>The matrix, of the shape of <see cref="Value"/>.</returns>
    public Matrix<T> GradientToUpdate(out T beta)
    {
        if (_form == GradientForm.Zero)
        {
            beta = T.Zero;
            _gradient ??= ZerosOf(Value);
            _form = GradientForm.Dense;
        }
        else
        {
            beta = T.One;
            MakeDense();
        }

        return _gradient!;
    }

    /// <summary>Raises <see cref="Reached"/>.</summary>
    internal void TellReached() => Reached?.Invoke(this);

    /// <summary>The memory of the gradient's matrix, whatever it holds now; empty while there is none.</summary>
    internal ReadOnlySpan<T> GradientMemory => _gradient is null ? default : _gradient.AsSpan();

    /// <summary>The gradient's memory for somebody who writes all of it; what it was is lost.</summary>
    internal Span<T> GradientToWrite()
    {
        _form = GradientForm.Zero;
        return GradientToUpdate(out _).AsSpan();
    }

    private static Matrix<T> ZerosOf(Matrix<T> matrix) => Matrices.Zeros<T>(matrix.RowCount, matrix.ColumnCount);

    private void MakeDense()
    {
        if (_form != GradientForm.Dense)
        {
            _ = GradientToRead;
            _form = GradientForm.Dense;
        }
    }

    private void ThrowIfShapeDiffers(Matrix<T> gradient)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        if (!gradient.HasShapeOf(Value))
        {
            throw new ArgumentException(
                $"A gradient has the shape of its variable: the parameter is {Value.Shape()}, the gradient {gradient.Shape()}.", nameof(gradient));
        }
    }
}
