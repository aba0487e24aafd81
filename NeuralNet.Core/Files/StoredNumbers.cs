using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using NeuralNet.Core.Operations;

namespace NeuralNet.Core.Files;

/// <summary>The numbers of one tensor where they lie in a file, one after another.</summary>
/// <param name="bytes">The file.</param>
/// <param name="offset">Where the numbers begin.</param>
/// <param name="type">Their type.</param>
/// <param name="count">How many; all are in the file.</param>
/// <param name="isBigEndian">Whether the highest byte of a number comes first.</param>
/// <param name="label">What errors call it: <c>tensor 'weight'</c>.</param>
internal readonly struct StoredNumbers(FileBytes bytes, long offset, TensorType type, long count, bool isBigEndian, string label)
{
    // What is converted or transposed at a time: it stays in the cache of the second level.
    private const int BlockBytes = 1 << 18;

    // Rows transposed at a time, if possible, and how much of each: a write of 16 numbers fills the cache's line.
    private const int BlockRows = 16;
    private const int BlockColumns = 1 << 12;

    private bool IsAsIs<T>() where T : unmanaged => TensorTypes.Of<T>() == type && isBigEndian != BitConverter.IsLittleEndian;

    /// <summary>Reads all, in the order of the file.</summary>
    /// <param name="target">As long as there are numbers.</param>
    /// <exception cref="ArgumentException">It is not.</exception>
    public void Read<T>(Span<T> target) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        ThrowIfNot(target.Length, nameof(target));
        ReadPart(0, target);
    }

    /// <summary>Reads the numbers of a matrix that lie row after row into one that lies column after column.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns; rows × columns is the number of numbers.</param>
    /// <param name="target">As long as there are numbers.</param>
    public void ReadTransposed<T>(int rows, int columns, Span<T> target) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        ThrowIfNot(target.Length, nameof(target));
        if (rows <= 1 || columns <= 1)
        {
            ReadPart(0, target);
            return;
        }

        // Whole rows where several fit: they are one run of the file.
        int width = Math.Min(columns, BlockColumns), height = Math.Min(rows, Math.Max(BlockRows, BlockBytes / sizeof(double) / width));
        T[] block = ArrayPool<T>.Shared.Rent(width * height);
        for (int row = 0; row < rows; row += height)
        {
            int blockRows = Math.Min(height, rows - row);
            for (int column = 0; column < columns; column += width)
            {
                int blockColumns = Math.Min(width, columns - column);
                for (int i = 0; i < (width == columns ? 1 : blockRows); i++)
                {
                    int length = width == columns ? blockRows * columns : blockColumns;
                    ReadPart(((long)(row + i) * columns) + column, block.AsSpan(i * blockColumns, length));
                }

                // Rows of the file are columns to a matrix.
                MatrixTransposition.Transpose(
                    blockColumns, blockRows, block, blockColumns, target[(row + (column * rows))..], rows);
            }
        }

        ArrayPool<T>.Shared.Return(block);
    }

    /// <summary>Reads integers or bools.</summary>
    /// <param name="target">As long as there are numbers.</param>
    /// <exception cref="InvalidDataException">They are no integers, or one is beyond 2⁶³ − 1.</exception>
    public void ReadInt64(Span<long> target)
    {
        ThrowIfNot(target.Length, nameof(target));
        if (type is TensorType.Float16 or TensorType.BFloat16 or TensorType.Float32 or TensorType.Float64)
        {
            throw bytes.Invalid(offset, $"{label} is of {type}; expected integers.");
        }

        if (IsAsIs<long>())
        {
            ReadAsIs(0, target);
            return;
        }

        int size = TensorTypes.SizeOf(type);
        byte[] block = ArrayPool<byte>.Shared.Rent((int)Math.Min(BlockBytes, (long)target.Length * size));
        for (int done = 0; done < target.Length;)
        {
            int length = Math.Min(target.Length - done, BlockBytes / size);
            int wrong = NumberConversion.ToInt64(Block(block, done, length), type, target.Slice(done, length));
            ThrowIfFound(wrong, done, "a 64-bit integer");
            done += length;
        }

        ArrayPool<byte>.Shared.Return(block);
    }

    /// <summary>Reads the bytes as they are in the file.</summary>
    /// <param name="target">As long as there are bytes.</param>
    public void ReadBytes(Span<byte> target)
    {
        long length = count * TensorTypes.SizeOf(type);
        if (target.Length != length)
        {
            throw new ArgumentException($"{bytes.Name}: {label} has {length} bytes, the target takes {target.Length}.", nameof(target));
        }

        bytes.Read(offset, target);
    }

    private void ReadPart<T>(long first, Span<T> target) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (IsAsIs<T>())
        {
            ReadAsIs(first, target);
            return;
        }

        int size = TensorTypes.SizeOf(type);
        byte[] block = ArrayPool<byte>.Shared.Rent((int)Math.Min(BlockBytes, (long)target.Length * size));
        for (int done = 0; done < target.Length;)
        {
            int length = Math.Min(target.Length - done, BlockBytes / size);
            int wrong = NumberConversion.ToFloats(Block(block, first + done, length), type, target.Slice(done, length));
            ThrowIfFound(wrong, first + done, typeof(T) == typeof(float) ? "a float" : "a double");
            done += length;
        }

        ArrayPool<byte>.Shared.Return(block);
    }

    private ReadOnlySpan<byte> Block(byte[] block, long first, int length)
    {
        int size = TensorTypes.SizeOf(type);
        Span<byte> read = block.AsSpan(0, length * size);
        bytes.Read(offset + (first * size), read);
        if (isBigEndian == BitConverter.IsLittleEndian)
        {
            NumberConversion.Reverse(read, size);
        }

        return read;
    }

    // In pieces: the bytes of a span may be more than a span can have.
    private void ReadAsIs<T>(long first, Span<T> target) where T : unmanaged
    {
        const int Piece = 1 << 27;
        int size = TensorTypes.SizeOf(type);
        for (int done = 0; done < target.Length; done += Piece)
        {
            Span<T> piece = target.Slice(done, Math.Min(Piece, target.Length - done));
            bytes.Read(offset + ((first + done) * size), MemoryMarshal.AsBytes(piece));
        }
    }

    private void ThrowIfNot(int length, string parameter)
    {
        if (length != count)
        {
            throw new ArgumentException($"{bytes.Name}: {label} has {count} numbers, the target takes {length}.", parameter);
        }
    }

    private void ThrowIfFound(int index, long first, string wanted)
    {
        if (index >= 0)
        {
            int size = TensorTypes.SizeOf(type);
            long place = first + index;
            Span<byte> number = stackalloc byte[sizeof(ulong)];
            bytes.Read(offset + (place * size), number[..size]);
            if (isBigEndian)
            {
                NumberConversion.Reverse(number[..size], size);
            }

            throw bytes.Invalid(
                offset + (place * size), $"number {place} of {label} is {Shown(number)}, which is not {wanted}.{(wanted == "a float" && type != TensorType.Bool ? " Read it as double." : "")}");
        }
    }

    // Only of these types can a number be none of the wanted type.
    private string Shown(ReadOnlySpan<byte> number) => type switch
    {
        TensorType.Bool => $"{number[0]} of the type Bool, 0 or 1",
        TensorType.Float64 => FormattableString.Invariant($"{MemoryMarshal.Read<double>(number)}"),
        TensorType.Int32 => FormattableString.Invariant($"{MemoryMarshal.Read<int>(number)}"),
        TensorType.UInt32 => FormattableString.Invariant($"{MemoryMarshal.Read<uint>(number)}"),
        TensorType.Int64 => FormattableString.Invariant($"{MemoryMarshal.Read<long>(number)}"),
        _ => FormattableString.Invariant($"{MemoryMarshal.Read<ulong>(number)}"),
    };
}
