using System.Numerics;
using System.Text;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Gates;

namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>Writes the derivation of a graph's values and gradients as Markdown with LaTeX.</summary>
internal sealed class Derivation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Graph<T> _graph;
    private readonly IReadOnlyList<Node<T>> _order;
    private readonly MathNames<T> _names;
    private readonly GradientSums<T> _sums;
    private readonly StringBuilder _text = new();

    public Derivation(Graph<T> graph)
    {
        _graph = graph;
        _order = graph.Order;
        _names = new MathNames<T>(_order);
        _sums = new GradientSums<T>(graph, _order);
    }

    /// <summary>The derivation: inputs, forward in order, backward in reverse.</summary>
    public string Write()
    {
        Line("## Inputs\n");
        foreach (Node<T> node in _order.Where(node => node.Gate is null))
        {
            Line($"- ${Name(node)} = {MatrixLatex.Of(node.Matrix)}$ — {node.Kind.ToString().ToLowerInvariant()}{Shape(node)}");
        }

        foreach ((Parameter<T> parameter, string path) in _names.Parameters)
        {
            Line($"- ${_names.Of(parameter)} = {MatrixLatex.Of(parameter.Value)}$ — parameter `{path}`, {parameter.Value.Shape()}");
        }

        Line("\n## Forward\n");
        foreach (Node<T> node in _order.Where(node => node.Gate is not null))
        {
            Line($"- ${Name(node)} = {Formula(node)}{(_graph.IsEvaluated ? $" = {MatrixLatex.Of(node.Matrix)}" : "")}$ — {node.Gate}{Shape(node)}");
        }

        Line("\n## Backward\n");
        Line("The gradient of the root by itself is 1; downstream = upstream × local gradient; branches add up.\n");
        foreach (Node<T> node in _order.Reverse().Where(node => node.Gate is not null && IsPassed(node)))
        {
            Step(node);
        }

        if (_sums.AreKnown)
        {
            Line("\n## Gradients\n");
            foreach (Node<T> node in _order.Where(node => node.Kind is NodeKind.Variable or NodeKind.Parameter))
            {
                Line($"- ${Bar(node)} = {_sums.Of(node)}${Shape(node)}, the shape of ${Name(node)}$");
            }

            foreach ((Parameter<T> parameter, string path) in _names.Parameters)
            {
                string name = _names.Of(parameter);
                Line($"- ${MathNames<T>.Bar(name)} = {_sums.Of(parameter)}$ — `{path}`, {parameter.Value.Shape()}, the shape of ${name}${_sums.Earlier(parameter)}");
            }
        }

        return _text.ToString();
    }

    private bool IsPassed(Node<T> node) => NeedsGradient(node) && (!_sums.AreKnown || _graph.Pass.IsReached(_graph.IndexOf(node)));

    private bool NeedsGradient(Node<T> node) => _graph.Pass.NeedsGradient[_graph.IndexOf(node)];

    private void Step(Node<T> node)
    {
        Gate<T> gate = node.Gate!;
        Line($"- ${Name(node)}$: {gate}, a {gate.Pattern.ToString().ToLowerInvariant()}{(_sums.AreKnown ? $"; upstream ${Bar(node)} = {_sums.Of(node)}$" : "")}");
        IReadOnlyList<Node<T>> inputs = node.Inputs;
        string[] names = Names(node), parameters = _names.ParametersOf(node);
        Branches<T>? branches = _sums.BranchesOf(node);
        for (int i = 0; i < inputs.Count; i++)
        {
            if (NeedsGradient(inputs[i]))
            {
                string numbers = branches?.Inputs[i] is Matrix<T> branch ? $" = {MatrixLatex.Of(branch)}" : "";
                string local = Product(node, gate.LocalGradient(i, names, parameters, Name(node)));

                // x·x has two branches, each with a derivative of its own: that by one x while the other stands still.
                int use = inputs.Take(i).Count(input => input.Equals(inputs[i]));
                string by = inputs.Count(input => input.Equals(inputs[i])) > 1 ? $"{names[i]}^{{({use + 1})}}" : names[i];
                string to = by == names[i] ? $"${by}$" : $"${names[i]}$ as input {i + 1}, ${by}$";
                Line(gate.IsElementwise
                    ? $@"  - to {to}: $\frac{{\partial {Name(node)}}}{{\partial {by}}} = {local}$, downstream ${Bar(node)} {Dot(node)} {Factor(local)}{numbers}$"
                    : $"  - to {to}, with $G = {Bar(node)}$: downstream ${local}{numbers}$");
            }
        }

        for (int i = 0; i < parameters.Length; i++)
        {
            Line($"  - to the parameter ${parameters[i]}$, {gate.Parameters[i].Parameter.Value.Shape()}, with $G = {Bar(node)}$: " +
                 $"${gate.ParameterGradient(i, names, parameters, Name(node))}{(branches is null ? "" : $" = {MatrixLatex.Of(branches.Parameters[i])}")}$");
        }
    }

    private string Formula(Node<T> node)
    {
        string formula = node.Gate!.Formula(Names(node), _names.ParametersOf(node));
        return node.Gate is MultiplyGate<T> && !node.IsNumber ? formula.Replace(@"\cdot", @"\odot", StringComparison.Ordinal) : Product(node, formula);
    }

    // Of numbers it is a product, of matrices the product of their entries, where the gate works on each entry by itself.
    private static string Dot(Node<T> node) => node.IsNumber ? @"\cdot" : @"\odot";

    private static string Product(Node<T> node, string formula) =>
        node.Gate!.IsElementwise && !node.IsNumber ? formula.Replace(@"\,", @" \odot ", StringComparison.Ordinal) : formula;

    private static string Factor(string local) =>
        local.Contains(' ', StringComparison.Ordinal) || local.StartsWith('-') ? $@"\left({local}\right)" : local;

    private string Shape(Node<T> node) =>
        node.Gate is not null && !_graph.IsEvaluated || node.Matrix is { RowCount: 1, ColumnCount: 1 } ? "" : $", {node.Matrix.Shape()}";

    private static string[] Names(Node<T> node) => [.. node.Inputs.Select(Name)];

    private static string Name(Node<T> node) => MathNames<T>.Of(node);

    private static string Bar(Node<T> node) => MathNames<T>.Bar(Name(node));

    private void Line(string line) => _text.Append(line).Append('\n');
}
