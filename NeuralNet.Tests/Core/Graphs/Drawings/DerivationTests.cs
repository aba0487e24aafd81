using NeuralNet.Core.Graphs;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using static NeuralNet.Core.Graphs.GraphFunctions;

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
    public void Explain_Layers_TellTheirParametersApart()
    {
        string text = Circuits.Get("layers").Explain();

        text.ShouldContain("$n_{1} = X\\,W_{n_{1}} + b_{n_{1}} = ");
        text.ShouldContain(" = n_{2}\\,W_{n_{3}} + b_{n_{3}} = ");
        text.ShouldContain("— parameter `n1.weight`, [6×4]\n");
        text.ShouldContain("with $G = \\bar{n_{3}}$: downstream $G\\,W_{n_{3}}^\\top = ");
        text.ShouldContain("  - to the parameter $W_{n_{1}}$, [6×4], with $G = \\bar{n_{1}}$: $X^\\top G = ");
        text.ShouldContain("— Linear(6 → 4), [5×4]\n");
        text.ShouldContain("\\frac{\\partial n_{2}}{\\partial n_{1}} = 1 - n_{2}^2$, downstream $\\bar{n_{2}} \\odot \\left(1 - n_{2}^2\\right)");
    }

    // Y = X·W + b, L = ΣY: G = ones, dW = Xᵀ·G = [1+3; 2+4] in each column, db = [2 2].
    [Test]
    public void Explain_Linear_WritesTheGradientsOfItsParametersOut()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Constant(Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2 }, { 3, 4 } }), "X");
        var layer = new Linear<double>(Matrix<double>.Build.DenseIdentity(2), Matrix<double>.Build.Dense(1, 2));
        Node<double> root = Sum(graph.Apply(layer, x).Named("y")).Named("L");
        graph.Forward();
        graph.Backward(root);

        string text = graph.Explain();

        text.ShouldContain(
            "  - to the parameter $W_{y}$, [2×2], with $G = \\bar{y}$: $X^\\top G = \\begin{bmatrix} 4 & 4 \\\\ 6 & 6 \\end{bmatrix}$\n" +
            "  - to the parameter $b_{y}$, [1×2], with $G = \\bar{y}$: $\\mathbf{1}^\\top G = \\begin{bmatrix} 2 & 2 \\end{bmatrix}$\n");
        text.ShouldEndWith(
            "- $\\bar{W_{y}} = \\begin{bmatrix} 4 & 4 \\\\ 6 & 6 \\end{bmatrix}$ — `y.weight`, [2×2], the shape of $W_{y}$\n" +
            "- $\\bar{b_{y}} = \\begin{bmatrix} 2 & 2 \\end{bmatrix}$ — `y.bias`, [1×2], the shape of $b_{y}$\n");

        // A second pass adds to what is there, and the derivation is that of the last.
        graph.Backward(root);
        graph.Explain().ShouldContain("$\\bar{b_{y}} = \\begin{bmatrix} 2 & 2 \\end{bmatrix}$ — `y.bias`, [1×2], the shape of $b_{y}$; with what else was added to it, it is $\\begin{bmatrix} 4 & 4 \\end{bmatrix}$\n");
        layer.Bias!.Gradient.ShouldBe(Matrix<double>.Build.Dense(1, 2, 4));
    }

    [Test]
    public void Explain_LayerThatStandsTwice_AddsUpWhatItsParametersGet()
    {
        var graph = new Graph<double>();
        var layer = new Linear<double>(Matrix<double>.Build.Dense(1, 1, 2));
        Node<double> x = graph.Variable("x", Matrix<double>.Build.Dense(1, 1, 3));
        Node<double> root = Sum(graph.Apply(layer, graph.Apply(layer, x).Named("u")).Named("v"));
        graph.Forward();
        graph.Backward(root);

        // v = w·u, u = w·x: dw = u + w·x = 6 + 6.
        graph.Explain().ShouldContain("- $\\bar{W_{u}} = 6 + 6 = 12$ — `u.weight`, [1×1], the shape of $W_{u}$\n");
    }

    [Test]
    public void Explain_NetworkInANode_NamesParametersByTheirPath()
    {
        var graph = new Graph<double>();
        var random = new Random(1);
        var network = new Sequential<double>(new Linear<double>(2, 3, random), new Sequential<double>(new Linear<double>(3, 1, random)));
        Node<double> root = Sum(graph.Apply(network, graph.Constant(Some.Matrix<double>(4, 2), "X")).Named("net"));
        graph.Forward();
        graph.Backward(root);

        string text = graph.Explain();

        text.ShouldContain("$W_{\\mathrm{net}\\text{.0}} = ");
        text.ShouldContain("$\\bar{W_{\\mathrm{net}\\text{.1.0}}} = ");
        text.ShouldContain("— `net.1.0.weight`, [3×1]");
    }

    // f = (x² + x)(x² − x) at 3: the derivative is 4x³ − 2x = 102.
    [Test]
    public void Explain_ProductOfXWithItself_HasABranchForEachAndTheirSum()
    {
        string text = Circuits.Get("square").Explain();

        text.ShouldContain(
            "  - to $x$ as input 1, $x^{(1)}$: $\\frac{\\partial a}{\\partial x^{(1)}} = x$, downstream $\\bar{a} \\cdot x = 54$\n" +
            "  - to $x$ as input 2, $x^{(2)}$: $\\frac{\\partial a}{\\partial x^{(2)}} = x$, downstream $\\bar{a} \\cdot x = 54$\n");
        text.ShouldContain("- $a$: multiply, a switcher; upstream $\\bar{a} = 12 + 6 = 18$\n");
        text.ShouldContain("- $\\bar{x} = -12 + 6 + 54 + 54 = 102$, the shape of $x$\n");
    }

    [Test]
    public void Explain_MatricesEntryByEntry_AreMultipliedByACircledDot()
    {
        string text = Circuits.Get("residual").Explain();

        text.ShouldContain("- $m = h \\odot x = ");
        text.ShouldContain("= x$, downstream $\\bar{m} \\odot x = ");
        text.ShouldNotMatch(@"\\cdot (?!10)");
    }

    [Test]
    public void Explain_LargeMatrix_ShowsItsCorners()
    {
        var graph = new Graph<double>();
        graph.Variable("x", Matrix<double>.Build.Dense(5, 6, (i, j) => (10 * i) + j));

        graph.Explain().ShouldContain(
            "$x = \\begin{bmatrix} 0 & 1 & \\cdots & 5 \\\\ 10 & 11 & \\cdots & 15 \\\\ \\vdots & \\vdots & \\ddots & \\vdots \\\\ 40 & 41 & \\cdots & 45 \\end{bmatrix}$ — variable, [5×6]");
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
