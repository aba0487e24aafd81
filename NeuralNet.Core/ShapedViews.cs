using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Storage;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Core;

/// <summary>The few views that were last asked for at one place, so that a view of the same memory is the same object.</summary>
/// <param name="capacity">How many are remembered, 1 or more.</param>
internal sealed class ShapedViews<T>(int capacity) where T : unmanaged, IFloatingPointIeee754<T>
{
    // The one used last comes first.
    private readonly Matrix<T>[] _views = new Matrix<T>[capacity];
    private int _count;

    public Matrix<T> Get(Matrix<T> matrix, int rows, int columns)
    {
        if (rows == matrix.RowCount && columns == matrix.ColumnCount)
        {
            return matrix;
        }

        int place = 0;
        while (place < _count && !IsOf(_views[place], matrix, rows, columns))
        {
            place++;
        }

        Matrix<T> found = place < _count ? _views[place] : MatrixViews.Reshape(matrix, rows, columns);
        if (place == _count)
        {
            _count = Math.Min(_count + 1, _views.Length);
            place = _count - 1;
        }

        Array.Copy(_views, 0, _views, 1, place);
        return _views[0] = found;
    }

    private static bool IsOf(Matrix<T> view, Matrix<T> matrix, int rows, int columns) =>
        view.RowCount == rows && view.ColumnCount == columns
        && ReferenceEquals((view.Storage as DenseColumnMajorMatrixStorage<T>)?.Data, (matrix.Storage as DenseColumnMajorMatrixStorage<T>)?.Data);
}
