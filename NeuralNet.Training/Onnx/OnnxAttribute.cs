namespace NeuralNet.Training.Onnx;

/// <summary>A setting of a node.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Which of the values it has.</param>
internal sealed record OnnxAttribute(string Name, OnnxAttributeKind Kind)
{
    /// <summary>Its value, for a number.</summary>
    public float Number { get; init; }

    /// <summary>Its value, for a whole number.</summary>
    public long Integer { get; init; }

    /// <summary>Its value, for a text.</summary>
    public string Text { get; init; } = "";

    /// <summary>Its value, for a tensor.</summary>
    public OnnxTensor? Tensor { get; init; }

    /// <summary>Its values, for several whole numbers.</summary>
    public IReadOnlyList<long> Integers { get; init; } = [];

    /// <summary>An attribute that is a number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public static OnnxAttribute Of(string name, float value) => new(name, OnnxAttributeKind.Number) { Number = value };

    /// <summary>An attribute that is a whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public static OnnxAttribute Of(string name, long value) => new(name, OnnxAttributeKind.Integer) { Integer = value };

    /// <summary>An attribute of several whole numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Its values.</param>
    public static OnnxAttribute Of(string name, params long[] values) => new(name, OnnxAttributeKind.Integers) { Integers = values };

    /// <summary>An attribute that is a tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public static OnnxAttribute Of(string name, OnnxTensor value) => new(name, OnnxAttributeKind.Tensor) { Tensor = value };
}
