using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Text;

namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>Turns a graph into text that can be drawn.</summary>
internal static class DrawingBuilder
{
    /// <summary>Matrices of at most so many rows and columns are written out.</summary>
    private const int LargestMatrix = 4;

    /// <summary>The graph as it stands.</summary>
    public static Drawing Of<T>(Graph<T> graph) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int[] order = graph.Pass.Order.ToArray();
        Dictionary<int, int> position = order.Select((node, index) => (node, index)).ToDictionary(pair => pair.node, pair => pair.index);
        int[] uses = new int[order.Length];
        foreach (int node in order)
        {
            foreach (int input in graph.Store.InputsOf(node))
            {
                uses[position[input]]++;
            }
        }

        return new Drawing([.. order.Select((node, index) => Draw(graph, node, uses[index], input => (position[input], uses[position[input]])))]);
    }

    /// <summary>A matrix in lines: its rows where it is small, otherwise its shape and norm.</summary>
    public static string[] Lines<T>(Matrix<T> matrix) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (matrix.RowCount == 1 && matrix.ColumnCount == 1)
        {
            return [NumberText.Of(matrix[0, 0])];
        }

        if (matrix.RowCount > LargestMatrix || matrix.ColumnCount > LargestMatrix)
        {
            T norm = T.Sqrt(System.Numerics.Tensors.TensorPrimitives.SumOfSquares<T>(matrix.AsSpan()));
            return [matrix.Shape(), $"‖·‖ {NumberText.Of(norm)}"];
        }

        int[] widths = [.. Enumerable.Range(0, matrix.ColumnCount)
            .Select(column => Enumerable.Range(0, matrix.RowCount).Max(row => NumberText.Of(matrix[row, column]).Length))];
        return [.. Enumerable.Range(0, matrix.RowCount).Select(row =>
            $"[{string.Join(' ', widths.Select((width, column) => NumberText.Of(matrix[row, column]).PadLeft(width)))}]")];
    }

    private static DrawnNode Draw<T>(Graph<T> graph, int index, int uses, Func<int, (int Position, int Uses)> find)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var node = new Node<T>(graph, index);
        NodeRecord<T> record = graph.Store.Records[index];
        bool hasValue = record.Gate is null || graph.IsEvaluated;
        bool hasGradient = graph.IsEvaluated && graph.IsDifferentiated && graph.Pass.NeedsGradient[index];
        string[] gradient = hasGradient ? Lines(node.MatrixGradient) : [];
        Branches<T>? branches = record.Gate is null ? null : Branches<T>.Of(graph, index);
        var wires = new List<DrawnWire>();
        foreach (int input in graph.Store.InputsOf(index).ToArray())
        {
            (int position, int usesOfInput) = find(input);
            string[] all = usesOfInput == 1 && hasGradient && graph.Pass.NeedsGradient[input] ? Lines(new Node<T>(graph, input).MatrixGradient) : [];
            wires.Add(new DrawnWire(position, usesOfInput > 1 && branches?.Inputs[wires.Count] is Matrix<T> branch ? Lines(branch) : all));
        }

        return new DrawnNode(
            node.Name, graph.Store.NameOf(index) is not null, record.Gate?.Symbol, record.Gate?.ToString(), record.Gate?.Pattern ?? default,
            hasValue ? Lines(node.Matrix) : [], gradient, [.. wires], uses, graph.Pass.IsRoot(index));
    }
}
