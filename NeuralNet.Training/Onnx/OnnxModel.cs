namespace NeuralNet.Training.Onnx;

/// <summary>A model: the parts of ONNX's ModelProto and GraphProto that are used here.</summary>
internal sealed record OnnxModel
{
    /// <summary>The version of the format that is written.</summary>
    public const long FormatVersion = 8;

    /// <summary>The version of the operator set that is written.</summary>
    public const long OperatorSetVersion = 17;

    /// <summary>The version of the format.</summary>
    public long Format { get; init; } = FormatVersion;

    /// <summary>The version of ONNX's operator set; 0 where none is stated.</summary>
    public long OperatorSet { get; init; } = OperatorSetVersion;

    /// <summary>Who wrote it.</summary>
    public string Producer { get; init; } = "";

    /// <summary>The version of who wrote it.</summary>
    public string ProducerVersion { get; init; } = "";

    /// <summary>What the graph is called.</summary>
    public string Name { get; init; } = "";

    /// <summary>The nodes, each behind those whose outputs it takes.</summary>
    public IReadOnlyList<OnnxNode> Nodes { get; init; } = [];

    /// <summary>Weights and other tensors.</summary>
    public IReadOnlyList<OnnxTensor> Initializers { get; init; } = [];

    /// <summary>What is to be given.</summary>
    public IReadOnlyList<OnnxPort> Inputs { get; init; } = [];

    /// <summary>What comes out.</summary>
    public IReadOnlyList<OnnxPort> Outputs { get; init; } = [];
}
