#region xor
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

int seed = 1;
#endregion

const string How = "Xor [--seed N]   learns the exclusive or and prints its four answers";
if (NeuralNet.Examples.Usage.Answers(args, How, ProblemOf(args, ref seed)))
{
    return;
}

#region xor
var x = Matrices.FromRows<double>([0, 0], [0, 1], [1, 0], [1, 1]);
var y = Matrices.FromRows<double>([0], [1], [1], [0]);              // exclusive or
var random = new Random(seed);
var net = new Sequential<double>(new Linear<double>(2, 8, random), new Sigmoid<double>(), new Linear<double>(8, 1, random));
var (loss, sgd) = (new MeanSquaredError<double>(), new SGD<double>(net.Parameters, learningRate: 0.5, momentum: 0.9));
var (cache, lossCache) = (new Cache<double>(), new Cache<double>());
for (int step = 0; step < 2000; step++)
{
    loss.Forward(net.Forward(x, cache), y, lossCache);              // remembers what Backward needs
    net.ZeroGradients();
    loss.Backward(lossCache, net, cache);                           // adds into each Parameter.Gradient
    sgd.Step();
}
Console.WriteLine(net.Forward(x));                                  // inference: nothing is kept
#endregion

double error = (net.Forward(x) - y).InfinityNorm();
if (!(error < 0.01))
{
    Console.Error.WriteLine($"error: with seed {seed} an answer is off by {error:G3}, which should be less than 0.01.");
    Environment.ExitCode = 1;
}

static string? ProblemOf(string[] args, ref int seed) => args switch
{
    [] => null,
    ["--seed", string text] when int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, null, out seed) => null,
    ["--seed", ..] => "--seed needs one integer.",
    _ => $"'{args[0]}' is not understood.",
};
