namespace NeuralNet.Tests.Core.Gates.Formulas;

/// <summary>What a part of a LaTeX formula comes to: a matrix, of which one number is a special case, or a vector of ones, whose length its neighbour gives.</summary>
/// <param name="Matrix">The matrix, or null for ones.</param>
/// <param name="IsTransposed">Of ones: whether they are a row.</param>
internal sealed record LatexValue(Matrix<double>? Matrix, bool IsTransposed = false)
{
    public static LatexValue Ones { get; } = new(null);

    public bool IsNumber => Matrix is { RowCount: 1, ColumnCount: 1 };

    public static implicit operator LatexValue(Matrix<double> matrix) => new(matrix);

    public static implicit operator LatexValue(double number) => Matrix<double>.Build.Dense(1, 1, number);

    public LatexValue Transpose() => Matrix is null ? this with { IsTransposed = true } : Matrix.Transpose();

    /// <summary>A function of numbers, entry by entry; a number goes with all entries of the other, a row with all its rows.</summary>
    public static LatexValue Map(Func<double, double, double> function, LatexValue a, LatexValue b)
    {
        Matrix<double> left = a.Matrix!, right = b.Matrix!;
        return a.IsNumber ? right.Map(y => function(left[0, 0], y))
            : b.IsNumber ? left.Map(x => function(x, right[0, 0]))
            : left.Map2(function, right.RowCount == 1 ? Matrix<double>.Build.Dense(left.RowCount, right.ColumnCount, (_, j) => right[0, j]) : right);
    }

    /// <summary>The product of linear algebra; ones take the length that fits, after a number that of <paramref name="variable"/>.</summary>
    public static LatexValue Multiply(LatexValue a, LatexValue b, Matrix<double> variable)
    {
        if (a.Matrix is null)
        {
            return OnesBefore(b.Matrix!) * b.Matrix!;
        }

        if (b.Matrix is null)
        {
            return a.IsNumber ? variable.Map(_ => a.Matrix[0, 0])
                : a.Matrix * Matrix<double>.Build.Dense(a.Matrix.ColumnCount, b.IsTransposed ? variable.ColumnCount : 1, 1);
        }

        return a.IsNumber || b.IsNumber ? Map((x, y) => x * y, a, b) : a.Matrix * b.Matrix;
    }

    private static Matrix<double> OnesBefore(Matrix<double> matrix) => Matrix<double>.Build.Dense(1, matrix.RowCount, 1);
}
