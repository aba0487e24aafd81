using System.Numerics;
using System.Text;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Text;

namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>Writes the derivation of a graph's values and gradients as Markdown with LaTeX.</summary>
internal sealed class Derivation<T>(Graph<T> graph) where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int LargestMatrix = 4;

    private readonly StringBuilder _text = new();

    /// <summary>The derivation: inputs, forward in order, backward in reverse.</summary>
    public string Write()
    {
        IReadOnlyList<Node<T>> order = graph.Order;
        Line("## Inputs\n");
        foreach (Node<T> node in order.Where(node => node.Gate is null))
        {
            Line($"- ${Name(node)} = {Value(node)}$ — {node.Kind.ToString().ToLowerInvariant()}{Shape(node)}");
        }

        Line("\n## Forward\n");
        foreach (Node<T> node in order.Where(node => node.Gate is not null))
        {
            string formula = node.Gate!.Formula(Names(node));
            Line($"- ${Name(node)} = {formula}{(graph.IsEvaluated ? $" = {Value(node)}" : "")}$ — {node.Gate}{Shape(node)}");
        }

        Line("\n## Backward\n");
        Line("The gradient of the root by itself is 1; downstream = upstream × local gradient; branches add up.\n");
        foreach (Node<T> node in order.Reverse().Where(node => node.Gate is not null && IsPassed(node)))
        {
            Step(node);
        }

        if (HasGradients)
        {
            Line("\n## Gradients\n");
            foreach (Node<T> node in order.Where(node => node.Kind is NodeKind.Variable or NodeKind.Parameter))
            {
                Line($"- ${Bar(node)} = {LatexOf(node.MatrixGradient)}${Shape(node)}, the shape of ${Name(node)}$");
            }
        }

        return _text.ToString();
    }

    private bool HasGradients => graph.IsEvaluated && graph.IsDifferentiated;

    private bool IsPassed(Node<T> node) => NeedsGradient(node) && (!HasGradients || graph.Pass.IsReached(graph.IndexOf(node)));

    private bool NeedsGradient(Node<T> node) => graph.Pass.NeedsGradient[graph.IndexOf(node)];

    private void Step(Node<T> node)
    {
        Gate<T> gate = node.Gate!;
        Line($"- ${Name(node)}$: {gate}, a {gate.Pattern.ToString().ToLowerInvariant()}{(HasGradients ? $"; upstream ${Bar(node)} = {LatexOf(node.MatrixGradient)}$" : "")}");
        IReadOnlyList<Node<T>> inputs = node.Inputs;
        string[] names = Names(node);
        for (int i = 0; i < inputs.Count; i++)
        {
            if (NeedsGradient(inputs[i]))
            {
                string local = gate.LocalGradient(i, names, Name(node));
                string numbers = HasGradients && DrawingBuilder.Branch(graph, graph.IndexOf(node), i) is Matrix<T> branch ? $" = {LatexOf(branch)}" : "";
                Line(gate.IsElementwise
                    ? $@"  - to ${names[i]}$: $\frac{{\partial {Name(node)}}}{{\partial {names[i]}}} = {local}$, downstream ${Bar(node)} \cdot {Factor(local)}{numbers}$"
                    : $"  - to ${names[i]}$, with $G = {Bar(node)}$: downstream ${local}{numbers}$");
            }
        }

        foreach (NamedParameter<T> named in gate.Parameters)
        {
            Line($"  - to the parameter `{named.Name}` {named.Parameter.Value.Shape()}" +
                 (HasGradients ? $": ${LatexOf(named.Parameter.Gradient)}$ so far" : ""));
        }
    }

    private static string Factor(string local) =>
        local.Contains(' ', StringComparison.Ordinal) || local.StartsWith('-') ? $@"\left({local}\right)" : local;

    private static string Value(Node<T> node) => LatexOf(node.Matrix);

    private string Shape(Node<T> node) =>
        node.Gate is not null && !graph.IsEvaluated || node.Matrix is { RowCount: 1, ColumnCount: 1 } ? "" : $", {node.Matrix.Shape()}";

    private static string[] Names(Node<T> node) => [.. node.Inputs.Select(Name)];

    private static string Bar(Node<T> node) => $@"\bar{{{Name(node)}}}";

    // A letter with its digits as an index; a word upright.
    private static string Name(Node<T> node)
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

    private static string LatexOf(Matrix<T> matrix)
    {
        if (matrix is { RowCount: 1, ColumnCount: 1 })
        {
            return Latex.Number(matrix[0, 0]);
        }

        if (matrix.RowCount > LargestMatrix || matrix.ColumnCount > LargestMatrix)
        {
            return $@"[{matrix.RowCount} \times {matrix.ColumnCount}]";
        }

        IEnumerable<string> rows = matrix.EnumerateRows().Select(row => string.Join(" & ", row.Select(Latex.Number)));
        return $@"\begin{{bmatrix}} {string.Join(@" \\ ", rows)} \end{{bmatrix}}";
    }

    private void Line(string line) => _text.Append(line).Append('\n');
}
