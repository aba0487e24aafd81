using System.Text.RegularExpressions;
using System.Xml.Linq;
using NeuralNet.Core;
using NeuralNet.Core.Graphs;
using NeuralNet.Core.Graphs.Drawings;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Graphs.Drawings;

internal sealed partial class DrawingTests
{
    [Test]
    public void ToText_TheFirstCircuit_IsDrawnAsInTheLecture() => Circuits.Get("product").Draw().ToText().ReplaceLineEndings("\n").ShouldBe(
        """
             −2
          x ─────┐  3
             −4 (+)─────┐
             5   │  −4  │  −12
          y ─────┘     (×)───── f
             −4         │   1
             −4         │
          z ────────────┘
             3

          node  gate            pattern      value  gradient
          x                                  −2     −4
          y                                  5      −4
          z                                  −4     3
          q     add(x, y)       distributor  3      −4
          f     multiply(q, z)  switcher     −12    1

        """.ReplaceLineEndings("\n"));

    [Test]
    public void ToText_SharedVariable_ShowsItsBranchesAndTheirSum()
    {
        string text = Circuits.Get("shared").Draw().ToText();

        text.ShouldContain("2 + 3 = 5");
        text.Split('\n').Count(line => line.StartsWith("  y ─", StringComparison.Ordinal)).ShouldBe(2);
        text.ShouldContain("max(y, z)       router");
    }

    [Test]
    public void ToText_BranchThatIsNegative_IsSubtractedInTheSum() => Circuits.Get("square").Draw().ToText().ShouldContain("54 + 54 + 6 − 12 = 102");

    [Test]
    public void ToText_RootThatIsUsedToo_IsNoSum()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 3), f = (2 * x).Named("f");
        Node<double> g = (f * f).Named("g");
        graph.Forward();
        graph.Backward(f, g);

        // 1 as a root, and 6 + 6 through g: three parts, of which the wires show two.
        graph.Draw().ToText().Split('\n').Single(line => line.Contains("scale(x)")).TrimEnd().ShouldEndWith("  13");
    }

    [TestCase(100)]
    [TestCase(80)]
    [TestCase(60)]
    public void ToText_WiderThanTheLine_IsFoldedAtNames(int width)
    {
        string[] parts = Circuits.Get("network").Draw().ToText(width).Split("\n\n");

        parts[0].ShouldBe("  (folded: where a part ends in a name, that name stands for it below)");
        string[] circuit = [.. parts[1..^1].SelectMany(part => part.Split('\n'))];
        circuit.Max(line => line.Length).ShouldBeLessThanOrEqualTo(width);
        foreach (string sign in new[] { "X·Y", "+row", "σ", "−", "x²", "mean", "‖x‖²", "×0.1", "+" })
        {
            circuit.ShouldContain(line => line.Contains($"({sign})"), sign);
        }

        // Each part but the last ends in a name with which another begins.
        foreach (string part in parts[1..^2])
        {
            string name = part.Split('\n').Single(line => Regex.IsMatch(line, @"─ [\w]+$")).Split(' ')[^1];
            circuit.ShouldContain(line => Regex.IsMatch(line, $@"^\s*{name} ─"), name);
        }
    }

    // A gate and its wire take 7 characters: x and 99 gates more than three lines of 180.
    [Test]
    public void ToText_ChainWiderThanATerminal_IsFolded()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 1);
        for (int i = 0; i < 100; i++)
        {
            x += 1;
        }

        string text = graph.Draw().ToText();

        text.Split('\n').Max(line => line.Length).ShouldBeInRange(170, 180);
        Regex.Count(text, Regex.Escape("(+1)")).ShouldBe(100);
    }

    [Test]
    public void ToText_TooLong_SaysWhyOnlyTheTableIsThere()
    {
        var graph = new Graph<double>();
        Node<double> sum = graph.Variable("x", 1);
        for (int i = 0; i < 300; i++)
        {
            sum += graph.Variable($"x{i}", i);
        }

        string text = graph.Draw().ToText();

        text.ShouldStartWith("  (more than 500 lines of text: only the table is shown; ToSvg draws the circuit)\n\n  node ");
        text.ShouldNotContain("─");
    }

    [Test]
    public void ToText_TooNarrow_IsRefused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Circuits.Get("product").Draw().ToText(39)).ParamName.ShouldBe("width");

    [Test]
    public void ToText_ALayerThatIsOneGate_HasItsPattern()
    {
        string[] lines = Circuits.Get("layers").Draw().ToText().Split('\n');

        lines.Single(line => line.StartsWith("  n1 ", StringComparison.Ordinal)).ShouldContain("Linear(6 → 4)(X)   switcher");
        new Sequential<double>(new Linear<double>(2, 3, new Random(1))).Pattern.ShouldBe(FlowPattern.Switcher);
        new Sequential<double>(new Linear<double>(2, 3, new Random(1)), new Linear<double>(3, 3, new Random(1))).Pattern.ShouldBe(FlowPattern.Composite);
    }

    [TestCaseSource(typeof(Circuits), nameof(Circuits.Names))]
    public void ToSvg_AnyCircuit_IsWellFormedWithNumbersInTheirColours(string circuit)
    {
        Drawing drawing = Circuits.Get(circuit).Draw();

        XElement svg = XDocument.Parse(drawing.ToSvg()).Root!;

        svg.Name.LocalName.ShouldBe("svg");
        svg.ToString().ShouldNotContain("NaN");
        Numbers(svg, "v").ShouldBe(WithoutSpaces(drawing.Nodes.SelectMany(node => node.Value)), ignoreOrder: true);
        Numbers(svg, "g").ShouldBe(WithoutSpaces(drawing.Nodes.SelectMany(node => node.Gradient)), ignoreOrder: true);
        Numbers(svg, "g b").ShouldBe(
            WithoutSpaces(drawing.Nodes.SelectMany(node => node.Inputs).Where(wire => drawing.Nodes[wire.Source].Uses > 1).SelectMany(wire => wire.Gradient)), ignoreOrder: true);
        Texts(svg, "p").ShouldBe(drawing.Nodes.Where(node => node.Gate is not null).Select(node => node.PatternName), ignoreOrder: true);
        svg.ToString().ShouldContain($".v{{fill:{Colors.Value}}}.g{{fill:{Colors.Gradient}}}");
        foreach (XElement element in svg.Descendants().Where(element => element.Attribute("href") is not null))
        {
            Assert.Fail($"The picture is not self-contained: {element}");
        }
    }

    [Test]
    public void ToSvg_ValuesAndGradients_LieAboveAndBelowTheirWire()
    {
        XElement svg = XDocument.Parse(Circuits.Get("product").Draw().ToSvg()).Root!;

        double wire = Height(svg.Descendants().First(element => (string?)element.Attribute("class") == "n" && element.Value == "x")) - 4.5;

        Height(svg.Descendants().First(element => element.Value == "−2")).ShouldBeInRange(wire - 20, wire - 1);
        Height(svg.Descendants().First(element => element.Value == "−4" && (string?)element.Attribute("class") == "g")).ShouldBeInRange(wire + 1, wire + 20);

        static double Height(XElement element) => (double)element.Attribute("y")!;
    }

    [TestCaseSource(typeof(Circuits), nameof(Circuits.Names))]
    public void ToDot_AnyCircuit_IsReadByGraphviz(string circuit)
    {
        string dot = Circuits.Get(circuit).Draw().ToDot();

        (int exitCode, string errors) = ExternalProgram.Run("dot", "-Tsvg", dot);

        exitCode.ShouldBe(0, errors);
        errors.ShouldBeEmpty(dot);
    }

    // The grammar of the subset that is written; the whole of it was read by Mermaid 11's own parser as well.
    [TestCaseSource(typeof(Circuits), nameof(Circuits.Names))]
    public void ToMermaid_AnyCircuit_KeepsToTheGrammar(string circuit)
    {
        string[] lines = Circuits.Get(circuit).Draw().ToMermaid().TrimEnd('\n').Split('\n');

        lines[0].ShouldBe("flowchart LR");
        lines[1..].ShouldAllBe(line => MermaidLine().IsMatch(line));
    }

    [Test]
    public void Draw_BeforeForwardAndBeforeBackward_ShowsWhatThereIs()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 3), f = (x * x).Named("f");

        graph.Draw().Nodes[1].Value.ShouldBeEmpty();
        graph.Forward();
        graph.Draw().Nodes[1].Value.ShouldBe(["9"]);
        graph.Draw().Nodes[1].Gradient.ShouldBeEmpty();
        graph.Backward(f);
        graph.Draw().Nodes[0].Gradient.ShouldBe(["6"]);
        graph.Draw().Nodes[1].Inputs.Select(wire => wire.Gradient[0]).ShouldBe(["3", "3"]);
        graph.Draw().ToDot().ShouldContain("n0 -> n1");
    }

    [Test]
    public void Draw_Layers_LeavesTheirGradientsAlone()
    {
        var graph = new Graph<double>();
        var layer = new Linear<double>(3, 2, new Random(1));
        Node<double> x = graph.Variable("x", Some.Matrix<double>(2, 3));
        Node<double> f = NeuralNet.Core.Graphs.GraphFunctions.Sum(graph.Apply(layer, x) + graph.Apply(layer, x));
        graph.Forward();
        graph.Backward(f);
        Matrix<double> before = layer.Weight.Gradient.Clone(), gradient = x.MatrixGradient.Clone();

        graph.Draw().ToSvg();
        graph.Explain();

        layer.Weight.Gradient.ShouldBe(before);
        x.MatrixGradient.ShouldBe(gradient);
    }

    [Test]
    public void Draw_AsManyNodesAsAreDrawn_IsDrawn()
    {
        var graph = new Graph<float>();
        Node<float> x = graph.Variable("x", 1f);
        for (int i = 1; i < Graph<float>.MaxDrawnNodes; i++)
        {
            x = -x;
        }

        graph.Draw().Nodes.Count.ShouldBe(2000);
    }

    [Test]
    public void Draw_TooManyNodes_IsRefused()
    {
        var graph = new Graph<float>();
        Node<float> x = graph.Variable("x", 1f);
        for (int i = 0; i < Graph<float>.MaxDrawnNodes; i++)
        {
            x = -x;
        }

        Should.Throw<InvalidOperationException>(() => graph.Draw()).Message.ShouldContain("2,001 nodes");
        Should.Throw<InvalidOperationException>(() => graph.Explain()).Message.ShouldContain("2,001 nodes");
    }

    // A row of a matrix is cut into its numbers, each with a place of its own.
    private static IEnumerable<string> Numbers(XElement svg, string style) => WithoutSpaces(Texts(svg, style).Concat(Texts(svg, $"{style} e")));

    private static IEnumerable<string> WithoutSpaces(IEnumerable<string> texts) => texts.Select(text => text.StartsWith('[') ? text.Replace(" ", "", StringComparison.Ordinal) : text);

    private static IEnumerable<string> Texts(XElement svg, string style) =>
        svg.Descendants().Where(element => (string?)element.Attribute("class") == style).Select(element => element.Value);

    [GeneratedRegex("""^  (n\d+(\(\["[^"`<>]*(<[^"`]*>[^"`]*)*"\]\)|\(?\("[^"`]*"\)\)?)|n\d+ -->(\|"[^"`]*"\|)? (n\d+|out\d+\(\[" "\]\)))$""")]
    private static partial Regex MermaidLine();
}
