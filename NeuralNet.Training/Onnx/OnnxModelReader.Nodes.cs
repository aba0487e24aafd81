namespace NeuralNet.Training.Onnx;

/// <content>Nodes and their attributes.</content>
internal sealed partial class OnnxModelReader
{
    private OnnxNode NodeOf(ProtobufReader message)
    {
        (string operation, string node, string domain, string documentation) = ("", "", "", "");
        (List<string> inputs, List<string> outputs, List<OnnxAttribute> attributes) = ([], [], []);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    inputs.Add(message.Text());
                    break;
                case 2:
                    outputs.Add(message.Text());
                    break;
                case 3:
                    node = message.Text();
                    break;
                case 4:
                    operation = message.Text();
                    break;
                case 5:
                    attributes.Add(AttributeOf(message.Message()));
                    break;
                case 6:
                    documentation = message.Text();
                    break;
                case 7:
                    domain = message.Text();
                    break;
                default:
                    message.Skip();
                    break;
            }
        }

        if (operation.Length == 0 || outputs.Count == 0)
        {
            throw message.Damaged($"a node without {(operation.Length == 0 ? "an operator" : "outputs")}");
        }

        return new OnnxNode(operation, node, inputs, outputs, attributes) { Domain = domain == "ai.onnx" ? "" : domain, Documentation = documentation };
    }

    private OnnxAttribute AttributeOf(ProtobufReader message)
    {
        var attribute = new OnnxAttribute("", OnnxAttributeKind.Undefined);
        List<long> integers = [];
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    attribute = attribute with { Name = message.Text() };
                    break;
                case 2:
                    attribute = attribute with { Number = message.Single() };
                    break;
                case 3:
                    attribute = attribute with { Integer = message.Integer() };
                    break;
                case 4:
                    attribute = attribute with { Text = message.Text() };
                    break;
                case 5:
                    attribute = attribute with { Tensor = TensorOf(message.Message()) };
                    break;
                case 8:
                    message.Integers(integers);
                    break;
                case 20:
                    attribute = attribute with { Kind = (OnnxAttributeKind)message.Integer() };
                    break;
                default:
                    // A graph within a node is not looked into, so none is too deep; the kind says that it is there.
                    message.Skip();
                    break;
            }
        }

        return attribute.Name.Length > 0
            ? attribute with { Integers = integers }
            : throw message.Damaged("an attribute without a name");
    }
}
