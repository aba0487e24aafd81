namespace NeuralNet.Core.Files;

/// <summary>The types of the numbers of a tensor in a file.</summary>
/// <remarks>In the order of the safetensors format, which is that of their sizes: its writer sorts tensors by it.</remarks>
public enum TensorType
{
    /// <summary>A byte that is 0 or 1.</summary>
    Bool,

    /// <summary>8 bits, no sign.</summary>
    UInt8,

    /// <summary>8 bits.</summary>
    Int8,

    /// <summary>16 bits.</summary>
    Int16,

    /// <summary>16 bits, no sign.</summary>
    UInt16,

    /// <summary>IEEE 754 binary16: 11 significant bits, up to 65504.</summary>
    Float16,

    /// <summary>The upper half of a <see cref="Float32"/>: 8 significant bits.</summary>
    BFloat16,

    /// <summary>32 bits.</summary>
    Int32,

    /// <summary>32 bits, no sign.</summary>
    UInt32,

    /// <summary>IEEE 754 binary32, <see cref="float"/>.</summary>
    Float32,

    /// <summary>IEEE 754 binary64, <see cref="double"/>.</summary>
    Float64,

    /// <summary>64 bits.</summary>
    Int64,

    /// <summary>64 bits, no sign.</summary>
    UInt64,
}
