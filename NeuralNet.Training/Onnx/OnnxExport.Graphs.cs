using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;

namespace NeuralNet.Training.Onnx;

/// <content>What graphs become.</content>
internal sealed partial class OnnxExport<T>
{
    private string WriteGraph(GraphLayer<T> layer, string path, string x)
    {
        var values = new Dictionary<Node<T>, string> { [layer.Input] = x };
        foreach (Node<T> node in Behind(layer.Output))
        {
            if (!values.ContainsKey(node))
            {
                values.Add(node, node.Gate is null ? WriteLeaf(node, path) : WriteGate(node, Join(path, node.Name), [.. node.Inputs.Select(input => values[input])]));
            }
        }

        return values[layer.Output];
    }

    // The nodes that a root depends on, and the root, each behind its inputs.
    private static List<Node<T>> Behind(Node<T> root)
    {
        var needed = new HashSet<Node<T>> { root };
        var nodes = new List<Node<T>>();
        foreach (Node<T> node in root.Graph.Order.Reverse())
        {
            if (needed.Contains(node))
            {
                nodes.Add(node);
                needed.UnionWith(node.Inputs);
            }
        }

        nodes.Reverse();
        return nodes;
    }

    private string WriteLeaf(Node<T> leaf, string path)
    {
        Matrix<T> value = leaf.Matrix;
        return leaf.Kind == NodeKind.Parameter
            ? RowMajorInitializer(value)
            : Constant(Join(path, leaf.Name), new OnnxTensor("", ElementType, [value.RowCount, value.ColumnCount], BytesOf(value.ToRowMajorArray())));
    }

    private string WriteGate(Node<T> node, string path, string[] inputs)
    {
        // What stands beside the samples in a graph may be rows of anything.
        _hasBatch = false;
        return node.Gate switch
        {
            Layer<T> layer => Write(layer, path, inputs[0], null),
            AddGate<T> or AddRowGate<T> => Add("Add", path, inputs),
            SubtractGate<T> => Add("Sub", path, inputs),
            MultiplyGate<T> => Add("Mul", path, inputs),
            DivideGate<T> => Add("Div", path, inputs),
            MaxGate<T> or MaxoutGate<T> => Add("Max", path, inputs),
            MinGate<T> => Add("Min", path, inputs),
            MatrixMultiplyGate<T> => Add("MatMul", path, inputs),
            ConcatenateGate<T> side => Add("Concat", path, inputs, OnnxAttribute.Of("axis", side.Axis == Axis.Rows ? 0L : 1L)),
            _ => throw Refusal(node.Gate!, path),
        };
    }
}
