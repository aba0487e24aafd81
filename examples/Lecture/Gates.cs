using NeuralNet.Core;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Examples.Lecture;

/// <summary>L5 to L7: gates as objects, their patterns, and the chain rule over several paths.</summary>
internal static class Gates
{
    public static void Run(Figures figures)
    {
        GatesAsObjects(figures);
        Patterns(figures);
        SeveralPaths(figures);
    }

    private static void GatesAsObjects(Figures figures)
    {
        figures.Topic("L5", "gates as objects with forward and backward", "by hand");
        var gate = new MultiplyGate<double>();
        var cache = new Cache<double>();
        double x = 3, y = -4, dz = 2;
        double z = gate.Forward(x, y, cache);
        var (dx, dy) = gate.Backward(upstream: dz, cache);
        figures.Compare("MultiplyGate, z", z, -12);
        figures.Compare("dx = y·dz", dx, y * dz);
        figures.Compare("dy = x·dz", dy, x * dz);
        figures.Compare("formula", $"z = {gate.Formula()}", @"z = x \cdot y");
        figures.Compare("local gradients", $"{gate.LocalGradientX()}, {gate.LocalGradientY()}", "y, x");
    }

    private static void Patterns(Figures figures)
    {
        figures.Topic("L6", "patterns in backward flow, by name in a drawn circuit", "by hand");
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 3), y = graph.Variable("y", -4), z = graph.Variable("z", 2), w = graph.Variable("w", -1);
        Node<double> product = (x * y).Named("product"), larger = Max(z, w).Named("larger");
        Node<double> f = (2 * (product + larger).Named("sum")).Named("f");
        graph.Forward();
        graph.Backward(f);
        figures.Draw(graph, "L06-patterns");
        figures.Compare("add gate", $"{graph["sum"].Gate!.Pattern}", "Distributor");
        figures.Compare("max gate", $"{larger.Gate!.Pattern}", "Router");
        figures.Compare("mul gate", $"{product.Gate!.Pattern}", "Switcher");
        figures.Compare("add distributes to the product", product.Gradient, 2);
        figures.Compare("and to the max", larger.Gradient, 2);
        figures.Compare("max routes to z", z.Gradient, 2);
        figures.Compare("and nothing to w", w.Gradient, 0);
        figures.Compare("mul switches: dx is y times 2", x.Gradient, -8);
        figures.Compare("and dy is x times 2", y.Gradient, 6);
    }

    private static void SeveralPaths(Figures figures)
    {
        figures.Topic("L7", "several intermediate variables: dz/dx is the sum of the paths", "by hand");
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 2);
        Node<double> u = Square(x).Named("u"), v = (3 * x).Named("v"), w = (-x).Named("w");
        Node<double> z = (u * v + w).Named("z");
        graph.Forward();
        graph.Backward(z);
        figures.Draw(graph, "L07-several-paths");

        // z = u·v + w with u = x², v = 3x, w = −x: ∂z/∂u·du/dx = 6·4, ∂z/∂v·dv/dx = 4·3, ∂z/∂w·dw/dx = −1.
        figures.Compare("∂z/∂u", u.Gradient, 6);
        figures.Compare("∂z/∂v", v.Gradient, 4);
        figures.Compare("∂z/∂w", w.Gradient, 1);
        figures.Compare("dz/dx = 24 + 12 − 1", x.Gradient, 35);
    }
}
