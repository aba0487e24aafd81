using NeuralNet.Core.Graphs;

namespace NeuralNet.Tests.Core.Graphs.Drawings;

internal sealed class DerivationTests
{
    [Test]
    public void Explain_TheFirstCircuit_DerivesEveryNumber()
    {
        string text = Circuits.Get("product").Explain();

        text.ShouldContain("- $x = -2$ — variable\n");
        text.ShouldContain("- $q = x + y = 3$ — add\n- $f = q \\cdot z = -12$ — multiply\n");
        text.ShouldContain("- $f$: multiply, a switcher; upstream $\\bar{f} = 1$\n");
        text.ShouldContain("  - to $q$: $\\frac{\\partial f}{\\partial q} = z$, downstream $\\bar{f} \\cdot z = -4$\n");
        text.ShouldContain("  - to $z$: $\\frac{\\partial f}{\\partial z} = q$, downstream $\\bar{f} \\cdot q = 3$\n");
        text.ShouldContain("- $\\bar{x} = -4$, the shape of $x$\n");
    }

    [Test]
    public void Explain_Matrices_StatesShapesAndProducts()
    {
        string text = Circuits.Get("norm").Explain();

        text.ShouldContain("- $q = W\\,x = \\begin{bmatrix} 0.22 \\\\ 0.26 \\end{bmatrix}$ — matrix multiply, [2×1]\n");
        text.ShouldContain("downstream $G\\,x^\\top = \\begin{bmatrix} 0.088 & 0.176 \\\\ 0.104 & 0.208 \\end{bmatrix}$\n");
        text.ShouldContain("$\\bar{x} = \\begin{bmatrix} -0.112 \\\\ 0.636 \\end{bmatrix}$, [2×1], the shape of $x$");
    }

    [Test]
    public void Explain_Layers_NamesTheirFormulasAndParameters()
    {
        string text = Circuits.Get("layers").Explain();

        text.ShouldContain("$n_{1} = X\\,W + b = [5 \\times 4]$ — Linear(6 → 4), [5×4]\n");
        text.ShouldContain("$\\frac{\\partial n_{2}}{\\partial n_{1}} = 1 - n_{2}^2$");
        text.ShouldContain("to the parameter `weight` [6×4]");
    }

    [Test]
    public void Explain_BeforeAnyPass_StatesTheFormulasWithoutNumbers()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 1), long1 = graph.Variable("weight_of", 2);
        _ = (x * long1).Named("h1");

        string text = graph.Explain();

        text.ShouldContain("- $h_{1} = x \\cdot \\text{weight\\_of}$ — multiply\n");
        text.ShouldContain("downstream $\\bar{h_{1}} \\cdot \\text{weight\\_of}$\n");
        text.ShouldNotContain("## Gradients");
    }
}
