using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Graphs;
using NeuralNet.Layers;

namespace NeuralNet.Training.Onnx;

/// <content>What gates and layers are called.</content>
internal sealed partial class OnnxImport<T>
{
    // A gate in the graph, under the place in the network that its node is named after, if that is free.
    private Node<T> Apply(OnnxNode node, Gate<T> gate, params ReadOnlySpan<Node<T>> inputs)
    {
        Node<T> made = _graph.Apply(gate, inputs);
        string place = PlaceOf(node);
        return place.Length > 0 && _names.Add(place) ? made.Named(place) : made;
    }

    // 'fc1' of the initializer 'fc1.weight', or 'encoder.0' of the node 'encoder.0/Gemm'.
    private string PlaceOf(OnnxNode node)
    {
        string? weight = node.Inputs.FirstOrDefault(input => IsInitializer(input) && input.Contains('.', StringComparison.Ordinal));
        return weight is not null ? weight[..weight.LastIndexOf('.')] : node.Name.LastIndexOf('/') is > 0 and int end ? node.Name[..end] : node.Name;
    }

    // A name that a part of a Sequential can have: no dot, no position. Others are called by their positions.
    private static string? PartName(string name) =>
        name.Length == 0 || string.IsNullOrWhiteSpace(name) || name.AsSpan().ContainsAny(".:/ ") || name.All(char.IsAsciiDigit) || IsNumbered(name) ? null : name;

    // n12, as nodes without a name are called.
    private static bool IsNumbered(string name) => name[0] == 'n' && name.Skip(1).All(char.IsAsciiDigit);

    private static IEnumerable<SequentialPart<T>> WithUniqueNames(List<SequentialPart<T>> chain)
    {
        var taken = new HashSet<string>();
        return [.. chain.Select(part => part.Name is null || taken.Add(part.Name) ? part : part with { Name = null })];
    }

    // One layer for all nodes that say the same, so that a layer that stands twice is one still.
    private Layer<T> Shared(OnnxNode node, Func<Layer<T>> make)
    {
        string signature = SignatureOf(node);
        if (!node.Inputs.Any(IsInitializer))
        {
            return make();
        }

        if (node.Inputs.FirstOrDefault(input => IsInitializer(input) && !IsOwned(input)) is { } shared)
        {
            throw OnnxArguments.Unsupported(node, $"its initializer '{shared}' is used by other nodes in another way too, which is not supported", _name);
        }

        if (!_layers.TryGetValue(signature, out Layer<T>? layer))
        {
            _layers.Add(signature, layer = make());
        }

        return layer;
    }

    // Whether all nodes that use a tensor are one layer.
    private bool IsOwned(string tensor) => !_users.TryGetValue(tensor, out HashSet<string>? users) || users.Count == 1;

    // A value as a matrix in the graph: a tensor that is trained is a parameter, another a constant.
    private OnnxValue<T> Operand(OnnxValue<T> value, OnnxNode user)
    {
        if (value.Tensor is not OnnxTensor tensor)
        {
            return value.IsIndex ? throw OnnxArguments.Unsupported(user, "an operand of whole numbers is not supported", _name) : value;
        }

        if (_operands.TryGetValue(tensor, out OnnxValue<T>? made))
        {
            return made;
        }

        if (tensor.Dimensions.Length > 2)
        {
            throw OnnxArguments.Unsupported(user, $"a tensor of {value.Shape} as an operand is not supported, only those of up to two axes are", _name);
        }

        Matrix<T> matrix = MatrixOf(tensor, user);
        Node<T> node = IsTrained(tensor) ? _graph.Parameter(Unique(tensor.Name), new Parameter<T>(matrix)) : _graph.Constant(matrix);
        made = new OnnxValue<T> { Node = node, Rows = matrix.RowCount, Axes = [matrix.ColumnCount] };
        _operands.Add(tensor, made);
        return made;
    }

    // Initializers are what was trained; a number without axes is a setting, as many write it.
    private static bool IsTrained(OnnxTensor tensor) => tensor.Name.Length > 0 && tensor.Dimensions.Length > 0;

    private string Unique(string name)
    {
        string unique = string.IsNullOrWhiteSpace(name) ? "constant" : name;
        for (int i = 1; !_names.Add(unique); i++)
        {
            unique = $"{name}_{i}";
        }

        return unique;
    }
}
