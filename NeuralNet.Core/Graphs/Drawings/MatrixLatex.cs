using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Text;

namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>Matrices in LaTeX: small ones whole, of larger ones the corners.</summary>
internal static class MatrixLatex
{
    private const int LargestMatrix = 4;

    /// <summary>Whether all numbers of a matrix are written out.</summary>
    public static bool IsWhole<T>(Matrix<T> matrix) where T : unmanaged, IFloatingPointIeee754<T> =>
        matrix.RowCount <= LargestMatrix && matrix.ColumnCount <= LargestMatrix;

    /// <summary>A number, or a matrix in brackets; where it has more than four rows or columns, the first two and the last of them.</summary>
    public static string Of<T>(Matrix<T> matrix) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (matrix is { RowCount: 1, ColumnCount: 1 })
        {
            return Latex.Number(matrix[0, 0]);
        }

        int[] rows = Shown(matrix.RowCount), columns = Shown(matrix.ColumnCount);
        IEnumerable<string> lines = rows.Select(row => string.Join(" & ", columns.Select(column => Entry(matrix, row, column))));
        return $@"\begin{{bmatrix}} {string.Join(@" \\ ", lines)} \end{{bmatrix}}";
    }

    /// <summary>Numbers or matrices added up, and their sum; the sum alone where there is one or they are not written out whole.</summary>
    /// <param name="parts">What is added.</param>
    /// <param name="sum">The sum.</param>
    public static string Sum<T>(IReadOnlyList<Matrix<T>> parts, Matrix<T> sum) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (parts.Count < 2 || !IsWhole(sum))
        {
            return Of(sum);
        }

        bool isNumber = sum is { RowCount: 1, ColumnCount: 1 };
        IEnumerable<string> others = parts.Skip(1).Select(part => isNumber ? Latex.Term(part[0, 0]) : $"+ {Of(part)}");
        return $"{Of(parts[0])} {string.Join(' ', others)} = {Of(sum)}";
    }

    private static string Entry<T>(Matrix<T> matrix, int row, int column) where T : unmanaged, IFloatingPointIeee754<T> =>
        row >= 0 && column >= 0 ? Latex.Number(matrix[row, column])
        : row >= 0 ? @"\cdots"
        : column >= 0 ? @"\vdots"
        : @"\ddots";

    // The positions that are shown, with −1 for those left out.
    private static int[] Shown(int count) => count <= LargestMatrix ? [.. Enumerable.Range(0, count)] : [0, 1, -1, count - 1];
}
