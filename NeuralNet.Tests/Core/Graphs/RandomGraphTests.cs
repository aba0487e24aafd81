using FsCheck;
using FsCheck.Fluent;
using NeuralNet.Core.Graphs;

namespace NeuralNet.Tests.Core.Graphs;

/// <summary>Properties of random expression graphs of up to 200 nodes with sharing.</summary>
public sealed class RandomGraphTests
{
    private static Arbitrary<Expression> Expressions { get; } = Arb.From(
        from values in Gen.Choose(-1000, 1000).Select(value => value / 700.0 + 1e-3).ArrayOf(Expression.Variables)
        from count in Gen.Choose(1, 200 - Expression.Variables)
        from steps in Gen.Choose(0, 1 << 20).ArrayOf(3 * count)
        select new Expression(values, steps));

    [Test]
    public void Backward_RandomGraph_AgreesWithCentredDifferences() => Check(expression =>
    {
        var graph = new Graph<double>();
        Node<double>[] nodes = expression.Build(graph);
        Node<double> root = nodes[^1];
        graph.Forward();
        graph.Backward(root);
        double[] analytic = [.. nodes[..Expression.Variables].Select(node => node.Gradient)];

        for (int i = 0; i < analytic.Length; i++)
        {
            const double Step = 1e-5;
            double above = At(graph, nodes[i], expression.Values[i] + Step, root);
            double below = At(graph, nodes[i], expression.Values[i] - Step, root);
            nodes[i].Set(expression.Values[i]);
            double numeric = (above - below) / (2 * Step);
            analytic[i].ShouldBe(numeric, 1e-6 * Math.Max(1, Math.Max(Math.Abs(numeric), Math.Abs(analytic[i]))), $"variable {i}");
        }
    });

    [Test]
    public void Order_RandomGraph_HasEveryNodeOnceBehindItsInputs() => Check(expression =>
    {
        var graph = new Graph<double>();
        Node<double>[] nodes = expression.BuildBackwards(graph);
        var position = graph.Order.Select((node, index) => (node, index)).ToDictionary(pair => pair.node, pair => pair.index);

        nodes.ShouldAllBe(node => position.ContainsKey(node));
        foreach (Node<double> node in position.Keys)
        {
            node.Inputs.ShouldAllBe(input => position[input] < position[node]);
        }
    });

    [Test]
    public void ForwardAndBackward_BuiltInAnotherOrder_GiveTheSame() => Check(expression =>
    {
        var straight = new Graph<double>();
        var reversed = new Graph<double>();
        Node<double>[] a = expression.Build(straight), b = expression.BuildBackwards(reversed);
        straight.Forward();
        straight.Backward(a[^1]);
        reversed.Forward();
        reversed.Backward(b[^1]);

        for (int i = 0; i < a.Length; i++)
        {
            b[i].Value.ShouldBe(a[i].Value);
            b[i].Gradient.ShouldBe(a[i].Gradient, 1e-12 * Math.Max(1, Math.Abs(a[i].Gradient)));
        }
    });

    [Test]
    public void ForwardAndBackward_OnMatrices_AreThoseOnNumbersEntryByEntry() => Check(expression =>
    {
        var numbers = new Graph<double>();
        var matrices = new Graph<double>();
        Node<double>[] a = expression.Build(numbers), b = expression.Build(matrices, value => Matrix<double>.Build.Dense(2, 3, value));
        numbers.Forward();
        numbers.Backward(a[^1]);
        matrices.Forward();
        matrices.Backward(b[^1], Matrix<double>.Build.Dense(2, 3, 1));

        for (int i = 0; i < a.Length; i++)
        {
            b[i].Matrix[1, 2].ShouldBe(a[i].Value, 1e-12);
            b[i].MatrixGradient[1, 2].ShouldBe(a[i].Gradient, 1e-9 * Math.Max(1, Math.Abs(a[i].Gradient)));
        }
    });

    private static void Check(Action<Expression> property) =>
        Prop.ForAll(Expressions, property).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20_24, 7));

    private static double At(Graph<double> graph, Node<double> variable, double value, Node<double> root)
    {
        variable.Set(value);
        graph.Forward();
        return root.Value;
    }
}
