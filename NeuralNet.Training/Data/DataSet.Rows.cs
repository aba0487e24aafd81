using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Training.Data;

/// <content>Data sets of arrays and matrices.</content>
public sealed partial class DataSet<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes a data set of samples alone, as they are written on paper: row after row.</summary>
    /// <param name="rows">One array for each sample, all of one length, 1 or more; copied.</param>
    /// <exception cref="ArgumentException">There are no rows, one has another length than the first, or they are empty.</exception>
    /// <exception cref="ArgumentNullException">The rows or one of them are null.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static DataSet<T> FromRows(params T[][] rows) => new(Joined(rows, nameof(rows)), rows[0].Length);

    /// <summary>Makes a data set for classification of rows.</summary>
    /// <param name="rows">One array for each sample, all of one length, 1 or more; copied.</param>
    /// <param name="labels">The class of each sample, from 0 on. Copied.</param>
    /// <param name="classes">Number of classes; null, the default, for one more than the largest label. Say it where a part of the data might lack the last class.</param>
    /// <exception cref="ArgumentException">There are no rows, one has another length than the first, or there are more or fewer labels than rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not one of the classes.</exception>
    /// <exception cref="ArgumentNullException">The rows, one of them or the labels are null.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static DataSet<T> FromRows(T[][] rows, int[] labels, int? classes = null) => FromRows(rows).WithLabelsOfRows(labels, classes);

    /// <summary>Makes a data set for regression of rows.</summary>
    /// <param name="rows">One array for each sample, all of one length, 1 or more; copied.</param>
    /// <param name="targets">What each sample is to give, all of one length, 1 or more; copied.</param>
    /// <exception cref="ArgumentException">There are no rows, one has another length than the first, or there are more or fewer targets than rows.</exception>
    /// <exception cref="ArgumentNullException">An argument or one of its rows is null.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static DataSet<T> FromRows(T[][] rows, T[][] targets)
    {
        DataSet<T> samples = FromRows(rows);
        T[] joined = Joined(targets, nameof(targets));
        RequireRows(samples.Count, targets.Length, "targets", nameof(targets));
        return samples.WithTargets(joined, targets[0].Length);
    }

    /// <summary>Makes a data set of samples alone.</summary>
    /// <param name="inputs">The samples as rows <c>[N×D]</c>, dense; copied.</param>
    /// <exception cref="ArgumentException">The matrix is not dense, or has no rows or no columns.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static DataSet<T> FromMatrix(Matrix<T> inputs) => new(SampleAfterSample(inputs, nameof(inputs)), inputs.ColumnCount);

    /// <summary>Makes a data set for classification.</summary>
    /// <param name="inputs">The samples as rows <c>[N×D]</c>, dense; copied.</param>
    /// <param name="labels">The class of each sample, from 0 on. Copied.</param>
    /// <param name="classes">Number of classes; null, the default, for one more than the largest label. Say it where a part of the data might lack the last class.</param>
    /// <exception cref="ArgumentException">The matrix is not dense, has no rows or no columns, or there are more or fewer labels than rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not one of the classes.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static DataSet<T> FromMatrix(Matrix<T> inputs, int[] labels, int? classes = null) => FromMatrix(inputs).WithLabelsOfRows(labels, classes);

    /// <summary>Makes a data set for regression.</summary>
    /// <param name="inputs">The samples as rows <c>[N×D]</c>, dense; copied.</param>
    /// <param name="targets">What each sample is to give, as rows <c>[N×O]</c>, dense; copied.</param>
    /// <exception cref="ArgumentException">A matrix is not dense, or has no rows or no columns, or there are more or fewer targets than samples.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static DataSet<T> FromMatrix(Matrix<T> inputs, Matrix<T> targets)
    {
        DataSet<T> samples = FromMatrix(inputs);
        T[] values = SampleAfterSample(targets, nameof(targets));
        RequireRows(samples.Count, targets.RowCount, "targets", nameof(targets));
        return samples.WithTargets(values, targets.ColumnCount);
    }

    private DataSet<T> WithLabelsOfRows(int[] labels, int? classes)
    {
        ArgumentNullException.ThrowIfNull(labels);
        RequireRows(Count, labels.Length, "labels", nameof(labels));
        // A negative label is refused with the range that is left: one class at least.
        return WithLabels([.. labels], classes ?? Math.Max((int)Math.Min(labels.Max() + 1L, int.MaxValue), 1));
    }

    private static T[] Joined(T[][] rows, string name)
    {
        ElementType<T>.ThrowIfNotSupported();
        ArgumentNullException.ThrowIfNull(rows, name);
        if (rows.Length == 0)
        {
            throw new ArgumentException("A data set needs one sample or more, got no rows.", name);
        }

        for (int i = 0; i < rows.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(rows[i], $"{name}[{i}]");
            if (rows[i].Length != rows[0].Length || rows[i].Length == 0)
            {
                throw new ArgumentException(
                    $"The rows of a data set are of one length, 1 or more: row 0 has {rows[0].Length} values, row {i} has {rows[i].Length}.", name);
            }
        }

        if ((long)rows.Length * rows[0].Length > Array.MaxLength)
        {
            throw new ArgumentException(
                $"{rows.Length} rows of {rows[0].Length} values are {(long)rows.Length * rows[0].Length}; an array holds at most {Array.MaxLength}.", name);
        }

        var joined = new T[rows.Length * rows[0].Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i].CopyTo(joined, i * rows[0].Length);
        }

        return joined;
    }

    private static T[] SampleAfterSample(Matrix<T> matrix, string name)
    {
        ArgumentNullException.ThrowIfNull(matrix, name);
        if (matrix.RowCount == 0 || matrix.ColumnCount == 0)
        {
            throw new ArgumentException($"A data set needs one row and one column or more, got {matrix.Shape()}.", name);
        }

        ReadOnlySpan<T> columns = matrix.AsSpan();
        var values = new T[columns.Length];
        MatrixTransposition.Transpose(matrix.RowCount, matrix.ColumnCount, columns, matrix.RowCount, values.AsSpan(), matrix.ColumnCount);
        return values;
    }

    private static void RequireRows(int samples, int rows, string what, string name)
    {
        if (rows != samples)
        {
            throw new ArgumentException($"{samples} samples need as many {what}, got {rows}.", name);
        }
    }
}
