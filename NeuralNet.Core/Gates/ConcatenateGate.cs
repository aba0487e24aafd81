using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Gates;

/// <summary>Puts matrices side by side, <c>z = [x₁ x₂ …]</c>, or one below the other; each gets back its own part of the gradient; a carrier.</summary>
/// <remarks>
/// <para><b>Shapes:</b> by columns <c>[N×D₁], [N×D₂], … → [N×(D₁+D₂+…)]</c>; by rows <c>[N₁×D], [N₂×D], … → [(N₁+N₂+…)×D]</c>.</para>
/// <para>Cached: the inputs, for their shapes.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="axis">Columns (the default) puts features side by side, rows puts samples one below the other.</param>
public sealed class ConcatenateGate<T>(Axis axis = Axis.Columns) : Gate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whether columns are put side by side, or rows one below the other.</summary>
    public Axis Axis => axis;

    /// <inheritdoc/>
    public override string Name => axis == Axis.Columns ? "concatenate columns" : "concatenate rows";

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("axis", axis.ToString()));

    /// <inheritdoc/>
    public override string Symbol => "[…]";

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Carrier;

    /// <inheritdoc/>
    public override int? InputCount => null;

    /// <inheritdoc/>
    public override string Formula(ReadOnlySpan<string> inputs) => axis == Axis.Columns
        ? $@"\begin{{bmatrix}} {string.Join(" & ", inputs)} \end{{bmatrix}}"
        : $@"\begin{{bmatrix}} {string.Join(@" \\ ", inputs)} \end{{bmatrix}}";

    /// <inheritdoc/>
    public override string LocalGradient(int input, ReadOnlySpan<string> inputs, string output) => $"G_{{[{input + 1}]}}";

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(ReadOnlySpan<Matrix<T>> inputs, Cache<T> cache)
    {
        (int rows, int columns) = (inputs[0].RowCount, inputs[0].ColumnCount);
        foreach (Matrix<T> next in inputs[1..])
        {
            if (axis == Axis.Columns ? next.RowCount != rows : next.ColumnCount != columns)
            {
                throw new ArgumentException(
                    $"{this} expects matrices with the same number of {(axis == Axis.Columns ? "rows" : "columns")}, " +
                    $"got {inputs[0].Shape()} and {next.Shape()}.");
            }

            long length = axis == Axis.Columns ? (long)columns + next.ColumnCount : (long)rows + next.RowCount;
            if (length > int.MaxValue)
            {
                throw new ArgumentException(
                    $"{this} would give {length} {(axis == Axis.Columns ? "columns" : "rows")}; a matrix has at most {int.MaxValue}.");
            }

            (rows, columns) = axis == Axis.Columns ? (rows, (int)length) : ((int)length, columns);
        }

        Matrix<T> output = cache.Buffer(0, rows, columns);
        (int row, int column) = (0, 0);
        foreach (Matrix<T> next in inputs)
        {
            Block.Copy(next, 0, 0, output, row, column, next.RowCount, next.ColumnCount);
            (row, column) = Behind(next, row, column);
        }

        return output;
    }

    /// <inheritdoc/>
    protected override void BackwardCore(
        Matrix<T> upstream, ReadOnlySpan<Matrix<T>> inputs, Matrix<T> output, Wanted wanted, Span<Matrix<T>?> downstream, Cache<T> cache)
    {
        (int row, int column) = (0, 0);
        for (int i = 0; i < inputs.Length; i++)
        {
            Matrix<T> x = inputs[i];
            if (wanted[i])
            {
                Matrix<T> dx = cache.Buffer(1 + i, x.RowCount, x.ColumnCount);
                Block.Copy(upstream, row, column, dx, 0, 0, x.RowCount, x.ColumnCount);
                downstream[i] = dx;
            }

            (row, column) = Behind(x, row, column);
        }
    }

    private (int Row, int Column) Behind(Matrix<T> part, int row, int column) =>
        axis == Axis.Columns ? (row, column + part.ColumnCount) : (row + part.RowCount, column);
}
