using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Files;

/// <summary>What a .npy file holds, by itself or in an .npz file.</summary>
internal static class NpyStream
{
    /// <summary>The header of numbers that lie row-major, which are checked.</summary>
    public static byte[] Header<T>(int count, ReadOnlySpan<int> dimensions) where T : unmanaged
    {
        TensorType type = TensorTypes.Of<T>();
        TensorShape.ThrowIfNot(dimensions, count, "the array");
        return NpyHeader.Bytes(type, isFortranOrder: false, dimensions);
    }

    /// <summary>Writes a matrix with its header, column after column.</summary>
    public static void Write<T>(Stream stream, Matrix<T> matrix) where T : unmanaged, IFloatingPointIeee754<T>
    {
        stream.Write(NpyHeader.Bytes(TensorTypes.Of<T>(), isFortranOrder: true, [matrix.RowCount, matrix.ColumnCount]));
        TensorStream.Write<T>(stream, matrix.AsSpan());
    }
}
