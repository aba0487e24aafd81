using Google.Protobuf;

namespace NeuralNet.Training.Onnx;

/// <summary>Models as bytes.</summary>
/// <remarks><b>Source.</b> The field numbers of onnx.proto of ONNX 1.12.</remarks>
internal static class OnnxModelWriter
{
    /// <summary>Writes a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stream">Where its bytes go; stays open.</param>
    /// <exception cref="NotSupportedException">It takes 2 GiB or more, which protocol buffers do not hold.</exception>
    public static void Write(OnnxModel model, Stream stream)
    {
        ProtobufMessage message = new ProtobufMessage()
            .With(1, model.Format)
            .With(2, model.Producer)
            .With(3, model.ProducerVersion)
            .With(7, GraphOf(model))
            .With(8, new ProtobufMessage().With(1, "").With(2, model.OperatorSet));
        if (message.Size > int.MaxValue)
        {
            throw new NotSupportedException($"The model would take {message.Size} bytes; an ONNX file with its weights inside has at most {int.MaxValue}.");
        }

        using var output = new CodedOutputStream(stream, leaveOpen: true);
        message.WriteTo(output);
    }

    private static ProtobufMessage GraphOf(OnnxModel model) => new ProtobufMessage()
        .WithAll(1, model.Nodes, NodeOf)
        .With(2, model.Name)
        .WithAll(5, model.Initializers, TensorOf)
        .WithAll(11, model.Inputs, PortOf)
        .WithAll(12, model.Outputs, PortOf);

    private static ProtobufMessage NodeOf(OnnxNode node)
    {
        var message = new ProtobufMessage();
        foreach (string input in node.Inputs)
        {
            message.With(1, input);
        }

        foreach (string output in node.Outputs)
        {
            message.With(2, output);
        }

        message.With(3, node.Name).With(4, node.Operator).WithAll(5, node.Attributes, AttributeOf);
        if (node.Documentation.Length > 0)
        {
            message.With(6, node.Documentation);
        }

        return node.Domain.Length > 0 ? message.With(7, node.Domain) : message;
    }

    private static ProtobufMessage AttributeOf(OnnxAttribute attribute)
    {
        ProtobufMessage message = new ProtobufMessage().With(1, attribute.Name);
        switch (attribute.Kind)
        {
            case OnnxAttributeKind.Number:
                message.With(2, attribute.Number);
                break;
            case OnnxAttributeKind.Integer:
                message.With(3, attribute.Integer);
                break;
            case OnnxAttributeKind.Text:
                message.With(4, attribute.Text);
                break;
            case OnnxAttributeKind.Tensor:
                message.With(5, TensorOf(attribute.Tensor!));
                break;
            default:
                foreach (long integer in attribute.Integers)
                {
                    message.With(8, integer);
                }

                break;
        }

        return message.With(20, (long)attribute.Kind);
    }

    private static ProtobufMessage TensorOf(OnnxTensor tensor)
    {
        var message = new ProtobufMessage();
        foreach (long length in tensor.Dimensions)
        {
            message.With(1, length);
        }

        message.With(2, (long)tensor.Type);
        return (tensor.Name.Length > 0 ? message.With(8, tensor.Name) : message).With(9, tensor.Bytes);
    }

    private static ProtobufMessage PortOf(OnnxPort port)
    {
        var shape = new ProtobufMessage();
        foreach (object? axis in port.Dimensions ?? [])
        {
            shape.With(1, axis switch
            {
                long length => new ProtobufMessage().With(1, length),
                string name => new ProtobufMessage().With(2, name),
                _ => new ProtobufMessage(),
            });
        }

        ProtobufMessage type = new ProtobufMessage().With(1, (long)port.Type);
        return new ProtobufMessage().With(1, port.Name).With(2, new ProtobufMessage().With(1, port.Dimensions is null ? type : type.With(2, shape)));
    }
}
