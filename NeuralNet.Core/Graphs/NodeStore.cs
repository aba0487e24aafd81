using System.Numerics;
using System.Runtime.InteropServices;

namespace NeuralNet.Core.Graphs;

/// <summary>The nodes of a graph: light records side by side. Values are with who runs it.</summary>
internal sealed class NodeStore<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<NodeRecord<T>> _records = [];
    private readonly List<int> _inputs = [];
    private readonly List<LeafValue<T>> _leaves = [];
    private readonly Dictionary<int, string> _names = [];
    private readonly Dictionary<string, int> _byName = [];

    public int Count => _records.Count;

    /// <summary>All records, to be read or written in place until the next node is added.</summary>
    public Span<NodeRecord<T>> Records => CollectionsMarshal.AsSpan(_records);

    /// <summary>The inputs of a node. Written only where a declared node gets its definition.</summary>
    public Span<int> InputsOf(int node)
    {
        // The place of a leaf is one in another list.
        ref NodeRecord<T> record = ref Records[node];
        return record.InputCount == 0 ? [] : CollectionsMarshal.AsSpan(_inputs).Slice(record.First, record.InputCount);
    }

    /// <summary>The value of a leaf, to be read or written in place until the next leaf is added.</summary>
    public ref LeafValue<T> LeafOf(int node) => ref CollectionsMarshal.AsSpan(_leaves)[Records[node].First];

    public int AddLeaf(NodeKind kind, LeafValue<T> value)
    {
        int node = _records.Count;
        _records.Add(new NodeRecord<T>
        {
            Kind = kind,
            First = _leaves.Count,
            Definition = -1,
            IsNumber = value.Matrix is null,
        });
        _leaves.Add(value);
        return node;
    }

    public int Add(NodeKind kind, Gate<T>? gate = null, params ReadOnlySpan<int> inputs)
    {
        int node = _records.Count;
        _records.Add(new NodeRecord<T> { Kind = kind, Gate = gate, First = _inputs.Count, InputCount = inputs.Length, Definition = -1 });
        _inputs.AddRange(inputs);
        return node;
    }

    /// <summary>The node that stands for this one: itself, unless it was declared and then defined.</summary>
    public int Resolve(int node)
    {
        while (Records[node].Definition >= 0)
        {
            node = Records[node].Definition;
        }

        return node;
    }

    public void SetName(int node, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Any(char.IsControl))
        {
            throw new ArgumentException("A name is one line of text, without control characters.", nameof(name));
        }

        if (_byName.TryGetValue(name, out int other) && Resolve(other) != node)
        {
            throw new ArgumentException($"The graph has a node {name} already; names are unique.", nameof(name));
        }

        if (_names.TryGetValue(node, out string? before))
        {
            _byName.Remove(before);
        }

        _names[node] = name;
        _byName[name] = node;
    }

    /// <summary>The name, or null where none was given.</summary>
    public string? NameOf(int node) => _names.GetValueOrDefault(node);

    /// <summary>The node of a name, or −1.</summary>
    public int Find(string name) => _byName.TryGetValue(name, out int node) ? Resolve(node) : -1;

    /// <summary>How errors and drawings call a node: its name, or <c>n</c> and its number.</summary>
    public string Label(int node) => NameOf(node) ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"n{node}");

    /// <summary>A node with its gate and inputs, such as <c>q = add(x, y)</c>.</summary>
    public string Describe(int node)
    {
        if (Records[node].Gate is not Gate<T> gate)
        {
            return Label(node);
        }

        var labels = new List<string>();
        foreach (int input in InputsOf(node))
        {
            labels.Add(Label(Resolve(input)));
        }

        return $"{Label(node)} = {gate}({string.Join(", ", labels)})";
    }
}
