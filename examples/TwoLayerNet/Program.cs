// The lecture's training program of a two-layer network (CS231n lecture 4, "in 20 lines"), written twice from the same start:
// by hand in matrices, and with layers. Both losses are printed at some steps; they agree at all of them.
// The lecture's last line updates w2 with grad_w1, whose shape does not match; it must be grad_w2.
using System.Globalization;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Examples;
using NeuralNet.Layers;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (Usage.Answers(args, "TwoLayerNet   trains the lecture's two-layer network by hand and with layers"))
{
    return Environment.ExitCode;
}

const int N = 64, Inputs = 1000, Hidden = 100, Outputs = 10, Steps = 2000;
const double LearningRate = 1e-4;

double[] byHand = TrainByHand();
double[] withLayers = TrainWithLayers();

Console.WriteLine("step  loss by hand            loss with layers");
foreach (int step in (int[])[0, 1, 10, 100, 500, 1000, 1999])
{
    Console.WriteLine($"{step,4}  {byHand[step],-22:R}  {withLayers[step]:R}");
}

double worst = byHand.Zip(withLayers, (a, b) => Math.Abs(a - b) / a).Max();
Console.WriteLine($"largest relative difference over {Steps} steps: {worst:E1}");
return worst <= 1e-9 ? 0 : 1;

static double[] TrainByHand()
{
    (Matrix<double> x, Matrix<double> y, Matrix<double> w1, Matrix<double> w2) = Start();
    var losses = new double[Steps];
    for (int t = 0; t < Steps; t++)
    {
        Matrix<double> h = (x * w1).Map(a => 1 / (1 + Math.Exp(-a)));
        Matrix<double> prediction = h * w2;
        Matrix<double> difference = prediction - y;
        losses[t] = difference.PointwiseMultiply(difference).Enumerate().Sum();

        Matrix<double> gradPrediction = 2 * difference;
        Matrix<double> gradW2 = h.TransposeThisAndMultiply(gradPrediction);
        Matrix<double> gradH = gradPrediction.TransposeAndMultiply(w2);
        Matrix<double> gradW1 = x.TransposeThisAndMultiply(gradH.PointwiseMultiply(h).PointwiseMultiply(1 - h));

        w1 -= LearningRate * gradW1;
        w2 -= LearningRate * gradW2;
    }

    return losses;
}

static double[] TrainWithLayers()
{
    (Matrix<double> x, Matrix<double> y, Matrix<double> w1, Matrix<double> w2) = Start();
    var net = new Sequential<double>(new Linear<double>(w1), new Sigmoid<double>(), new Linear<double>(w2));
    var loss = new SumSquaredError<double>();
    var sgd = new SGD<double>(net.Parameters, LearningRate);
    Cache<double> cache = new(), lossCache = new();

    var losses = new double[Steps];
    for (int t = 0; t < Steps; t++)
    {
        losses[t] = loss.Forward(net.Forward(x, cache), y, lossCache);
        net.ZeroGradients();
        loss.Backward(lossCache, net, cache);
        sgd.Step();
    }

    return losses;
}

// Numbers in [−1, 1) that look random, row by row from integers alone: the same in any language.
static (Matrix<double> X, Matrix<double> Y, Matrix<double> W1, Matrix<double> W2) Start() =>
    (Numbers(N, Inputs, 0), Numbers(N, Outputs, 1000), Numbers(Inputs, Hidden, 2000), Numbers(Hidden, Outputs, 3000));

static Matrix<double> Numbers(int rows, int columns, long offset) => Matrix<double>.Build.Dense(rows, columns, (i, j) =>
{
    long k = offset + ((long)i * columns) + j;
    return ((((31 * k * k) + (17 * k) + 7) % 1_000_003) / 1_000_003.0 * 2) - 1;
});
