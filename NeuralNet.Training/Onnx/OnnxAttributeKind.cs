namespace NeuralNet.Training.Onnx;

/// <summary>What the value of an attribute is, with the numbers of <c>AttributeProto.AttributeType</c>. Kinds that are not named here are refused.</summary>
internal enum OnnxAttributeKind
{
    /// <summary>None is stated.</summary>
    Undefined = 0,

    /// <summary>A floating-point number.</summary>
    Number = 1,

    /// <summary>A whole number.</summary>
    Integer = 2,

    /// <summary>A text.</summary>
    Text = 3,

    /// <summary>A tensor.</summary>
    Tensor = 4,

    /// <summary>A graph within the node; refused.</summary>
    Graph = 5,

    /// <summary>Several whole numbers.</summary>
    Integers = 7,
}
