using System.Runtime.InteropServices;

namespace NeuralNet.Training.Onnx;

/// <summary>A tensor of a model: an initializer, or the value of an attribute.</summary>
/// <param name="Name">Its name; empty for one of an attribute.</param>
/// <param name="Type">The element type.</param>
/// <param name="Dimensions">The lengths of its axes; none for a single number.</param>
/// <param name="Bytes">The elements, the last axis fastest, little-endian.</param>
internal sealed record OnnxTensor(string Name, OnnxType Type, long[] Dimensions, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>A tensor of whole numbers, <c>[n]</c>.</summary>
    /// <param name="values">The numbers.</param>
    public static OnnxTensor OfIntegers(params long[] values) => new("", OnnxType.Int64, [values.Length], MemoryMarshal.AsBytes<long>(values).ToArray());

    /// <summary>The bytes of an element; 0 for a type that is not read here.</summary>
    /// <param name="type">The element type.</param>
    public static int SizeOf(OnnxType type) => type switch
    {
        OnnxType.Bool => 1,
        OnnxType.Half or OnnxType.BFloat16 => 2,
        OnnxType.Single or OnnxType.Int32 => 4,
        OnnxType.Int64 or OnnxType.Double => 8,
        _ => 0,
    };
}
