using System.Globalization;
using System.Numerics;

namespace NeuralNet.Core.Graphs;

/// <summary>The nodes of a function in a graph as text, enough to build it again: a line for each, its fields parted by tabulators, which no name has.</summary>
/// <remarks>
/// <para>The inputs come first, <c>input</c>, <c>matrix</c> or <c>number</c>, name; then, each behind all that it depends on: <c>constant</c>, name, value; <c>matrix</c>, name, rows,
/// columns; <c>parameter</c>, name, rows, columns; <c>gate</c>, name, and the lines of its inputs, counted from 0. The last line is the output.</para>
/// <para>Numbers of matrices and parameters are not here: the gate lists them by name.</para>
/// </remarks>
internal static class GraphText
{
    /// <summary>The text of a function.</summary>
    /// <param name="store">The nodes of the graph.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="order">The nodes behind the output in the order of their evaluation, the output last.</param>
    public static string Of<T>(NodeStore<T> store, int[] inputs, int[] order) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var lineOf = new Dictionary<int, int>();
        var lines = new List<string>();
        foreach (int node in inputs)
        {
            lineOf[node] = lines.Count;
            lines.Add(Line("input", store.Records[node].IsNumber ? "number" : "matrix", store.Label(node)));
        }

        // An output that is an input itself stands there once more, since the output is the last line.
        foreach (int node in order.Where(node => !lineOf.ContainsKey(node) || node == order[^1]))
        {
            string line = lineOf.TryGetValue(node, out int same) ? Line("same", Text(same)) : LineOf(store, node, lineOf);
            lineOf[node] = lines.Count;
            lines.Add(line);
        }

        return string.Join('\n', lines);
    }

    private static string LineOf<T>(NodeStore<T> store, int node, Dictionary<int, int> lineOf) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string name = store.Label(node);
        if (store.Records[node].Gate is not null)
        {
            return Line(["gate", name, .. store.InputsOf(node).ToArray().Select(input => Text(lineOf[store.Resolve(input)]))]);
        }

        LeafValue<T> leaf = store.LeafOf(node);
        return leaf.Matrix is { } matrix
            ? Line(leaf.Parameter is null ? "matrix" : "parameter", name, Text(matrix.RowCount), Text(matrix.ColumnCount))
            : Line("constant", name, leaf.Number.ToString("R", CultureInfo.InvariantCulture));
    }

    private static string Line(params string[] fields) => string.Join('\t', fields);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
