using System.Numerics;
using NeuralNet.Core.Text;

namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>What a derivation calls the nodes and parameters of a graph, in LaTeX. A parameter of a layer has its letter, W for a weight and b for a bias, and as
/// an index where it is: the node and, inside of that, the path to it.</summary>
internal sealed class MathNames<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<Parameter<T>, (string Letter, string Path)> _parameters = [];

    /// <summary>The names of the parameters behind some nodes; one that appears twice has its first name.</summary>
    /// <param name="nodes">The nodes.</param>
    public MathNames(IEnumerable<Node<T>> nodes)
    {
        foreach (Node<T> node in nodes)
        {
            foreach (NamedParameter<T> named in node.Gate?.Parameters ?? [])
            {
                _parameters.TryAdd(named.Parameter, (InGate(node, named.Name), $"{node.Name}.{named.Name}"));
            }
        }
    }

    /// <summary>The parameters of gates in their order, each with its path, such as <c>n1.weight</c>.</summary>
    public IEnumerable<(Parameter<T> Parameter, string Path)> Parameters => _parameters.Select(pair => (pair.Key, pair.Value.Path));

    /// <summary>A node: a letter with its digits as an index; a word upright.</summary>
    public static string Of(Node<T> node)
    {
        string name = node.Name;
        int letters = name.TakeWhile(char.IsLetter).Count();
        string index = name[letters..];
        if (letters == 0 || !index.All(char.IsAsciiDigit))
        {
            return Latex.Text(name);
        }

        string head = letters == 1 ? name[..1] : $@"\mathrm{{{name[..letters]}}}";
        return index.Length == 0 ? head : $"{head}_{{{index}}}";
    }

    /// <summary>A parameter of a gate, such as <c>W_{n_{1}}</c>.</summary>
    public string Of(Parameter<T> parameter) => _parameters[parameter].Letter;

    /// <summary>The parameters of a node's gate.</summary>
    public string[] ParametersOf(Node<T> node) => [.. node.Gate!.Parameters.Select(named => Of(named.Parameter))];

    /// <summary>The gradient of the root by something.</summary>
    public static string Bar(string name) => $@"\bar{{{name}}}";

    private static string InGate(Node<T> node, string path)
    {
        int dot = path.LastIndexOf('.');
        string letter = path[(dot + 1)..] switch
        {
            "weight" => "W",
            "bias" => "b",
            string other => Latex.Text(other),
        };
        return $"{letter}_{{{Of(node)}{(dot < 0 ? "" : Latex.Text($".{path[..dot]}"))}}}";
    }
}
