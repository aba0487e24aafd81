using System.Globalization;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training;

/// <summary>The first number of a training that is not finite.</summary>
/// <param name="Words">Where it is and what to do, in whole sentences.</param>
/// <param name="Number">The number.</param>
internal sealed record NonFiniteFinding(string Words, double Number)
{
    /// <summary>A finding in a matrix: <paramref name="what"/>, the first place in it, how many there are, and the advice.</summary>
    /// <param name="what">The beginning of the sentence, up to the colon.</param>
    /// <param name="matrix">A dense matrix of which an entry is not finite.</param>
    /// <param name="advice">What follows from it.</param>
    public static NonFiniteFinding In<T>(string what, Matrix<T> matrix, string advice) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // The first row that has one, and in it the first column: memory goes by columns, but readers think in samples.
        (int row, int column, int count) = (int.MaxValue, 0, 0);
        ReadOnlySpan<T> values = matrix.AsSpan();
        for (int i = 0; i < values.Length; i++)
        {
            if (!T.IsFinite(values[i]))
            {
                count++;
                (row, column) = i % matrix.RowCount < row ? (i % matrix.RowCount, i / matrix.RowCount) : (row, column);
            }
        }

        T number = values[row + (column * matrix.RowCount)];
        string words = string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {number} at row {row}, column {column} of {matrix.Shape()}, counted from 0 ({count} of {values.Length} entries are not finite). {advice}");
        return new NonFiniteFinding(words, double.CreateTruncating(number));
    }
}
