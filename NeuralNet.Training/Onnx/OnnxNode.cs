namespace NeuralNet.Training.Onnx;

/// <summary>A node of a model: an operator, its inputs and outputs by name, and its attributes.</summary>
/// <param name="Operator">The operator, such as <c>Gemm</c>.</param>
/// <param name="Name">Its name in the model; may be empty.</param>
/// <param name="Inputs">The names of its inputs; an empty one stands for one that is left out.</param>
/// <param name="Outputs">The names of its outputs.</param>
/// <param name="Attributes">Its attributes.</param>
internal sealed record OnnxNode(string Operator, string Name, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<OnnxAttribute> Attributes)
{
    /// <summary>The operator set that it is of; empty for ONNX's own.</summary>
    public string Domain { get; init; } = "";

    /// <summary>A text about the node. In ours: settings that a number of an attribute, a float, cannot hold.</summary>
    public string Documentation { get; init; } = "";

    /// <summary>What errors call the operator, where the node stands for several.</summary>
    public string Shown { get; init; } = Operator;

    /// <summary>What errors call the node: <c>Node 'x' (Conv)</c>.</summary>
    public override string ToString() =>
        $"Node '{(Name.Length > 0 ? Name : Outputs.FirstOrDefault(""))}' ({Shown})";
}
