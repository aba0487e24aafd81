// The feed-forward of a 3-layer network, 3 → 4 → 4 → 1 with sigmoid units (CS231n lecture 4): once by hand in matrices, as the
// lecture writes it, and once with layers.
using NeuralNet.Core.Functions;
using NeuralNet.Core.Initializers;
using NeuralNet.Examples;
using NeuralNet.Layers;

if (Usage.Answers(args, "FeedForward   computes a 3 → 4 → 4 → 1 network by hand and with layers"))
{
    return Environment.ExitCode;
}

var random = new Random(0);
var normal = new Normal(1);
Linear<double> first = new(3, 4, random, normal), second = new(4, 4, random, normal), third = new(4, 1, random, normal);
Matrix<double> x = Matrix<double>.Build.Dense(1, 3, [0.5, -1.0, 2.0]);

// By hand: a row is a sample, so the lecture's f(W·x + b) reads f(x·W + b).
static double Sigmoid(double a) => 1 / (1 + Math.Exp(-a));
Matrix<double> h1 = ((x * first.Weight.Value) + first.Bias!.Value).Map(Sigmoid);
Matrix<double> h2 = ((h1 * second.Weight.Value) + second.Bias!.Value).Map(Sigmoid);
Matrix<double> byHand = (h2 * third.Weight.Value) + third.Bias!.Value;

// With layers.
var net = new Sequential<double>(first, new Sigmoid<double>(), second, new Sigmoid<double>(), third);
Matrix<double> withLayers = net.Forward(x);

Console.WriteLine(net.Summary());
Console.WriteLine($"by hand:     {byHand[0, 0]:F12}");
Console.WriteLine($"with layers: {withLayers[0, 0]:F12}");
double difference = Math.Abs(byHand[0, 0] - withLayers[0, 0]);
Console.WriteLine($"difference:  {difference:E1}");
return difference <= 1e-12 ? 0 : 1;
