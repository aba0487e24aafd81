namespace NeuralNet.Training.Onnx;

/// <summary>The element types of ONNX tensors that are read or written here, with their numbers in <c>TensorProto.DataType</c>.</summary>
internal enum OnnxType
{
    /// <summary>None is stated.</summary>
    Undefined = 0,

    /// <summary>32-bit floating point.</summary>
    Single = 1,

    /// <summary>32-bit integers.</summary>
    Int32 = 6,

    /// <summary>64-bit integers.</summary>
    Int64 = 7,

    /// <summary>Truth values, a byte each.</summary>
    Bool = 9,

    /// <summary>16-bit floating point of IEEE 754.</summary>
    Half = 10,

    /// <summary>64-bit floating point.</summary>
    Double = 11,

    /// <summary>16-bit floating point with the exponent of a float: its upper half.</summary>
    BFloat16 = 16,
}
