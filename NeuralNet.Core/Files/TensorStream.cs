using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Operations;

namespace NeuralNet.Core.Files;

/// <summary>Writes numbers to a stream, lowest byte first.</summary>
internal static class TensorStream
{
    // Bytes handed to the stream at a time, at most, of 8 each: the system takes few large pieces twice as fast as many small ones. And rows transposed at a time, at least: a read of 16
    // numbers takes all of the cache's line.
    private const int PieceBytes = 1 << 23;
    private const int BlockRows = 16;

    /// <summary>Writes numbers as they lie in memory.</summary>
    /// <exception cref="PlatformNotSupportedException">This machine has the highest byte first.</exception>
    public static void Write<T>(Stream stream, ReadOnlySpan<T> values) where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Tensor files are written on machines that have the lowest byte first.");
        }

        const int Piece = PieceBytes / sizeof(ulong);
        for (int done = 0; done < values.Length; done += Piece)
        {
            stream.Write(MemoryMarshal.AsBytes(values.Slice(done, Math.Min(Piece, values.Length - done))));
        }
    }

    /// <summary>Writes a matrix row after row.</summary>
    public static void WriteRows<T>(Stream stream, Matrix<T> matrix) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> values = matrix.AsSpan();
        int rows = matrix.RowCount, columns = matrix.ColumnCount;
        if (rows <= 1 || columns <= 1)
        {
            Write(stream, values);
            return;
        }

        int height = Math.Min(rows, Math.Max(BlockRows, PieceBytes / sizeof(ulong) / columns));
        T[] block = ArrayPool<T>.Shared.Rent(height * columns);
        for (int row = 0; row < rows; row += height)
        {
            int count = Math.Min(height, rows - row);
            MatrixTransposition.Transpose(count, columns, values[row..], rows, block, columns);
            Write<T>(stream, block.AsSpan(0, count * columns));
        }

        ArrayPool<T>.Shared.Return(block);
    }
}
