using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core;

/// <summary>One buffer in the few shapes it was last asked for.</summary>
/// <param name="capacity">How many shapes are remembered, 1 or more.</param>
internal sealed class ShapedBuffers<T>(int capacity) where T : unmanaged, IFloatingPointIeee754<T>
{
    // The one used last comes first.
    private readonly Matrix<T>[] _matrices = new Matrix<T>[capacity];
    private int _count;

    public Matrix<T> Get(int rows, int columns)
    {
        Matrix<T> current = _matrices[0];
        return current is not null && current.RowCount == rows && current.ColumnCount == columns ? current : Find(rows, columns);
    }

    private Matrix<T> Find(int rows, int columns)
    {
        int place = 0;
        while (place < _count && (_matrices[place].RowCount != rows || _matrices[place].ColumnCount != columns))
        {
            place++;
        }

        Matrix<T> found = place < _count ? _matrices[place] : Matrices.Zeros<T>(rows, columns);
        if (place == _count)
        {
            // Where there is no room, the one not used for longest goes.
            _count = Math.Min(_count + 1, _matrices.Length);
            place = _count - 1;
        }

        Array.Copy(_matrices, 0, _matrices, 1, place);
        return _matrices[0] = found;
    }
}
