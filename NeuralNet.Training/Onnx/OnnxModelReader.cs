namespace NeuralNet.Training.Onnx;

/// <summary>Models from bytes.</summary>
/// <remarks><b>Source.</b> The field numbers of onnx.proto of ONNX 1.12.</remarks>
/// <param name="name">What the file is called, for errors.</param>
internal sealed partial class OnnxModelReader(string name)
{
    /// <summary>Reads a model.</summary>
    /// <param name="bytes">The whole file; weights stay where they lie in it.</param>
    /// <param name="name">What the file is called, for errors.</param>
    /// <exception cref="InvalidDataException">It is no model, or damaged.</exception>
    /// <exception cref="NotSupportedException">It has something that is not read here: sparse weights or weights in another file, graphs within nodes.</exception>
    public static OnnxModel Read(ReadOnlyMemory<byte> bytes, string name) => new OnnxModelReader(name).ModelOf(new ProtobufReader(bytes, 0, bytes.Length, name));

    private OnnxModel ModelOf(ProtobufReader message)
    {
        var model = new OnnxModel { Format = 0, OperatorSet = 0 };
        bool hasGraph = false;
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    model = model with { Format = message.Integer() };
                    break;
                case 2:
                    model = model with { Producer = message.Text() };
                    break;
                case 3:
                    model = model with { ProducerVersion = message.Text() };
                    break;
                case 7 when !hasGraph:
                    model = WithGraph(model, message.Message());
                    hasGraph = true;
                    break;
                case 7:
                    throw message.Damaged("a second graph");
                case 8:
                    (string domain, long version) = OperatorSetOf(message.Message());
                    model = domain is "" or "ai.onnx" ? model with { OperatorSet = version } : model;
                    break;
                default:
                    message.Skip();
                    break;
            }
        }

        return hasGraph && model.Format > 0
            ? model
            : throw new InvalidDataException($"'{name}' is no ONNX model, or damaged: it has {(hasGraph ? "no version of the format" : "no graph")}.");
    }

    private static (string Domain, long Version) OperatorSetOf(ProtobufReader message)
    {
        (string domain, long version) = ("", 0);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    domain = message.Text();
                    break;
                case 2:
                    version = message.Integer();
                    break;
                default:
                    message.Skip();
                    break;
            }
        }

        return (domain, version);
    }

    private OnnxModel WithGraph(OnnxModel model, ProtobufReader message)
    {
        (string graph, List<OnnxNode> nodes, List<OnnxTensor> initializers, List<OnnxPort> inputs, List<OnnxPort> outputs) = ("", [], [], [], []);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    nodes.Add(NodeOf(message.Message()));
                    break;
                case 2:
                    graph = message.Text();
                    break;
                case 5:
                    OnnxTensor tensor = TensorOf(message.Message());
                    initializers.Add(tensor.Name.Length > 0 ? tensor : throw message.Damaged("an initializer without a name"));
                    break;
                case 11:
                    inputs.Add(PortOf(message.Message()));
                    break;
                case 12:
                    outputs.Add(PortOf(message.Message()));
                    break;
                case 15:
                    throw new NotSupportedException($"'{name}' has a sparse initializer, which is not supported; save the model with dense ones.");
                default:
                    message.Skip();
                    break;
            }
        }

        return model with { Name = graph, Nodes = nodes, Initializers = initializers, Inputs = inputs, Outputs = outputs };
    }
}
