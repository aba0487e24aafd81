using System.Numerics;
using System.Runtime.InteropServices;

namespace NeuralNet.Core.Files;

/// <summary>Numbers of one type, as bytes, made numbers of another.</summary>
/// <remarks>A number of a file that is wider is rounded to the nearest, ties to even. What has no good value in the wanted type is refused: a finite number that would become infinite,
/// an integer that would become another, a byte other than 0 and 1 as a bool.</remarks>
internal static class NumberConversion
{
    /// <summary>Turns the bytes of each number around.</summary>
    /// <param name="bytes">Whole numbers of a size.</param>
    /// <param name="size">1, 2, 4 or 8.</param>
    public static void Reverse(Span<byte> bytes, int size)
    {
        for (int i = 0; size > 1 && i < bytes.Length; i += size)
        {
            bytes.Slice(i, size).Reverse();
        }
    }

    /// <summary>Converts to float or double.</summary>
    /// <param name="source">The numbers' bytes, in the order of this machine.</param>
    /// <param name="type">Their type.</param>
    /// <param name="target">As many numbers.</param>
    /// <returns>The index of the first number that has no good value in T, or −1.</returns>
    public static int ToFloats<T>(ReadOnlySpan<byte> source, TensorType type, Span<T> target) where T : unmanaged, IFloatingPointIeee754<T> => type switch
    {
        TensorType.Bool => Bools(source, target),
        TensorType.UInt8 => Integers<byte, T>(source, target),
        TensorType.Int8 => Integers<sbyte, T>(source, target),
        TensorType.Int16 => Integers<short, T>(source, target),
        TensorType.UInt16 => Integers<ushort, T>(source, target),
        TensorType.Int32 => Integers<int, T>(source, target),
        TensorType.UInt32 => Integers<uint, T>(source, target),
        TensorType.Int64 => Integers<long, T>(source, target),
        TensorType.UInt64 => Integers<ulong, T>(source, target),
        TensorType.Float16 => Floats<Half, T>(source, target),
        TensorType.BFloat16 => UpperHalves(source, target),
        TensorType.Float32 => Floats<float, T>(source, target),
        _ => Floats<double, T>(source, target),
    };

    /// <summary>Converts integers and bools to <see cref="long"/>.</summary>
    /// <param name="source">The numbers' bytes, in the order of this machine.</param>
    /// <param name="type">Their type, an integer or bool.</param>
    /// <param name="target">As many numbers.</param>
    /// <returns>The index of the first number that is beyond a long, or −1.</returns>
    public static int ToInt64(ReadOnlySpan<byte> source, TensorType type, Span<long> target) => type switch
    {
        TensorType.Bool => Bools(source, target),
        TensorType.UInt8 => Widened<byte>(source, target),
        TensorType.Int8 => Widened<sbyte>(source, target),
        TensorType.Int16 => Widened<short>(source, target),
        TensorType.UInt16 => Widened<ushort>(source, target),
        TensorType.Int32 => Widened<int>(source, target),
        TensorType.UInt32 => Widened<uint>(source, target),
        TensorType.Int64 => Widened<long>(source, target),
        _ => Widened<ulong>(source, target),
    };

    private static int Bools<T>(ReadOnlySpan<byte> source, Span<T> target) where T : unmanaged, INumberBase<T>
    {
        for (int i = 0; i < source.Length; i++)
        {
            if (source[i] > 1)
            {
                return i;
            }

            target[i] = source[i] == 0 ? T.Zero : T.One;
        }

        return -1;
    }

    private static int Integers<TSource, T>(ReadOnlySpan<byte> bytes, Span<T> target)
        where TSource : unmanaged, IBinaryInteger<TSource> where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<TSource> source = MemoryMarshal.Cast<byte, TSource>(bytes);
        for (int i = 0; i < source.Length; i++)
        {
            T value = T.CreateTruncating(source[i]);

            // In 128 bits, since a conversion back to 64 stops at their ends.
            if (Int128.CreateTruncating(value) != Int128.CreateTruncating(source[i]))
            {
                return i;
            }

            target[i] = value;
        }

        return -1;
    }

    private static int Floats<TSource, T>(ReadOnlySpan<byte> bytes, Span<T> target)
        where TSource : unmanaged, IFloatingPointIeee754<TSource> where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<TSource> source = MemoryMarshal.Cast<byte, TSource>(bytes);
        for (int i = 0; i < source.Length; i++)
        {
            T value = T.CreateTruncating(source[i]);
            if (T.IsInfinity(value) && TSource.IsFinite(source[i]))
            {
                return i;
            }

            target[i] = value;
        }

        return -1;
    }

    private static int UpperHalves<T>(ReadOnlySpan<byte> bytes, Span<T> target) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<ushort> source = MemoryMarshal.Cast<byte, ushort>(bytes);
        for (int i = 0; i < source.Length; i++)
        {
            target[i] = T.CreateTruncating(BitConverter.UInt32BitsToSingle((uint)source[i] << 16));
        }

        return -1;
    }

    private static int Widened<TSource>(ReadOnlySpan<byte> bytes, Span<long> target) where TSource : unmanaged, IBinaryInteger<TSource>
    {
        ReadOnlySpan<TSource> source = MemoryMarshal.Cast<byte, TSource>(bytes);
        for (int i = 0; i < source.Length; i++)
        {
            long value = long.CreateTruncating(source[i]);
            if (TSource.IsNegative(source[i]) != value < 0)
            {
                return i;
            }

            target[i] = value;
        }

        return -1;
    }
}
