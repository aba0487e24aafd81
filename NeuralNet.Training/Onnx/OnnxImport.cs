using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Graphs;
using NeuralNet.Core.Randomness;
using NeuralNet.Layers;

namespace NeuralNet.Training.Onnx;

/// <summary>A model of ONNX that is being read as a network.</summary>
/// <remarks>
/// <para>First, nodes that together are one layer here become one node (<see cref="OnnxPatterns"/>). Then, of the nodes that the output depends on, each in the
/// file's order becomes a gate in a graph. A graph that is a chain of layers from the input to the output becomes a <see cref="Sequential{T}"/>, any other a
/// <see cref="GraphLayer{T}"/>.</para>
/// <para>Nothing here recurses, so a model may be as deep as it likes.</para>
/// </remarks>
internal sealed partial class OnnxImport<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const long LowestOperatorSet = 13, HighestOperatorSet = 21;

    private readonly string _name;
    private readonly Philox _random;
    private readonly OnnxModel _model;
    private readonly Graph<T> _graph = new();
    private readonly Dictionary<string, OnnxValue<T>> _values = [];
    private readonly Dictionary<string, Layer<T>> _layers = [];
    private readonly Dictionary<string, HashSet<string>> _users = [];
    private readonly Dictionary<OnnxTensor, OnnxValue<T>> _operands = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _names = [];
    private ulong _forks;

    private OnnxImport(OnnxModel model, string name, Philox random) => (_model, _name, _random) = (model, name, random);

    /// <summary>The network of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">What its file is called, for errors.</param>
    /// <param name="random">What the generators of dropouts are forked from.</param>
    /// <exception cref="InvalidDataException">The model contradicts itself.</exception>
    /// <exception cref="NotSupportedException">It has something that no network of ours does.</exception>
    public static Layer<T> NetworkOf(OnnxModel model, string name, Philox random)
    {
        if (model.OperatorSet is < LowestOperatorSet or > HighestOperatorSet)
        {
            throw new NotSupportedException(
                $"'{name}' is of operator set {model.OperatorSet}, which is not supported; {LowestOperatorSet} to {HighestOperatorSet} are.");
        }

        return new OnnxImport<T>(model, name, random).Network();
    }

    private Layer<T> Network()
    {
        foreach (OnnxTensor tensor in _model.Initializers)
        {
            Define(tensor.Name, new OnnxValue<T> { Tensor = tensor });
        }

        Node<T> input = DefineInput();
        ThrowIfNotOne("output", _model.Outputs.Count);

        List<OnnxNode> nodes = NeededNodes();
        CountUsers(nodes);
        foreach (OnnxNode node in nodes)
        {
            Define(node.Outputs[0], Convert(node));
        }

        OnnxValue<T> output = ValueOf(_model.Outputs[0].Name, $"The output of '{_name}'");
        if (output.Tensor is not null || output.IsIndex)
        {
            throw new NotSupportedException($"The output of '{_name}', '{_model.Outputs[0].Name}', {(output.IsIndex ? "is of whole numbers" : "does not depend on the input")}, which is not supported.");
        }

        return Assemble(input, Straight(output).Node);
    }

    private Node<T> DefineInput()
    {
        OnnxPort[] inputs = [.. _model.Inputs.Where(port => !_values.ContainsKey(port.Name))];
        ThrowIfNotOne("input", inputs.Length);
        OnnxPort port = inputs[0];
        bool isIndex = port.Type is OnnxType.Int64 or OnnxType.Int32;
        if (!isIndex && port.Type is not (OnnxType.Single or OnnxType.Double or OnnxType.Half or OnnxType.BFloat16))
        {
            throw new NotSupportedException($"Input '{port.Name}' of '{_name}' is of type {port.Type}, which is not supported; floating point and whole numbers are.");
        }

        if (port.Dimensions is not { Count: >= 2 })
        {
            throw new NotSupportedException(
                $"Input '{port.Name}' of '{_name}' has {port.Dimensions?.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "an unknown number of"} axes, " +
                "which is not supported; it needs 2 or more, of which the first is that of the samples.");
        }

        long?[] axes = [.. port.Dimensions.Skip(1).Select(axis => axis as long?)];
        if (axes.Any(axis => axis is < 1 or > int.MaxValue))
        {
            throw new InvalidDataException($"Input '{port.Name}' of '{_name}' has an axis of length {axes.First(axis => axis is < 1 or > int.MaxValue)}.");
        }

        Node<T> node = _graph.Variable(Unique(port.Name), Matrices.Zeros<T>(1, 1));
        Define(port.Name, new OnnxValue<T> { Node = node, Axes = axes, IsIndex = isIndex });
        return node;
    }

    private void ThrowIfNotOne(string what, int count)
    {
        if (count == 0)
        {
            throw new InvalidDataException($"'{_name}' has no {what}.");
        }

        if (count > 1)
        {
            throw new NotSupportedException($"'{_name}' has {count} {what}s, which is not supported; a network has one.");
        }
    }

    private void Define(string value, OnnxValue<T> content)
    {
        if (!_values.TryAdd(value, content))
        {
            throw new InvalidDataException($"'{_name}' has '{value}' twice.");
        }
    }

    private OnnxValue<T> ValueOf(string value, string forWhom) => _values.TryGetValue(value, out OnnxValue<T>? found)
        ? found
        : throw new InvalidDataException($"{forWhom} is '{value}', which nothing before it makes.");

    // Layers one behind the other, from the input to the output, or else the graph.
    private Layer<T> Assemble(Node<T> input, Node<T> output)
    {
        var chain = new List<OnnxPart<T>>();
        Node<T> node = output;
        while (node.Gate is Layer<T> layer)
        {
            chain.Add(new OnnxPart<T>(_names.Contains(node.Name) ? OnnxPart<T>.PlaceOf(node.Name) : [], layer));
            node = node.Inputs[0];
        }

        chain.Reverse();
        try
        {
            return node.Equals(input) ? OnnxPart<T>.Network(chain) : new GraphLayer<T>(input, output);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"The layers of '{_name}' do not fit each other: {exception.Message}", exception);
        }
    }
}
