namespace NeuralNet.Core.Files;

/// <summary>The names of types in .npy files: <c>&lt;f4</c> is an order of bytes, a kind, and a size.</summary>
internal static class NpyTypes
{
    /// <summary>The types that are read, for errors.</summary>
    public const string Known = "b1, i1, i2, i4, i8, u1, u2, u4, u8, f2, f4 and f8";

    /// <summary>The type of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isBigEndian">Whether the highest byte comes first.</param>
    /// <returns>The type, or null.</returns>
    public static TensorType? Find(string name, out bool isBigEndian)
    {
        isBigEndian = name.StartsWith('>');
        TensorType? type = name.Length == 3 && "<>|=".Contains(name[0]) ? OfKind(name[1..]) : null;

        // One byte has no order; more have one, that of the machine that wrote them if it is none of both.
        return type is { } found && TensorTypes.SizeOf(found) > 1 && name[0] is '|' or '=' ? null : type;
    }

    /// <summary>The name of a type, lowest byte first.</summary>
    /// <exception cref="NotSupportedException">NumPy has no such type.</exception>
    public static string NameOf(TensorType type) => type switch
    {
        TensorType.Bool => "|b1",
        TensorType.UInt8 => "|u1",
        TensorType.Int8 => "|i1",
        TensorType.Int16 => "<i2",
        TensorType.UInt16 => "<u2",
        TensorType.Float16 => "<f2",
        TensorType.Int32 => "<i4",
        TensorType.UInt32 => "<u4",
        TensorType.Float32 => "<f4",
        TensorType.Float64 => "<f8",
        TensorType.Int64 => "<i8",
        TensorType.UInt64 => "<u8",
        _ => throw new NotSupportedException($"NumPy has no numbers of the type {type}."),
    };

    /// <summary>What a type that is not read is, for errors.</summary>
    public static string Remark(string name) => (name.Length > 1 ? name[1] : ' ') switch
    {
        'O' => "objects of Python",
        'c' => "complex numbers",
        'U' or 'S' or 'a' => "texts",
        'M' or 'm' => "times",
        'V' => "a structured type",
        _ => "a type that is not known",
    };

    private static TensorType? OfKind(string kind) => kind switch
    {
        "b1" => TensorType.Bool,
        "u1" => TensorType.UInt8,
        "i1" => TensorType.Int8,
        "i2" => TensorType.Int16,
        "u2" => TensorType.UInt16,
        "f2" => TensorType.Float16,
        "i4" => TensorType.Int32,
        "u4" => TensorType.UInt32,
        "f4" => TensorType.Float32,
        "f8" => TensorType.Float64,
        "i8" => TensorType.Int64,
        "u8" => TensorType.UInt64,
        _ => null,
    };
}
