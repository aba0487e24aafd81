// A layer of one's own with parameters, in public API only, beside the library's Linear. Affine.cs is all of the layer.
// With a file name the circuit is also written there, as an SVG picture.
using System.Globalization;
using NeuralNet.Core;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Graphs;
using NeuralNet.Examples;
using NeuralNet.Examples.OwnLayer;
using NeuralNet.Layers;
using NeuralNet.Training.Optimizers;
using static NeuralNet.Core.Graphs.GraphFunctions;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string? problem = args switch
{
    [] => null,
    [['-', ..] option, ..] => $"'{option}' is not an option.",
    [_, var more, ..] => $"'{more}' is one argument too many.",
    [var path] => Usage.ProblemOfWriting(path),
};
if (Usage.Answers(args, "OwnLayer [FILE]   FILE receives the circuit as an SVG picture", problem))
{
    return Environment.ExitCode;
}

Console.WriteLine("Its gradients beside difference quotients");
Console.WriteLine(GradientCheck.Gate(new Affine<double>(3, 2, new Random(1)), Matrix<double>.Build.Random(4, 3, seed: 2)).ThrowIfFailed());

Console.WriteLine("The same training with Linear and with Affine: which points are in the circle?");
var theirs = CircleTraining.Run(random => new Linear<float>(2, 16, random), random => new Linear<float>(16, 2, random));
var own = CircleTraining.Run(random => new Affine<float>(2, 16, random), random => new Affine<float>(16, 2, random));
for (int step = 0; step <= CircleTraining.Steps; step += CircleTraining.Steps / 4)
{
    Console.WriteLine($"  step {step,4}   Linear {theirs.Losses[step]:F6}   Affine {own.Losses[step]:F6}");
}

Console.WriteLine($"  all {own.Losses.Length} losses of the same bits: {(own.Losses.AsSpan().SequenceEqual(theirs.Losses) ? "yes" : "no")}");
Console.WriteLine($"  allocated by the last {CircleTraining.SteadySteps} steps: {own.Bytes} bytes\n");

// The layer stands at two nodes with one weight, so A·A is learnt: of a turn by 90° the half, by 45°.
Console.WriteLine("In a graph, twice, with one weight: half a turn");
var half = new Affine<double>(Matrix<double>.Build.DenseIdentity(2), Matrix<double>.Build.Dense(1, 2));
var graph = new Graph<double>();
Node<double> x = graph.Constant(Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 0 }, { 0, 1 }, { 1, 1 } }), "x");
Node<double> turned = graph.Constant(Matrix<double>.Build.DenseOfArray(new double[,] { { 0, 1 }, { -1, 0 }, { -1, 1 } }), "turned");
Node<double> once = graph.Apply(half, x).Named("once"), twice = graph.Apply(half, once).Named("twice");
Node<double> loss = SumOfSquares(twice - turned).Named("loss");
graph.Forward();
graph.Backward(loss);
Console.WriteLine(graph.Draw());
if (args is [string file])
{
    File.WriteAllText(file, graph.Draw().ToSvg());
}

Console.WriteLine(GradientCheck.Graph(loss).ThrowIfFailed());

var sgd = new SGD<double>(graph.Parameters, learningRate: 0.05);
for (int step = 0; step < 500; step++)
{
    sgd.ZeroGradients();
    graph.Forward();
    graph.Backward(loss);
    sgd.Step();
}

Console.WriteLine($"  the optimiser moved {string.Join(" and ", graph.Parameters.Select(named => named.Name))}; cos 45° is {Math.Sqrt(0.5):F4}, the weight");
Console.WriteLine(graph.Parameters[0].Parameter.Value.ToMatrixString("F4"));

Console.WriteLine("Its time beside Linear's, float, medians");
Timing.Print(784, 256, batch: 128);
Timing.Print(1000, 100, batch: 64);
Timing.Print(2, 8, batch: 4);
return 0;
