using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core;

/// <summary>One buffer in the few shapes it was last asked for.</summary>
internal sealed class ShapedBuffers<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Matrix<T>?[] _matrices = new Matrix<T>?[Cache<T>.ShapesPerBuffer];
    private Matrix<T>? _current;
    private int _next;

    public Matrix<T> Get(int rows, int columns)
    {
        Matrix<T>? current = _current;
        return current is not null && current.RowCount == rows && current.ColumnCount == columns ? current : Find(rows, columns);
    }

    private Matrix<T> Find(int rows, int columns)
    {
        foreach (Matrix<T>? matrix in _matrices)
        {
            if (matrix is not null && matrix.RowCount == rows && matrix.ColumnCount == columns)
            {
                return _current = matrix;
            }
        }

        // The oldest shape makes room.
        Matrix<T> made = Matrix<T>.Build.Dense(rows, columns);
        _matrices[_next] = made;
        _next = (_next + 1) % _matrices.Length;
        return _current = made;
    }
}
