namespace NeuralNet.Training.Onnx;

/// <summary>The attributes of a node that is being read; one that nobody asked for is refused, since it could change what the operator does.</summary>
/// <param name="node">The node.</param>
/// <param name="name">What the file is called, for errors.</param>
internal sealed class OnnxArguments(OnnxNode node, string name)
{
    private readonly HashSet<string> _read = [];

    /// <summary>A number.</summary>
    /// <param name="attribute">Its name.</param>
    /// <param name="missing">What it is where it is not given.</param>
    public double Number(string attribute, float missing) =>
        OnnxSettings.Read(node, attribute, Find(attribute, OnnxAttributeKind.Number)?.Number ?? missing);

    /// <summary>A whole number.</summary>
    /// <param name="attribute">Its name.</param>
    /// <param name="missing">What it is where it is not given.</param>
    public long Integer(string attribute, long missing) => Find(attribute, OnnxAttributeKind.Integer)?.Integer ?? missing;

    /// <summary>A whole number that has one value here; another is refused.</summary>
    /// <param name="attribute">Its name.</param>
    /// <param name="expected">The value, which is also what it is where it is not given.</param>
    public void Only(string attribute, long expected)
    {
        if (Integer(attribute, expected) is long value && value != expected)
        {
            throw Unsupported(node, $"{attribute} {value} is not supported, only {expected} is", name);
        }
    }

    /// <summary>A text.</summary>
    /// <param name="attribute">Its name.</param>
    /// <param name="missing">What it is where it is not given.</param>
    public string Text(string attribute, string missing) => Find(attribute, OnnxAttributeKind.Text)?.Text ?? missing;

    /// <summary>Several whole numbers; null where they are not given.</summary>
    /// <param name="attribute">Their name.</param>
    public IReadOnlyList<long>? Integers(string attribute) => Find(attribute, OnnxAttributeKind.Integers)?.Integers;

    /// <summary>An attribute of a kind; null where it is not given.</summary>
    /// <param name="attribute">Its name.</param>
    /// <param name="kind">What its value must be.</param>
    /// <exception cref="InvalidDataException">It is of another kind.</exception>
    public OnnxAttribute? Find(string attribute, OnnxAttributeKind kind)
    {
        _read.Add(attribute);
        OnnxAttribute? found = node.Attributes.FirstOrDefault(candidate => candidate.Name == attribute);
        return found is null || found.Kind == kind
            ? found
            : throw new InvalidDataException($"{node} of '{name}' has the attribute {attribute} as {found.Kind}; expected {kind}.");
    }

    /// <summary>Refuses attributes that were not asked for.</summary>
    public void Finish()
    {
        if (node.Attributes.FirstOrDefault(attribute => !_read.Contains(attribute.Name)) is { } unread)
        {
            throw Unsupported(node, $"the attribute {unread.Name} is not supported", name);
        }
    }

    /// <summary>The error of what is not supported.</summary>
    /// <param name="node">Which node has it.</param>
    /// <param name="what">What it is.</param>
    /// <param name="name">What the file is called.</param>
    public static NotSupportedException Unsupported(OnnxNode node, string what, string name) => new($"{node} of '{name}': {what}.");
}
