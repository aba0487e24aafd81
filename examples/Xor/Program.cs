#region xor
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
#endregion

if (NeuralNet.Examples.Usage.Answers(args, "Xor   learns the exclusive or and prints its four answers"))
{
    return;
}

#region xor

var x = Matrices.FromRows<double>([0, 0], [0, 1], [1, 0], [1, 1]);
var y = Matrices.FromRows<double>([0], [1], [1], [0]);              // exclusive or
var random = new Random(1);
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
