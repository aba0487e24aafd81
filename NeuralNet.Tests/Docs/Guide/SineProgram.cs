#region sine
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

#endregion
namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The second program of docs/guide/README.md.</summary>
internal sealed class SineProgram
{
    [Test]
    public void Program_NoisySine_IsLearned()
    {
        #region sine
        var random = new Random(1);
        double[][] x = [.. Enumerable.Range(0, 400).Select(_ => new[] { Math.PI * ((2 * random.NextDouble()) - 1) })];
        double[][] y = [.. x.Select(row => new[] { Math.Sin(row[0]) + (0.2 * (random.NextDouble() - 0.5)) })];
        var (train, test) = DataSet<double>.FromRows(x, y).Split(0.8, seed: 1);

        var net = new Sequential<double>(new Linear<double>(1, 32, random), new Tanh<double>(), new Linear<double>(32, 1, random));
        var trainer = Trainer.For(net, new MeanSquaredError<double>(), new Adam<double>(net.Parameters, 0.01));
        trainer.Fit(train, epochs: 200);
        Console.WriteLine(trainer.Evaluate(test));
        Console.WriteLine($"sin 1 = {Math.Sin(1):F3}, the network says {net.Forward(Matrices.FromRows<double>([1]))[0, 0]:F3}");
        #endregion

        // The noise is uniform over ±0.1, of the variance 0.04/12 = 0.0033.
        trainer.Evaluate(test).Loss.ShouldBeLessThan(0.01);
        net.Forward(Matrices.FromRows<double>([1]))[0, 0].ShouldBe(Math.Sin(1), 0.15);
    }
}
