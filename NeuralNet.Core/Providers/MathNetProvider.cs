using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.Providers.LinearAlgebra;
using NeuralNet.Core.Kernels;
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
    protected override void Gemm(
        Transpose transposeA, Transpose transposeB, int rows, int columns, int inner,
        float alpha, ReadOnlySpan<float> a, int strideA, ReadOnlySpan<float> b, int strideB, float beta, Span<float> c, int strideC,
        ReadOnlySpan<float> bias) =>
        Gemm(provider, transposeA, transposeB, rows, columns, inner, alpha, a, strideA, b, strideB, beta, c, strideC, bias);

    /// <inheritdoc/>
    protected override void Gemm(
        Transpose transposeA, Transpose transposeB, int rows, int columns, int inner,
        double alpha, ReadOnlySpan<double> a, int strideA, ReadOnlySpan<double> b, int strideB, double beta, Span<double> c, int strideC,
        ReadOnlySpan<double> bias) =>
        Gemm(provider, transposeA, transposeB, rows, columns, inner, alpha, a, strideA, b, strideB, beta, c, strideC, bias);

    private static void Gemm<T>(
        ILinearAlgebraProvider<T> provider, Transpose transposeA, Transpose transposeB, int rows, int columns, int inner,
        T alpha, ReadOnlySpan<T> a, int strideA, ReadOnlySpan<T> b, int strideB, T beta, Span<T> c, int strideC,
        ReadOnlySpan<T> bias)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int rowsA, int columnsA) = transposeA == Transpose.No ? (rows, inner) : (inner, rows);
        (int rowsB, int columnsB) = transposeB == Transpose.No ? (inner, columns) : (columns, inner);
        var product = new T[rows * columns];
        provider.MatrixMultiplyWithUpdate(
            ToMathNet(transposeA), ToMathNet(transposeB), alpha, WholeArray(a, rowsA, columnsA, strideA), rowsA, columnsA,
            WholeArray(b, rowsB, columnsB, strideB), rowsB, columnsB, T.Zero, product);

        for (int j = 0; j < columns; j++)
        {
            ReadOnlySpan<T> source = product.AsSpan(j * rows, rows);
            Span<T> target = c.Slice(j * strideC, rows);
            if (beta == T.Zero)
            {
                source.CopyTo(target);
            }
            else
            {
                TensorPrimitives.MultiplyAdd(target, beta, source, target);
            }
        }

        Rows.AddToEach(c, rows, strideC, bias);
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
