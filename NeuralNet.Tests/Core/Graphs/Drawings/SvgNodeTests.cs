using System.Globalization;
using System.Xml.Linq;
using NeuralNet.Core;
using NeuralNet.Core.Graphs;
using NeuralNet.Core.Graphs.Drawings;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Tests.Core.Graphs.Drawings;

/// <summary>The measures of a node in an SVG picture, and where its wires meet it. A line of numbers is 15 high, one of a branch 12; a gate is a circle of radius 19.</summary>
internal sealed class SvgNodeTests
{
    private static readonly string[] None = [], One = ["1"], Three = ["[1]", "[2]", "[3]"];

    // 3 lines and 4 below the wire, 1 line and 4 above.
    [Test]
    public void Leaf_NumbersOnBothSides_HasRoomForThem()
    {
        LayoutBox box = new SvgNode(Drawn(null, One, Three), []).Box;
        (box.Above, box.Below, box.Before).ShouldBe((15 + 4, (3 * 15) + 4, 0));
    }

    // The pieces of wire are 3 · 12 + 5 apart, and the lower one's numbers reach 36 + 4 below it.
    [Test]
    public void Gate_BranchesWithNumbers_HasRoomForThem()
    {
        var node = new SvgNode(Drawn("×", One, One), [Three, Three]);
        node.IsSpread.ShouldBeTrue();
        node.StubHeights.ShouldBe([-20.5, 20.5]);
        node.Ports.ShouldBe([-5.5, 5.5]);
        (node.Box.Above, node.Box.Below).ShouldBe((33, 20.5 + 36 + 4));
        node.Box.Before.ShouldBe((3 * 6.4) + 4 + 9, 1e-12);
    }

    [Test]
    public void Gate_WithoutBranches_HasPortsAtMostTwentyApart()
    {
        var node = new SvgNode(Drawn("max", One, One), [None, None, None]);
        node.IsSpread.ShouldBeFalse();
        node.Ports.ShouldBe([-10, 0, 10]);
        node.StubHeights.ShouldBe(node.Ports);
    }

    // 19² = 11.4² + 15.2².
    [Test]
    public void EdgeAt_OfACircle_IsOnTheCircle()
    {
        var circle = new SvgNode(Drawn("×", One, One), [One, One]);
        circle.EdgeAt(15.2).ShouldBe(11.4, 1e-12);
        circle.EdgeAt(-15.2).ShouldBe(11.4, 1e-12);
        var box = new SvgNode(Drawn("a long sign", One, One), [One, One]);
        box.EdgeAt(15.2).ShouldBe(box.Half);
        box.Half.ShouldBe((11 * 7.6 / 2) + 8, 1e-12);
    }

    [TestCase(FlowPattern.Distributor, "#e7f5ff")]
    [TestCase(FlowPattern.Router, "#fff3bf")]
    [TestCase(FlowPattern.Switcher, "#f3e8fd")]
    [TestCase(FlowPattern.Scaler, "#e6fcf5")]
    [TestCase(FlowPattern.Carrier, "#f1f3f5")]
    [TestCase(FlowPattern.Composite, "#fff0f6")]
    public void Colors_EachPattern_HasItsOwn(FlowPattern pattern, string color) => Colors.Of(pattern).ShouldBe(color);

    // Each of the two wires from x bends to its own place on the circle, the first input's above the second's.
    [Test]
    public void ToSvg_WiresOfBranches_EndOnTheCircleInTheirOrder()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 3), f = x * x;
        graph.Forward();
        graph.Backward(f);
        XElement[] elements = [.. XDocument.Parse(graph.Draw().ToSvg()).Root!.Descendants()];
        XElement circle = elements.Single(element => element.Name.LocalName == "circle");
        (double X, double Y) centre = ((double)circle.Attribute("cx")!, (double)circle.Attribute("cy")!);
        (double X, double Y)[] ends = [.. elements.Select(element => ((string?)element.Attribute("d") ?? "").Split('L')).Where(path => path.Length == 2).Select(path => Point(path[1]))];
        ends.Length.ShouldBe(2);
        ends.ShouldAllBe(end => Math.Abs(Math.Sqrt(Math.Pow(end.X - centre.X, 2) + Math.Pow(end.Y - centre.Y, 2)) - 19) < 0.15);
        ends[0].Y.ShouldBe(centre.Y - 5.5, 0.15);
        ends[1].Y.ShouldBe(centre.Y + 5.5, 0.15);
    }

    // The shape [20×20] is a letter longer than the norm; both are centred on one line, so that the longer ends 2 before the bend, 9 before the room of the gate's caption.
    [Test]
    public void ToSvg_NumbersOfABranch_EndBeforeTheBendOfTheirWire()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", Matrix<double>.Build.Dense(20, 20, 1)), f = Sum(x * x);
        graph.Forward();
        graph.Backward(f);
        XElement[] elements = [.. XDocument.Parse(graph.Draw().ToSvg()).Root!.Descendants()];
        double caption = "switcher".Length * 5.2 / 2, centre = (double)elements.First(element => element.Name.LocalName == "circle").Attribute("cx")!;
        double[] places = [.. elements.Where(element => (string?)element.Attribute("class") == "g b").Select(element => (double)element.Attribute("x")!)];
        places.Length.ShouldBe(2);
        places.ShouldAllBe(place => Math.Abs(place - (centre - caption - 9 - 2 - ("[20×20]".Length * 6.4 / 2))) < 0.15);
    }

    private static DrawnNode Drawn(string? symbol, string[] value, string[] gradient) =>
        new("x", false, symbol, symbol is null ? null : "gate", FlowPattern.Switcher, value, gradient, [], 1, false);

    private static (double X, double Y) Point(string text)
    {
        double[] numbers = [.. text.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return (numbers[0], numbers[1]);
    }
}
