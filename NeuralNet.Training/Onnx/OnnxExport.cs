using System.Numerics;
using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Training.Onnx;

/// <summary>A network that is being written as nodes of ONNX, as it is in evaluation.</summary>
/// <remarks>
/// <para>Between layers every value is <c>[batch, features]</c>, with a sample's values as <see cref="SampleShape"/> orders them; a layer that works on channels takes
/// them apart and puts them together again. Parameters and states are initializers under their names in the network, and nothing else is: other constants are
/// nodes. So who reads the model knows what was trained.</para>
/// <para>A node is called as the layer's place in the network, a stroke, and its operator: <c>encoder.0/Gemm</c>.</para>
/// </remarks>
internal sealed partial class OnnxExport<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const string ProducerName = "NeuralNet";

    // By reference: matrices with the same numbers are equal to MathNet.
    private readonly Dictionary<object, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, OnnxTensor> _initializers = [];
    private readonly List<OnnxNode> _nodes = [];
    private readonly HashSet<string> _taken = [];

    // Whether rows are samples still, and not those of a transposed matrix or a sum of all.
    private bool _hasBatch = true;

    private OnnxExport()
    {
    }

    private static OnnxType ElementType => typeof(T) == typeof(float) ? OnnxType.Single : OnnxType.Double;

    /// <summary>The model of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="options">What the model's ends are called.</param>
    /// <exception cref="NotSupportedException">A layer or a setting has no counterpart in ONNX.</exception>
    /// <exception cref="ArgumentException">The options do not fit the network.</exception>
    public static OnnxModel ModelOf(Layer<T> network, OnnxExportOptions options)
    {
        var export = new OnnxExport<T>();
        export.TakeNames(network, options);
        if (options.InputShape is SampleShape given && network.InputShape is SampleShape own && given != own)
        {
            throw new ArgumentException($"The options say samples of {given}, but {network} expects [N×{own}].", nameof(options));
        }

        SampleShape? shape = options.InputShape ?? network.InputShape, ofOutput = network.OutputShape(shape);
        export.End(export.Write(network, "", options.InputName, shape), options);
        return new OnnxModel
        {
            Producer = ProducerName,
            ProducerVersion = typeof(OnnxFile).Assembly.GetName().Version?.ToString(3) ?? "",
            Name = "network",
            Nodes = export._nodes,
            Initializers = [.. export._initializers.Values],
            Inputs = [new(options.InputName, ElementType, [options.BatchName, Features(shape)])],
            Outputs = [new(options.OutputName, ElementType, export._hasBatch ? [options.BatchName, Features(ofOutput)] : [null, null])],
        };
    }

    private static long? Features(SampleShape? shape) => shape?.Size;

    private void TakeNames(Layer<T> network, OnnxExportOptions options)
    {
        if (options.InputName == options.OutputName)
        {
            throw new ArgumentException($"Input and output of the model are both called '{options.InputName}'; names are unique.", nameof(options));
        }

        _taken.Add(options.InputName);
        _taken.Add(options.OutputName);
        foreach ((string name, Matrix<T> values) in network.Parameters.Select(named => (named.Name, named.Parameter.Value))
            .Concat(network.States.Select(named => (named.Name, named.Value))))
        {
            if (!_taken.Add(name))
            {
                throw new ArgumentException($"The name '{name}' is that of a parameter or state of the network already; names are unique. Call the model's ends otherwise.", nameof(options));
            }

            _names.Add(values, name);
        }
    }

    // The last value gets the name of the output; one that no node made, such as the input itself, goes through an Identity.
    private void End(string value, OnnxExportOptions options)
    {
        int last = _nodes.FindLastIndex(node => node.Outputs[0] == value && node.Operator != "Constant");
        if (last < 0)
        {
            string identity = Add("Identity", "", [value]);
            End(identity, options);
            return;
        }

        string Renamed(string name) => name == value ? options.OutputName : name;
        for (int i = last; i < _nodes.Count; i++)
        {
            _nodes[i] = _nodes[i] with { Inputs = [.. _nodes[i].Inputs.Select(Renamed)], Outputs = [.. _nodes[i].Outputs.Select(Renamed)] };
        }
    }

    private string Add(string operation, string path, string[] inputs, params OnnxAttribute[] attributes) => Add(operation, path, inputs, "", attributes);

    private string Add(string operation, string path, string[] inputs, string documentation, params OnnxAttribute[] attributes)
    {
        string name = Unique(path.Length == 0 ? operation : $"{path}/{operation}");
        string output = Unique($"{name}_output");
        _nodes.Add(new OnnxNode(operation, name, inputs, [output], attributes) { Documentation = documentation });
        return output;
    }

    private string Unique(string name)
    {
        string unique = name;
        for (int i = 1; !_taken.Add(unique); i++)
        {
            unique = $"{name}_{i}";
        }

        return unique;
    }

    private string Constant(string path, OnnxTensor value) => Add("Constant", path, [], OnnxAttribute.Of("value", value));

    private string Constant(string path, T value) => Constant(path, new OnnxTensor("", ElementType, [], BytesOf(new ReadOnlySpan<T>(in value))));

    private string Reshape(string path, string x, params long[] shape) => Add("Reshape", path, [x, Constant(path, OnnxTensor.OfIntegers(shape))]);

    // The memory of a matrix as a tensor of given axes: column after column, so its columns come first.
    private string Initializer(Matrix<T> values, params long[] dimensions) => Initializer(values, dimensions, values.AsSpan());

    // A matrix as a tensor [rows, columns].
    private string RowMajorInitializer(Matrix<T> values) => Initializer(values, [values.RowCount, values.ColumnCount], values.ToRowMajorArray());

    private string Initializer(Matrix<T> values, long[] dimensions, ReadOnlySpan<T> elements)
    {
        string name = _names[values];
        if (!_initializers.TryGetValue(name, out OnnxTensor? tensor))
        {
            _initializers.Add(name, new OnnxTensor(name, ElementType, dimensions, BytesOf(elements)));
        }
        else if (!tensor.Dimensions.AsSpan().SequenceEqual(dimensions))
        {
            throw new NotSupportedException(
                $"'{name}' stands at two places of the network that ONNX stores differently, as [{string.Join(", ", tensor.Dimensions)}] and as [{string.Join(", ", dimensions)}]; " +
                "as one initializer it cannot be written.");
        }

        return name;
    }

    private static byte[] BytesOf(ReadOnlySpan<T> elements) => MemoryMarshal.AsBytes(elements).ToArray();
}
