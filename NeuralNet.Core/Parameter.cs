using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Kernels.Elementwise;
using NeuralNet.Core.Kernels.Reductions;
using NeuralNet.Core.Kernels.RowsAndColumns;
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
public sealed class Parameter<T> where T : unmanaged, IFloatingPointIeee754<T>
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

    /// <summary>The value. Write into it to change it; its shape is fixed.</summary>
    public Matrix<T> Value { get; }

    /// <summary>Whether a regularisation term counts this parameter.</summary>
    public bool IsRegularized { get; }

    /// <summary>How many numbers the parameter has.</summary>
    public int Count => Value.RowCount * Value.ColumnCount;

    /// <summary>Whether the gradient is zero because nothing was added or handed out for writing since it was cleared: no backward pass reached
    /// the parameter. Optimisers leave it alone then.</summary>
    public bool IsGradientZero => _form == GradientForm.Zero;

    /// <summary>Whether the gradient is kept as rows: nothing but <see cref="AddRowsToGradient"/> has added to it since it was cleared.</summary>
    public bool IsGradientByRows => _form == GradientForm.Rows;

    /// <summary>The rows that a gradient kept as rows has, each once, in the order in which they came first; empty if
    /// it is not kept so. Valid until the gradient changes.</summary>
    public ReadOnlySpan<int> GradientRows => IsGradientByRows ? _rows!.Rows : default;

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

    /// <summary>Adds gradients by single rows: row k of <paramref name="gradients"/> to row <c>rows[k]</c> of the gradient.</summary>
    /// <remarks>The cost is that of the rows named, whatever the size of the parameter; the index of its rows is made at the first call. Rows named
    /// more than once add up, in order. A gradient that is a whole matrix already stays one.</remarks>
    /// <param name="rows">Rows of <see cref="Value"/>, from 0. None at all adds nothing.</param>
    /// <param name="gradients">A dense matrix <c>[rows.Length × columns of Value]</c>.</param>
    /// <exception cref="ArgumentException">The shape is another one, or the matrix is not dense.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row. Nothing was added.</exception>
    public void AddRowsToGradient(ReadOnlySpan<int> rows, Matrix<T> gradients)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        if (gradients.RowCount != rows.Length || gradients.ColumnCount != Value.ColumnCount)
        {
            throw new ArgumentException(
                $"Gradients by {rows.Length} rows of a parameter {Value.Shape()} are [{rows.Length}×{Value.ColumnCount}], got {gradients.Shape()}.", nameof(gradients));
        }

        AddRowsToGradientFromMemory(rows, gradients.AsSpan());
    }

    /// <summary>As <see cref="AddRowsToGradient"/>, on memory: rows that are a part of a buffer need no matrix of their own.</summary>
    /// <param name="rows">Rows of <see cref="Value"/>, from 0. None at all adds nothing.</param>
    /// <param name="gradients"><c>[rows.Length × columns of Value]</c>, column after column.</param>
    /// <exception cref="ArgumentException">The memory is longer or shorter.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row. Nothing was added.</exception>
    public void AddRowsToGradientFromMemory(ReadOnlySpan<int> rows, ReadOnlySpan<T> gradients)
    {
        OperandCheck.ThrowIfNotOfShape(nameof(gradients), gradients, rows.Length, Value.ColumnCount);
        for (int k = 0; k < rows.Length; k++)
        {
            if ((uint)rows[k] >= (uint)Value.RowCount)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(rows), rows[k], $"A parameter {Value.Shape()} has the rows 0 to {Value.RowCount - 1}, got {rows[k]} at position {k}.");
            }
        }

        if (rows.IsEmpty)
        {
            return;
        }

        if (_form == GradientForm.Dense)
        {
            RowScatter<T>.Run(gradients, rows.Length, rows, _gradient!.AsSpan(), Value.RowCount, Value.ColumnCount, T.One);
            return;
        }

        _rows ??= new RowGradient<T>(Value.RowCount, Value.ColumnCount);
        if (_form == GradientForm.Zero)
        {
            _rows.Clear();
            _form = GradientForm.Rows;
        }

        _rows.Add(rows, gradients);
    }

    /// <summary><c>target ← target + factor·gradient</c>, as a step of plain descent: the cost of a gradient by rows is that of its rows, and a
    /// gradient of zero costs nothing.</summary>
    /// <param name="target">A dense matrix of the shape of <see cref="Value"/>, most often that itself.</param>
    /// <param name="factor">The factor.</param>
    /// <exception cref="ArgumentException">The shape is another one, or the matrix is not dense.</exception>
    public void ApplyGradient(Matrix<T> target, T factor)
    {
        ThrowIfShapeDiffers(target);
        if (_form == GradientForm.Dense)
        {
            ElementwiseOperations.AddScaled(_gradient!.AsSpan(), factor, target.AsSpan());
        }
        else if (_form == GradientForm.Rows)
        {
            _rows!.AddTo(target.AsSpan(), factor);
        }
    }

    /// <summary>Multiplies the gradient by a number, as clipping does. A gradient of zero stays flagged so, and rows stay rows.</summary>
    /// <param name="factor">A finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not finite.</exception>
    public void ScaleGradient(T factor)
    {
        if (!T.IsFinite(factor))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, $"A gradient is scaled by a finite number, got {factor}.");
        }

        if (_form == GradientForm.Rows)
        {
            _rows!.Scale(factor);
        }
        else if (_form == GradientForm.Dense)
        {
            ElementwiseOperations.Scale(_gradient!.AsSpan(), factor, _gradient!.AsSpan());
        }
    }

    /// <summary>Brings every number of the gradient within ±limit; NaN stays NaN. A gradient of zero stays flagged so, and rows stay rows.</summary>
    /// <param name="limit">A finite number, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative or not finite.</exception>
    public void ClampGradient(T limit)
    {
        if (!(T.IsFinite(limit) && limit >= T.Zero))
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, $"The limit of a gradient is a finite number, 0 or more, got {limit}.");
        }

        if (_form == GradientForm.Rows)
        {
            _rows!.Clamp(limit);
        }
        else if (_form == GradientForm.Dense)
        {
            ElementwisePass<T, ClampTo<T>>.Run(new(limit), _gradient!.AsSpan(), _gradient!.AsSpan());
        }
    }

    /// <summary><c>‖G‖ = √Σ G²</c> of the gradient, right also where squares are too large or too small for T. The cost of a gradient by rows is that of its rows.</summary>
    /// <remarks>The same bits at any number of threads. The last digits of a gradient by rows differ from those of the same gradient as a whole matrix.</remarks>
    /// <returns>The norm: 0 for a gradient of zero, NaN or ∞ where a number of it is.</returns>
    public double GradientNorm() => _form switch
    {
        GradientForm.Rows => _rows!.Norm(),
        GradientForm.Dense => EuclideanNorm<T>.Of(_gradient!.AsSpan()),
        _ => 0,
    };

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

    /// <summary>The memory of the gradient's matrix, whatever it holds now; empty while there is none.</summary>
    internal ReadOnlySpan<T> GradientMemory => _gradient is null ? default : _gradient.AsSpan();

    /// <summary>One pass of an update rule: the gradient is its input, one to three matrices of the shape of <see cref="Value"/> are changed.</summary>
    /// <param name="operation">The rule.</param>
    /// <param name="rowsOnly">Whether only the rows move that a gradient by rows has; otherwise it counts as the whole matrix that it stands for.</param>
    /// <param name="first">The first matrix.</param>
    /// <param name="second">The second, empty where the rule changes one only.</param>
    /// <param name="third">The third, empty where the rule changes fewer.</param>
    internal void Update<TOperation>(TOperation operation, bool rowsOnly, Span<T> first, Span<T> second = default, Span<T> third = default)
        where TOperation : struct, IElementwiseOperation<T>
    {
        if (rowsOnly && _form == GradientForm.Rows)
        {
            _rows!.Update(operation, first, second, third);
            return;
        }

        ReadOnlySpan<T> gradient = GradientToRead;
        switch (TOperation.Outputs)
        {
            case 1:
                ElementwisePass<T, TOperation>.Run(operation, gradient, first);
                break;
            case 2:
                ElementwisePass<T, TOperation>.Run(operation, gradient, first, second);
                break;
            default:
                ElementwisePass<T, TOperation>.Run(operation, gradient, first, second, third);
                break;
        }
    }

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
