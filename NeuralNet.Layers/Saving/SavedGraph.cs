using System.Globalization;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Graphs;

namespace NeuralNet.Layers.Saving;

/// <summary>Builds a function in a graph of its description: the lines that <c>GraphText</c> in NeuralNet.Core writes.</summary>
internal static class SavedGraph
{
    /// <summary>The function as a gate of any number of inputs.</summary>
    public static GraphGate<T> Gate<T>(SavedGate<T> saved) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (List<Node<T>> inputs, Node<T> output) = Nodes(saved);
        return new GraphGate<T>(inputs, output);
    }

    /// <summary>The function as a layer.</summary>
    public static GraphLayer<T> Layer<T>(SavedGate<T> saved) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (List<Node<T>> inputs, Node<T> output) = Nodes(saved);
        return inputs.Count == 1 ? new GraphLayer<T>(inputs[0], output) : throw new FormatException($"A layer has one input, this one {inputs.Count}.");
    }

    private static (List<Node<T>> Inputs, Node<T> Output) Nodes<T>(SavedGate<T> saved) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var graph = new Graph<T>();
        var nodes = new List<Node<T>>();
        var inputs = new List<Node<T>>();
        foreach (string line in saved.Text("nodes").Split('\n'))
        {
            string[] fields = line.Split('\t');
            Node<T> node = fields switch
            {
                ["input", "number", string name] => graph.Variable(name, T.Zero),
                ["input", "matrix", string name] => graph.Variable(name, Matrices.Zeros<T>(1, 1)),
                ["constant", string name, string value] => graph.Constant(T.Parse(value, CultureInfo.InvariantCulture), name),
                ["matrix", string name, string rows, string columns] => graph.Constant(Zeros(saved, rows, columns), name),
                ["parameter", string name, string rows, string columns] => graph.Parameter(name, new Parameter<T>(Zeros(saved, rows, columns))),
                ["same", string other] => nodes[LineOf(other, nodes)],
                ["gate", string name, .. string[] operands] => graph.Apply(
                    saved.Children.FirstOrDefault(child => child.Name == name).Gate ?? throw new FormatException($"There is no gate for the node '{name}'."),
                    [.. operands.Select(operand => nodes[LineOf(operand, nodes)])]).Named(name),
                _ => throw new FormatException($"'{line.Replace('\t', ' ')}' is no node of a graph."),
            };
            nodes.Add(node);
            if (fields[0] == "input")
            {
                inputs.Add(node);
            }
        }

        return (inputs, nodes[^1]);
    }

    private static int LineOf<T>(string text, List<Node<T>> nodes) where T : unmanaged, IFloatingPointIeee754<T> =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int line) && line < nodes.Count
            ? line
            : throw new FormatException($"'{text}' is no line above.");

    private static Matrix<T> Zeros<T>(SavedGate<T> saved, string rows, string columns) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int rowCount, int columnCount) = (Number(rows), Number(columns));
        saved.ThrowIfTooLarge(rowCount, columnCount);
        return Matrices.Zeros<T>(rowCount, columnCount);
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
