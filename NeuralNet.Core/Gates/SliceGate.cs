using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Shapes;
using NeuralNet.Core.Text;

namespace NeuralNet.Core.Gates;

/// <summary>Takes a rectangular part of a matrix, <c>y = x[rows, columns]</c>; the rest of x gets the gradient 0; a carrier.</summary>
/// <remarks><b>Shapes:</b> x <c>[n×m]</c>, y <c>[rows×columns]</c> of the ranges; as a layer, <c>new SliceGate&lt;T&gt;(.., 5..10)</c> gives a vector of columns 5 to 9
/// of each sample. Cached: x, for its shape.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="rows">Which rows; <c>..</c> for all.</param>
/// <param name="columns">Which columns; <c>..</c> for all.</param>
public sealed class SliceGate<T>(Range rows, Range columns) : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Which rows are taken.</summary>
    public Range Rows => rows;

    /// <summary>Which columns are taken.</summary>
    public Range Columns => columns;

    /// <inheritdoc/>
    public override string Name => $"slice[{rows}, {columns}]";

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("rows", rows.ToString()), ("columns", columns.ToString()));

    /// <inheritdoc/>
    public override string Symbol => $"[{rows}, {columns}]";

    /// <inheritdoc/>
    public override SampleShape? OutputShape(SampleShape? input)
    {
        bool isKnownAnyway = !columns.Start.IsFromEnd && !columns.End.IsFromEnd;
        if (!rows.Equals(Range.All) || (input is null && !isKnownAnyway))
        {
            return null;
        }

        // What is given stands before an input as wide as the range reaches.
        int width = input?.Size ?? columns.End.Value, start = columns.Start.GetOffset(width), end = columns.End.GetOffset(width);
        return start < 0 || end > width || start >= end
            ? throw new ArgumentException($"{this} takes no column of samples of {input?.ToString() ?? "any size"}.", nameof(input))
            : end - start;
    }

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Carrier;

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $@"\left[{x}\right]_{{{Latex.Text(rows.ToString())},\,{Latex.Text(columns.ToString())}}}";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => $@"G \text{{ at }} {Latex.Text(rows.ToString())},\,{Latex.Text(columns.ToString())} \text{{, 0 elsewhere}}";

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        (int row, int rowCount) = Resolve(rows, input.RowCount, input);
        (int column, int columnCount) = Resolve(columns, input.ColumnCount, input);
        Matrix<T> y = cache.Buffer(0, rowCount, columnCount);
        Block.Copy(input, row, column, y, 0, 0, rowCount, columnCount);
        return y;
    }

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        downstream.AsSpan().Clear();
        Block.Copy(
            upstream, 0, 0, downstream, rows.Start.GetOffset(input.RowCount), columns.Start.GetOffset(input.ColumnCount), output.RowCount, output.ColumnCount);
        return downstream;
    }

    /// <summary>Adds the upstream gradient to its place in the gradient of the whole.</summary>
    internal void AddBackward(Matrix<T> upstream, Matrix<T> downstream)
    {
        int row = rows.Start.GetOffset(downstream.RowCount), column = columns.Start.GetOffset(downstream.ColumnCount);
        for (int j = 0; j < upstream.ColumnCount; j++)
        {
            Span<T> target = downstream.ColumnSpan(column + j).Slice(row, upstream.RowCount);
            TensorPrimitives.Add(target, upstream.ColumnSpan(j), target);
        }
    }

    private (int Start, int Count) Resolve(Range range, int length, Matrix<T> x)
    {
        int start = range.Start.GetOffset(length);
        int end = range.End.GetOffset(length);
        return start < 0 || end > length || start > end
            ? throw new ArgumentException($"{this} reaches outside of {x.Shape()}.")
            : (start, end - start);
    }
}
