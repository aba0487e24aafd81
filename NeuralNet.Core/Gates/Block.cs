using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Gates;

/// <summary>Rectangular parts of matrices.</summary>
internal static class Block
{
    /// <summary>Copies a part of one matrix to a place in another.</summary>
    public static void Copy<T>(
        Matrix<T> source, int sourceRow, int sourceColumn, Matrix<T> target, int targetRow, int targetColumn, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int column = 0; column < columns; column++)
        {
            source.ColumnSpan(sourceColumn + column).Slice(sourceRow, rows).CopyTo(target.ColumnSpan(targetColumn + column)[targetRow..]);
        }
    }
}
