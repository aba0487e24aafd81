using System.Numerics.Tensors;
using MathNet.Numerics.Providers.LinearAlgebra;
using NeuralNet.Core.Kernels.RowsAndColumns;
using MathNetTranspose = MathNet.Numerics.Providers.LinearAlgebra.Transpose;

namespace NeuralNet.Core.Providers;

/// <summary>
/// Products through one of MathNet's own providers: the managed one, or its MKL where an application brings those packages.
/// </summary>
/// <remarks>MathNet takes whole arrays only, so factors and result are copied; this provider allocates.</remarks>
internal sealed class MathNetProvider(string name, string description, ILinearAlgebraProvider provider) : MatrixProvider
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Description => description;

    /// <inheritdoc/>
    private protected override void Gemm<T>(in Product<T> product)
    {
        (int rows, int columns, int inner) = (product.Rows, product.Columns, product.Inner);
        (int rowsA, int columnsA) = product.TransposeA == Transpose.No ? (rows, inner) : (inner, rows);
        (int rowsB, int columnsB) = product.TransposeB == Transpose.No ? (inner, columns) : (columns, inner);
        var result = new T[rows * columns];

        // MathNet's provider is one for each element type.
        ((ILinearAlgebraProvider<T>)provider).MatrixMultiplyWithUpdate(
            ToMathNet(product.TransposeA), ToMathNet(product.TransposeB), product.Alpha,
            WholeArray(product.A, rowsA, columnsA, product.StrideA), rowsA, columnsA,
            WholeArray(product.B, rowsB, columnsB, product.StrideB), rowsB, columnsB, T.Zero, result);

        for (int j = 0; j < columns; j++)
        {
            ReadOnlySpan<T> source = result.AsSpan(j * rows, rows);
            Span<T> target = product.C.Slice(j * product.StrideC, rows);
            if (product.Beta == T.Zero)
            {
                source.CopyTo(target);
            }
            else
            {
                TensorPrimitives.MultiplyAdd(target, product.Beta, source, target);
            }
        }

        Rows.AddToEach(product.C, rows, product.StrideC, product.Bias);
    }

    private static MathNetTranspose ToMathNet(Transpose transpose) =>
        transpose == Transpose.No ? MathNetTranspose.DontTranspose : MathNetTranspose.Transpose;

    private static T[] WholeArray<T>(ReadOnlySpan<T> source, int rows, int columns, int stride)
    {
        var whole = new T[rows * columns];
        for (int j = 0; j < columns; j++)
        {
            source.Slice(j * stride, rows).CopyTo(whole.AsSpan(j * rows, rows));
        }

        return whole;
    }
}
