using NeuralNet.Core.Graphs;

namespace NeuralNet.Tests.Core.Graphs;

/// <summary>The text that a function of a graph is saved as: a line for each node, its fields parted by tabulators.</summary>
internal sealed class GraphTextTests
{
    [Test]
    public void Text_NumbersAndMatrices_SaysWhichTheInputsAre()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 3), m = graph.Variable("m", Matrix<double>.Build.Dense(1, 2, [1, 2]));
        Node<double> y = (x * graph.Constant(2, "two")).Named("y");
        new GraphModel<double>([x], y).Text.ShouldBe("input\tnumber\tx\nconstant\ttwo\t2\ngate\ty\t0\t1");
        new GraphModel<double>([m], GraphFunctions.Sum(m).Named("s")).Text.ShouldBe("input\tmatrix\tm\ngate\ts\t0");
    }

    [Test]
    public void Text_OutputThatIsAnInput_NamesItsLineOnceMore()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 3), y = graph.Variable("y", 4);
        new GraphModel<double>([x, y], y).Text.ShouldBe("input\tnumber\tx\ninput\tnumber\ty\nsame\t1");
    }
}
