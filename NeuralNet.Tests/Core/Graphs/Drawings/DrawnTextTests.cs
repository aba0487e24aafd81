using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;
using NeuralNet.Core.Graphs.Drawings;

namespace NeuralNet.Tests.Core.Graphs.Drawings;

/// <summary>Drawings in characters and in the languages of other programs, to the letter.</summary>
internal sealed class DrawnTextTests
{
    [Test]
    public void ToDot_CircuitWithoutValues_HasBlankWires() => Unevaluated().ToDot().ShouldBe(
        """
        digraph circuit {
          rankdir=LR;
          node [fontname="Helvetica", margin="0.05"];
          edge [fontname="Courier", fontsize=11];
          n0 [shape=plaintext, label=<<b>x</b>>];
          n1 [shape=circle, label=<+<br/><font point-size="9" color="#868e96">distributor</font>>];
          n0 -> n1 [label=<<font color="#18794e">3</font>>];
          n0 -> n1 [label=<<font color="#18794e">3</font>>];
          n2 [shape=box, style=rounded, label=<<b>cut</b><br/>[0..^0, 0..1]<br/><font point-size="9" color="#868e96">carrier</font>>];
          n1 -> n2 [label=< >];
          out2 [shape=plaintext, label=""];
          n2 -> out2 [label=< >];
        }

        """.ReplaceLineEndings("\n"));

    [Test]
    public void ToMermaid_CircuitWithoutValues_HasBareWires() => Unevaluated().ToMermaid().ShouldBe(
        """
        flowchart LR
          n0(["<b>x</b>"])
          n1(("+<br/><i>distributor</i>"))
          n0 -->|"<span style='color:#18794e'>3</span>"| n1
          n0 -->|"<span style='color:#18794e'>3</span>"| n1
          n2("<b>cut</b><br/>[0..^0, 0..1]<br/><i>carrier</i>")
          n1 --> n2
          n2 --> out2([" "])

        """.ReplaceLineEndings("\n"));

    [Test]
    public void ToDot_Output_HasItsValueAndGradient() => Circuits.Get("product").Draw().ToDot().ShouldEndWith(
        "  out4 [shape=plaintext, label=\"\"];\n  n4 -> out4 [label=<<font color=\"#18794e\">−12</font><br/><font color=\"#c92a2a\">1</font>>];\n}\n");

    [Test]
    public void ToMermaid_Output_HasItsValueAndGradient() => Circuits.Get("product").Draw().ToMermaid().ShouldEndWith(
        "  n4 -->|\"<span style='color:#18794e'>−12</span><br/><span style='color:#c92a2a'>1</span>\"| out4([\" \"])\n");

    [Test]
    public void ToDotAndToMermaid_LettersOfTheirLanguage_AreWrittenOtherwise()
    {
        Drawing drawing = Circuits.Get("odd names").Draw();
        drawing.ToDot().ShouldContain(@"<b>% $x_1^2$ \frac ~ '</b>");
        drawing.ToMermaid().ShouldContain("<b>a #quot;quoted#quot; #lt;b#gt;&amp;#lt;/b#gt;</b>");
        drawing.ToMermaid().ShouldContain("<b>#35;1 [x] {y} (z) | #96;w#96; ; end</b>");
    }

    // The picture of the circuit and the margin before it take 24 characters, the name of the output the rest.
    [Test]
    public void ToText_AsWideAsTheLine_IsNotFolded() => Named("abcdefghijklmnop").ToText(40).Split('\n').ShouldContain("  y ─────┘     (×)───── abcdefghijklmnop");

    [Test]
    public void ToText_OneLetterWider_IsFoldedIntoPartsThatStandApart()
    {
        string[] parts = Named("abcdefghijklmnopq").ToText(40).Split("\n\n");
        parts.Length.ShouldBe(4);
        parts[1].Split('\n').ShouldContain("     −4 (+)──── q");
        parts[2].Split('\n').ShouldContain("  z ─────┘");
    }

    // A variable takes two lines: its value, and its wire.
    [TestCase(250, false)]
    [TestCase(251, true)]
    public void ToText_ManyCircuits_AreDrawnUpToFiveHundredLines(int variables, bool isTooLong)
    {
        var graph = new Graph<double>();
        for (int i = 0; i < variables; i++)
        {
            graph.Variable($"x{i}", i);
        }

        graph.Draw().ToText().StartsWith("  (more than 500 lines of text:", StringComparison.Ordinal).ShouldBe(isTooLong);
    }

    [Test]
    public void Gate_FiveInputs_JoinsTheWiresBetween() => TextBlock.Gate("+", [.. "abcde".Select(letter => TextBlock.Leaf($"{letter}"))]).Lines.ShouldBe(
    [
        "a ─┐ ",
        "b ─┤ ",
        "c (+)",
        "d ─┤ ",
        "e ─┘ ",
    ]);

    // Three gradients below the middle of five lines need one line more.
    [Test]
    public void WithWire_MoreGradientsThanLinesBelow_AddsLines()
    {
        TextBlock block = new TextBlock(["1", "2", "3", "4", "5"], 2).WithWire(["v"], ["a", "b", "c"]);
        block.Lines.ShouldBe(["1   ", "2 v ", "3───", "4 a ", "5 b ", "  c "]);
        block.Port.ShouldBe(2);
    }

    [Test]
    public void WithWire_MoreValuesThanLinesAbove_AddsLines()
    {
        TextBlock block = new TextBlock(["1", "2"], 1).WithWire(["v", "w"], []);
        block.Lines.ShouldBe(["  v ", "1 w ", "2───"]);
        block.Port.ShouldBe(2);
    }

    [Test]
    public void Lines_MatrixOfFourRowsOrColumns_IsWrittenOut()
    {
        DrawingBuilder.Lines(Matrix<double>.Build.Dense(4, 1, (i, _) => i)).ShouldBe(["[0]", "[1]", "[2]", "[3]"]);
        DrawingBuilder.Lines(Matrix<double>.Build.Dense(1, 4, (_, j) => j)).ShouldBe(["[0 1 2 3]"]);
        DrawingBuilder.Lines(Matrix<double>.Build.Dense(5, 1, 1)).ShouldBe(["[5×1]", "‖·‖ 2.2361"]);
        DrawingBuilder.Lines(Matrix<double>.Build.Dense(1, 5, 1)).ShouldBe(["[1×5]", "‖·‖ 2.2361"]);
    }

    // x + x, and of that a slice, whose sign is long.
    private static Drawing Unevaluated()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 3);
        graph.Apply(new SliceGate<double>(Range.All, 0..1), x + x).Named("cut");
        return graph.Draw();
    }

    // The first circuit with another name at its end.
    private static Drawing Named(string output)
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", -2), y = graph.Variable("y", 5), z = graph.Variable("z", -4);
        Node<double> f = ((x + y).Named("q") * z).Named(output);
        graph.Forward();
        graph.Backward(f);
        return graph.Draw();
    }
}
