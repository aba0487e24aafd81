namespace NeuralNet.Core.Files;

/// <summary>The matrix that a tensor of a file is.</summary>
internal static class MatrixShape
{
    /// <summary>Rows and columns: [R, C] is <c>[R×C]</c>, [C] is <c>[1×C]</c>, a number <c>[1×1]</c>.</summary>
    /// <param name="file">What errors call the file.</param>
    /// <param name="label">What errors call the tensor.</param>
    /// <param name="dimensions">Its dimensions.</param>
    /// <param name="parameter">The name of the argument that is wrong if there is none; null where it is the file itself.</param>
    /// <exception cref="ArgumentException">There are more than two dimensions, or more elements than a matrix holds.</exception>
    public static (int Rows, int Columns) Of(string file, string label, ReadOnlySpan<long> dimensions, string? parameter)
    {
        if (dimensions.Length > 2)
        {
            throw new ArgumentException(
                $"{file}: {label} has the dimensions {TensorShape.Text(dimensions)}; a matrix has two. Read its numbers into a span, row-major, and arrange them.", parameter);
        }

        long rows = dimensions.Length == 2 ? dimensions[0] : 1, columns = dimensions.Length == 0 ? 1 : dimensions[^1];
        return rows <= int.MaxValue && columns <= int.MaxValue && rows * columns <= Array.MaxLength
            ? ((int)rows, (int)columns)
            : throw new ArgumentException(
                $"{file}: {label} has the dimensions {TensorShape.Text(dimensions)}; a matrix has at most {Array.MaxLength} elements.", parameter);
    }
}
