using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Graphs;

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

    // 'encoder.0' of the node 'encoder.0/Gemm', or 'fc1' of the initializer 'fc1.weight'; empty where neither says anything.
    private string PlaceOf(OnnxNode node)
    {
        string name = node.Name.TrimStart('/');
        int end = name.LastIndexOf('/');
        string? weight = node.Inputs.FirstOrDefault(input => IsInitializer(input) && input.LastIndexOf('.') > 0);
        string place = end > 0 ? name[..end].Replace('/', '.') : weight is not null ? weight[..weight.LastIndexOf('.')] : "";
        return IsNumbered(place) || !IsName(place) ? "" : place;
    }

    // What a node of a graph can be called.
    private static bool IsName(string name) => !string.IsNullOrWhiteSpace(name) && !name.Any(char.IsControl);

    // n12, as nodes without a name are called.
    private static bool IsNumbered(string name) => name.Length > 1 && name[0] == 'n' && name.Skip(1).All(char.IsAsciiDigit);

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
            throw UsedOtherwise(node, shared);
        }

        if (!_layers.TryGetValue(signature, out Layer<T>? layer))
        {
            _layers.Add(signature, layer = make());
        }

        return layer;
    }

    private NotSupportedException UsedOtherwise(OnnxNode node, string tensor) =>
        OnnxArguments.Unsupported(node, $"its initializer '{tensor}' is used by other nodes in another way too, which is not supported", _name);

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
        name = IsName(name) ? name : "unnamed";
        string unique = name;
        for (int i = 1; !_names.Add(unique); i++)
        {
            unique = $"{name}_{i}";
        }

        return unique;
    }
}
