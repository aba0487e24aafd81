using NeuralNet.Core;
using NeuralNet.Core.Gates;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Graphs;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Examples.Lecture;

/// <summary>L13 and L14: the shape of a gradient, and the check of an analytic gradient with a numerical one.</summary>
internal static class Checks
{
    public static void Run(Figures figures)
    {
        ShapeOfTheVariable(figures);
        NumericalGradient(figures);
    }

    private static void ShapeOfTheVariable(Figures figures)
    {
        figures.Topic("L13", "the gradient has the shape of its variable", "by hand");
        var weight = new Parameter<double>(Matrix<double>.Build.Dense(2, 3));
        string refusal = "";
        try
        {
            weight.AddToGradient(Matrix<double>.Build.Dense(3, 2));
        }
        catch (ArgumentException error)
        {
            refusal = error.Message;
        }

        Console.WriteLine($"  a gradient [3×2] for a parameter [2×3]: {refusal}");
        figures.Expect("it is refused where it is stored", refusal.StartsWith("A gradient has the shape of its variable", StringComparison.Ordinal));
    }

    private static void NumericalGradient(Figures figures)
    {
        figures.Topic("L14", "numerical gradient: slow, approximate, easy; analytic: exact, fast, error-prone", "by hand");
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", -2), y = graph.Variable("y", 5), z = graph.Variable("z", -4);
        Node<double> f = (Sigmoid(0.1 * (x + y)) * Tanh(z / 4)).Named("f");
        GradientCheckReport right = GradientCheck.Graph(f);
        Console.WriteLine(right);
        figures.Expect("the graph's gradients pass", right.Passed);

        GradientCheckReport wrong = GradientCheck.Gate(new ForgetfulSigmoidGate(), [Matrix<double>.Build.Random(3, 2, seed: 3)]);
        Console.WriteLine(wrong);
        figures.Expect("a gate with a mistake is found", !wrong.Passed);
    }

    /// <summary>A sigmoid with the mistake that everybody makes once: its slope is (1 − σ)·σ, not σ.</summary>
    private sealed class ForgetfulSigmoidGate : FormulaGate<double>
    {
        public override string Name => "forgetful sigmoid";

        public override string Formula(string x = "x") => $@"\sigma({x})";

        public override string LocalGradient(string x = "x", string y = "y") => y;

        protected override double Value(double x) => 1 / (1 + Math.Exp(-x));

        protected override double Slope(double x, double y) => y;
    }
}
