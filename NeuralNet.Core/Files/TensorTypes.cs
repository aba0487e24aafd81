namespace NeuralNet.Core.Files;

/// <summary>What a <see cref="TensorType"/> is in memory.</summary>
internal static class TensorTypes
{
    /// <summary>Bytes of a number.</summary>
    public static int SizeOf(TensorType type) => type switch
    {
        TensorType.Bool or TensorType.UInt8 or TensorType.Int8 => 1,
        TensorType.Int16 or TensorType.UInt16 or TensorType.Float16 or TensorType.BFloat16 => 2,
        TensorType.Int32 or TensorType.UInt32 or TensorType.Float32 => 4,
        _ => 8,
    };

    /// <summary>The type of C# numbers.</summary>
    /// <exception cref="NotSupportedException">Files have no such numbers.</exception>
    public static TensorType Of<T>() where T : unmanaged =>
        typeof(T) == typeof(float) ? TensorType.Float32
        : typeof(T) == typeof(double) ? TensorType.Float64
        : typeof(T) == typeof(Half) ? TensorType.Float16
        : typeof(T) == typeof(bool) ? TensorType.Bool
        : typeof(T) == typeof(byte) ? TensorType.UInt8
        : typeof(T) == typeof(sbyte) ? TensorType.Int8
        : typeof(T) == typeof(short) ? TensorType.Int16
        : typeof(T) == typeof(ushort) ? TensorType.UInt16
        : typeof(T) == typeof(int) ? TensorType.Int32
        : typeof(T) == typeof(uint) ? TensorType.UInt32
        : typeof(T) == typeof(long) ? TensorType.Int64
        : typeof(T) == typeof(ulong) ? TensorType.UInt64
        : throw new NotSupportedException($"Tensors in files are of floats, integers or bool, got {typeof(T)}.");
}
