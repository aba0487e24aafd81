#region own-gate
// A gate of your own, checked and drawn: softplus, y = ln(1 + e^x), with the slope σ(x).
using NeuralNet.Core.Gates;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Graphs;
#endregion

if (NeuralNet.Examples.Usage.Answers(args, "OwnGate   checks and draws a gate of one's own"))
{
    return;
}

#region own-gate

var gate = new SoftplusGate();
Console.WriteLine(GradientCheck.Gate(gate, [Matrix<double>.Build.Random(3, 4, seed: 1)]).ThrowIfFailed());

var graph = new Graph<double>();
var x = graph.Variable("x", 0.5);
var y = graph.Apply(gate, 2 * x).Named("y");
graph.Forward();
graph.Backward(y);
Console.WriteLine(graph.Draw());

internal sealed class SoftplusGate : FormulaGate<double>
{
    public override string Name => "softplus";
    public override string Formula(string x = "x") => $@"\ln(1 + e^{{{x}}})";
    public override string LocalGradient(string x = "x", string y = "y") => $@"\sigma({x})";
    protected override double Value(double x) => Math.Log(1 + Math.Exp(x));
    protected override double Slope(double x, double y) => 1 / (1 + Math.Exp(-x));
}
#endregion
