using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core;

/// <content>Views of matrices, remembered as buffers are.</content>
public sealed partial class Cache<T>
{
    private readonly List<ShapedViews<T>> _views = [];

    /// <summary>A matrix seen in another shape (<see cref="Shapes.MatrixViews.Reshape"/>), the same object each time for the same place, memory and shape: a steady step
    /// allocates none.</summary>
    /// <param name="place">Which of the caller's views, counted from 0, apart from the slots of buffers.</param>
    /// <param name="matrix">The matrix, dense.</param>
    /// <param name="rows">Rows of the view, 0 or more.</param>
    /// <param name="columns">Columns of the view, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The place or a size is negative.</exception>
    /// <exception cref="ArgumentException">The view has not as many elements as the matrix, or the matrix is not dense.</exception>
    public Matrix<T> View(int place, Matrix<T> matrix, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentNullException.ThrowIfNull(matrix);
        while (place >= _views.Count)
        {
            _views.Add(new ShapedViews<T>(RememberedShapes));
        }

        return _views[place].Get(matrix, rows, columns);
    }
}
