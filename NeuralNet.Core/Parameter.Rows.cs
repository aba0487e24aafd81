using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Kernels.RowsAndColumns;
using NeuralNet.Core.Operations;

namespace NeuralNet.Core;

/// <content>Gradients by rows, of a table of which a batch reads few.</content>
public sealed partial class Parameter<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whether the gradient is kept as rows: nothing but <see cref="AddRowsToGradient"/> has added to it since it was cleared.</summary>
    public bool IsGradientByRows => _form == GradientForm.Rows;

    /// <summary>The rows that a gradient kept as rows has, each once, in the order in which they came first; empty if
    /// it is not kept so. Valid until the gradient changes.</summary>
    public ReadOnlySpan<int> GradientRows => IsGradientByRows ? _rows!.Rows : default;

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
}
