namespace NeuralNet.Training.Onnx;

/// <content>Which nodes are needed, and who uses which weights.</content>
internal sealed partial class OnnxImport<T>
{
    // What computes the output, in the file's order.
    private List<OnnxNode> NeededNodes()
    {
        OnnxNode[] nodes = new OnnxPatterns(_model, _name).Rewritten();
        var makers = new Dictionary<string, int>();
        for (int i = 0; i < nodes.Length; i++)
        {
            foreach (string value in nodes[i].Outputs)
            {
                if (value.Length > 0 && (_values.ContainsKey(value) || !makers.TryAdd(value, i)))
                {
                    throw new InvalidDataException($"{nodes[i]} of '{_name}' makes '{value}', which is there already.");
                }
            }
        }

        var needed = new SortedSet<int>();
        var open = new Stack<string>([_model.Outputs[0].Name]);
        while (open.TryPop(out string? value))
        {
            if (makers.TryGetValue(value, out int maker))
            {
                if (nodes[maker].Outputs[0] != value)
                {
                    throw OnnxArguments.Unsupported(nodes[maker], $"its further output '{value}' is not supported", _name);
                }

                if (needed.Add(maker))
                {
                    foreach (string operand in nodes[maker].Inputs)
                    {
                        open.Push(operand);
                    }
                }
            }
        }

        return [.. needed.Select(node => nodes[node])];
    }

    // A tensor that one layer uses alone is its parameter; nodes that say the same are one layer.
    private void CountUsers(List<OnnxNode> nodes)
    {
        foreach (OnnxNode node in nodes)
        {
            string signature = SignatureOf(node);
            foreach (string tensor in node.Inputs.Where(IsInitializer))
            {
                if (!_users.TryGetValue(tensor, out HashSet<string>? users))
                {
                    _users.Add(tensor, users = []);
                }

                users.Add(signature);
            }
        }
    }

    private bool IsInitializer(string value) => _values.TryGetValue(value, out OnnxValue<T>? found) && found.Tensor is { Name.Length: > 0 };

    // The same for nodes that are the same layer at two places.
    private string SignatureOf(OnnxNode node) => string.Join('\n', node.Inputs.Where(IsInitializer).Prepend(node.Operator).Concat(
        node.Attributes.Select(attribute => $"{attribute.Name}={attribute.Integer},{attribute.Number:R},{string.Join(' ', attribute.Integers)}")));
}
