using System.Runtime.InteropServices;

namespace NeuralNet.Training.Onnx;

/// <summary>Finds nodes that together are one layer: each such group becomes one node, in place of its last. What nobody needs any more is left for others to leave out.</summary>
/// <remarks>The orders of factors and terms do not matter; constants are compared to a millionth, since some are rounded to float.</remarks>
internal sealed partial class OnnxPatterns
{
    /// <summary>The domain of operators that ONNX does not have and the library does.</summary>
    public const string Domain = "NeuralNet";

    /// <summary>The attribute of a node of ours that says its samples' channels and positions.</summary>
    public const string SampleShape = "sample_shape";

    private readonly OnnxModel _model;
    private readonly Dictionary<string, OnnxNode> _makers = [];
    private readonly Dictionary<string, OnnxTensor> _tensors = [];

    /// <summary>Takes a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">What its file is called, for errors.</param>
    /// <exception cref="NotSupportedException">A node is of another operator set than ONNX's own, or has an attribute of a kind that is not read.</exception>
    public OnnxPatterns(OnnxModel model, string name)
    {
        _model = model;
        foreach (OnnxTensor tensor in model.Initializers)
        {
            _tensors[tensor.Name] = tensor;
        }

        foreach (OnnxNode node in model.Nodes)
        {
            if (node.Domain.Length > 0)
            {
                throw OnnxArguments.Unsupported(node, $"the operator is of the domain {node.Domain}, which is not supported", name);
            }

            if (node.Attributes.FirstOrDefault(attribute => !Enum.IsDefined(attribute.Kind) || attribute.Kind is OnnxAttributeKind.Undefined or OnnxAttributeKind.Graph) is { } odd)
            {
                throw OnnxArguments.Unsupported(
                    node, $"the attribute {odd.Name}, {(odd.Kind == OnnxAttributeKind.Graph ? "a graph within the node" : $"of kind {odd.Kind}")}, is not supported", name);
            }

            _makers.TryAdd(node.Outputs[0], node);
            if (node.Operator == "Constant" && node.Attributes is [{ Tensor: OnnxTensor value }])
            {
                _tensors.TryAdd(node.Outputs[0], value);
            }
        }
    }

    /// <summary>The model's nodes, each group as one.</summary>
    public OnnxNode[] Rewritten() => [.. _model.Nodes.Select(node => Positions(node) ?? (node.Inputs.Count == 2 ? Rewritten(node) : node))];

    private OnnxNode Rewritten(OnnxNode node) => node.Operator switch
    {
        "Mul" => Gelu(node) ?? SiLU(node) ?? node,
        "Add" => Linear(node) ?? node,
        "Div" => Scaling(node) ?? node,
        _ => node,
    };

    private static OnnxNode Replaced(OnnxNode node, string operation, string shown, params string[] inputs) =>
        new(operation, node.Name, inputs, node.Outputs, []) { Domain = Domain, Shown = shown };

    // x·W + b, with a bias as a vector; a row [1, M] is added as such.
    private OnnxNode? Linear(OnnxNode sum)
    {
        foreach ((string product, string bias) in BothOrders(sum))
        {
            if (MakerOf(product, "MatMul") is { Inputs: [var x, var weight] }
                && _tensors.GetValueOrDefault(weight) is { Dimensions: [_, var outputs] }
                && _tensors.GetValueOrDefault(bias) is { Dimensions: [var length] } && length == outputs)
            {
                return Replaced(sum, "Linear", "MatMul, Add", x, weight, bias);
            }
        }

        return null;
    }

    // x·σ(x).
    private OnnxNode? SiLU(OnnxNode product)
    {
        foreach ((string x, string sigmoid) in BothOrders(product))
        {
            if (MakerOf(sigmoid, "Sigmoid") is { Inputs: [var of] } && of == x)
            {
                return Replaced(product, "SiLU", "Sigmoid, Mul", x);
            }
        }

        return null;
    }

    // (x − shift)/scale, a number of each for each feature.
    private OnnxNode? Scaling(OnnxNode quotient) =>
        MakerOf(quotient.Inputs[0], "Sub") is { Inputs: [var x, var shift] }
        && _tensors.GetValueOrDefault(shift) is { Dimensions: [var features] }
        && _tensors.GetValueOrDefault(quotient.Inputs[1]) is { Dimensions: [var same] } && features == same
            ? Replaced(quotient, "FeatureScaling", "Sub, Div", x, shift, quotient.Inputs[1])
            : null;

    // A layer over positions of a sample that a Reshape told: the layer knows its sizes itself.
    private OnnxNode? Positions(OnnxNode node) =>
        node.Operator is "Conv" or "ConvTranspose" or "MaxPool" or "AveragePool" or "GlobalMaxPool" or "GlobalAveragePool" && node.Inputs.Count > 0
        && MakerOf(node.Inputs[0], "Reshape") is { Inputs: [var x, var shape], Attributes: [] }
        && _tensors.GetValueOrDefault(shape) is { Type: OnnxType.Int64 } tensor
        && MemoryMarshal.Cast<byte, long>(tensor.Bytes.Span).ToArray() is [0, > 0 and <= int.MaxValue, > 0 and <= int.MaxValue, ..] sizes
        && sizes.Length <= 4 && sizes[^1] is > 0 and <= int.MaxValue
            ? node with { Inputs = [x, .. node.Inputs.Skip(1)], Attributes = [.. node.Attributes, OnnxAttribute.Of(SampleShape, sizes[1..])], Domain = Domain, Shown = $"Reshape, {node.Operator}" }
            : null;

    private static IEnumerable<(string First, string Second)> BothOrders(OnnxNode node) => [(node.Inputs[0], node.Inputs[1]), (node.Inputs[1], node.Inputs[0])];

    private static IEnumerable<(string, string, string)> Orders(string a, string b, string c) =>
        [(a, b, c), (a, c, b), (b, a, c), (b, c, a), (c, a, b), (c, b, a)];

    // The operand beside a number.
    private string? OtherThan(OnnxNode node, double number) =>
        IsNumber(node.Inputs[0], number) ? node.Inputs[1] : IsNumber(node.Inputs[1], number) ? node.Inputs[0] : null;

    private OnnxNode? MakerOf(string value, string operation) => _makers.GetValueOrDefault(value) is { } maker && maker.Operator == operation ? maker : null;

    private bool IsNumber(string value, double expected)
    {
        if (_tensors.GetValueOrDefault(value) is not { } tensor || tensor.Bytes.Length != OnnxTensor.SizeOf(tensor.Type))
        {
            return false;
        }

        double number = tensor.Type switch
        {
            OnnxType.Single => BitConverter.ToSingle(tensor.Bytes.Span),
            OnnxType.Double => BitConverter.ToDouble(tensor.Bytes.Span),
            _ => double.NaN,
        };
        return Math.Abs(number - expected) <= 1e-6 * expected;
    }
}
