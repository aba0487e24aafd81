using NeuralNet.Core.Graphs;
using NeuralNet.Core.Graphs.Drawings;
using NeuralNet.Layers;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Tests.Core.Graphs.Drawings;

/// <summary>The headings of a derivation, what it says where passes are missing or came twice, and how it writes matrices and their sums.</summary>
internal sealed class DerivationPartsTests
{
    [Test]
    public void Explain_Always_HasItsPartsUnderTheirHeadings()
    {
        string text = Circuits.Get("product").Explain();
        text.ShouldStartWith("## Inputs\n\n- $x = -2$ — variable\n");
        text.ShouldContain("\n\n## Forward\n\n- $q = x + y = 3$");
        text.ShouldContain("\n\n## Backward\n\nThe gradient of the root by itself is 1; downstream = upstream × local gradient; branches add up.\n\n- $f$: multiply");
        text.ShouldContain("\n\n## Gradients\n\n- $\\bar{x} = -4$");
    }

    [Test]
    public void Explain_AfterForwardAlone_HasValuesAndNoGradients()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 3);
        _ = (x * x).Named("f");
        graph.Forward();
        string text = graph.Explain();
        text.ShouldContain("- $f = x \\cdot x = 9$ — multiply\n");
        text.ShouldContain("- $f$: multiply, a switcher\n");
        text.ShouldNotContain("## Gradients");
    }

    [Test]
    public void Explain_VariableThatTheRootDoesNotDependOn_HasAGradientOfZero()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 3), f = Square(x);
        graph.Variable("u", 5);
        graph.Forward();
        graph.Backward(f);
        graph.Explain().ShouldContain("- $\\bar{x} = 6$, the shape of $x$\n- $\\bar{u} = 0$, the shape of $u$\n");
    }

    [Test]
    public void Explain_SecondPassOfSmallGradients_SaysWhatTheyHaveBecome()
    {
        var graph = new Graph<double>();
        var layer = new Linear<double>(Matrix<double>.Build.Dense(1, 1, 2));
        Node<double> root = Sum(graph.Apply(layer, graph.Constant(Matrix<double>.Build.Dense(1, 1, 0.001), "X")).Named("y"));
        graph.Forward();
        graph.Backward(root);
        graph.Backward(root);
        graph.Explain().ShouldEndWith(
            "- $\\bar{W_{y}} = 0.001$ — `y.weight`, [1×1], the shape of $W_{y}$; with what else was added to it, it is $0.002$\n");
    }

    [Test]
    public void Sum_Numbers_AreAddedWithTheirSigns() => MatrixLatex.Sum([Row(54), Row(-12), Row(3)], Row(45)).ShouldBe("54 - 12 + 3 = 45");

    [Test]
    public void Sum_SmallMatrices_AreWrittenOut() => MatrixLatex.Sum([Row(1, 2), Row(-3, 4)], Row(-2, 6))
        .ShouldBe(@"\begin{bmatrix} 1 & 2 \end{bmatrix} + \begin{bmatrix} -3 & 4 \end{bmatrix} = \begin{bmatrix} -2 & 6 \end{bmatrix}");

    [Test]
    public void Sum_MatricesOfManyRowsOrColumns_IsTheSumAlone()
    {
        Matrix<double> row = Row(1, 2, 3, 4, 5);
        MatrixLatex.Sum([row, row], 2 * row).ShouldBe(@"\begin{bmatrix} 2 & 4 & \cdots & 10 \end{bmatrix}");
        MatrixLatex.Sum([row.Transpose(), row.Transpose()], 2 * row.Transpose()).ShouldBe(@"\begin{bmatrix} 2 \\ 4 \\ \vdots \\ 10 \end{bmatrix}");
    }

    [Test]
    public void Of_FourRowsOrColumns_IsWrittenOut()
    {
        MatrixLatex.Of(Row(1, 2, 3, 4)).ShouldBe(@"\begin{bmatrix} 1 & 2 & 3 & 4 \end{bmatrix}");
        MatrixLatex.Of(Row(1, 2, 3, 4).Transpose()).ShouldBe(@"\begin{bmatrix} 1 \\ 2 \\ 3 \\ 4 \end{bmatrix}");
    }

    private static Matrix<double> Row(params double[] numbers) => Matrix<double>.Build.Dense(1, numbers.Length, numbers);
}
