namespace NeuralNet.Training.Onnx;

/// <content>Inputs and outputs with their types.</content>
internal sealed partial class OnnxModelReader
{
    private static OnnxPort PortOf(ProtobufReader message)
    {
        var port = new OnnxPort("", OnnxType.Undefined, null);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    port = port with { Name = message.Text() };
                    break;
                case 2:
                    port = WithType(port, message.Message());
                    break;
                default:
                    message.Skip();
                    break;
            }
        }

        return port.Name.Length > 0 ? port : throw message.Damaged("an input or output without a name");
    }

    // A tensor's type; other types leave none.
    private static OnnxPort WithType(OnnxPort port, ProtobufReader message)
    {
        while (message.Next())
        {
            if (message.Field != 1)
            {
                message.Skip();
                continue;
            }

            ProtobufReader tensor = message.Message();
            while (tensor.Next())
            {
                switch (tensor.Field)
                {
                    case 1:
                        port = port with { Type = (OnnxType)tensor.Integer() };
                        break;
                    case 2:
                        port = port with { Dimensions = AxesOf(tensor.Message()) };
                        break;
                    default:
                        tensor.Skip();
                        break;
                }
            }
        }

        return port;
    }

    private static List<object?> AxesOf(ProtobufReader message)
    {
        List<object?> axes = [];
        while (message.Next())
        {
            if (message.Field != 1)
            {
                message.Skip();
                continue;
            }

            object? axis = null;
            ProtobufReader dimension = message.Message();
            while (dimension.Next())
            {
                switch (dimension.Field)
                {
                    case 1:
                        axis = dimension.Integer();
                        break;
                    case 2:
                        axis = dimension.Text();
                        break;
                    default:
                        dimension.Skip();
                        break;
                }
            }

            axes.Add(axis);
        }

        return axes;
    }
}
