using NeuralNet.Training.Onnx;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>A model that is refused, and what is said then.</summary>
/// <param name="Name">The name under which its test appears.</param>
/// <param name="Message">The whole message.</param>
/// <param name="Model">The model.</param>
internal sealed record OnnxRefusal(string Name, string Message, OnnxModel Model)
{
    /// <summary>A model that takes x and gives y.</summary>
    /// <param name="nodes">What is between.</param>
    public static OnnxModel Of(params OnnxNode[] nodes) => new()
    {
        Inputs = [new("x", OnnxType.Single, ["n", 4L])],
        Outputs = [new("y", OnnxType.Single, null)],
        Nodes = nodes,
    };

    /// <summary>A node.</summary>
    /// <param name="operation">Its operator.</param>
    /// <param name="inputs">Its inputs, parted by commas.</param>
    /// <param name="output">Its output.</param>
    /// <param name="attributes">Its attributes.</param>
    public static OnnxNode Node(string operation, string inputs, string output = "y", params OnnxAttribute[] attributes) =>
        new(operation, "it", inputs.Split(',', StringSplitOptions.RemoveEmptyEntries), [output], attributes);

    /// <summary>A tensor of floats.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="dimensions">Its axes.</param>
    public static OnnxTensor Tensor(string name, params long[] dimensions) =>
        new(name, OnnxType.Single, dimensions, new byte[4 * dimensions.Aggregate(1L, (product, length) => product * length)]);

    /// <summary>A tensor of whole numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">The numbers.</param>
    public static OnnxTensor Integers(string name, params long[] values) => OnnxTensor.OfIntegers(values) with { Name = name };

    public override string ToString() => Name;
}
