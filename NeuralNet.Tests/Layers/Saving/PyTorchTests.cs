using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Files;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Layers.Saving;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Layers.Saving;

/// <summary>PyTorch loads what is saved here by the same names, strictly, trains it on as it is trained on here, and gives back what is loaded here: see Reference/saved_networks.py.</summary>
/// <remarks>The files have no <c>num_batches_tracked</c>, which PyTorch does not ask for in a plain dictionary; its own files have it, and it is passed over here.</remarks>
internal sealed class PyTorchTests
{
    private const int Samples = 40, Steps = 50;

    [TestCase("mlp")]
    [TestCase("layers")]
    public void Training_GoneOnInPyTorch_HasTheSameLossesAndWeights(string name)
    {
        GoesOn<double>(name, 1e-9);
        GoesOn<float>(name, 1e-5);
    }

    [TestCase("mlp")]
    [TestCase("layers")]
    public void Prediction_InPyTorch_IsTheSame(string name)
    {
        using var folder = new TemporaryFolder();
        Layer<double> network = NetworkOf<double>(name);
        (Matrix<double> x, int[] labels) = DataOf<double>(name);
        Train(network, x, labels, 20);
        Write(folder, network, x, labels);

        PythonProgram.Run("saved_networks.py", $"predict {name} \"{folder.Path}\"", "numpy", "torch");

        Close(network.Forward(x), NpyFile.ReadMatrix<double>(folder["outputs.npy"]), 1e-12, "outputs");
    }

    private static void GoesOn<T>(string name, double tolerance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var folder = new TemporaryFolder();
        Layer<T> network = NetworkOf<T>(name), theirs = NetworkOf<T>(name);
        (Matrix<T> x, int[] labels) = DataOf<T>(name);
        Train(network, x, labels, 20);
        Write(folder, network, x, labels);

        PythonProgram.Run("saved_networks.py", $"train {name} \"{folder.Path}\"", "numpy", "torch");
        double[] losses = Train(network, x, labels, Steps);
        theirs.Load(folder["trained.safetensors"]);

        double[] expected = NpyFile.ReadMatrix<double>(folder["losses.npy"]).AsSpan().ToArray();
        losses[^1].ShouldBeLessThan(0.9 * losses[0]);
        for (int i = 0; i < Steps; i++)
        {
            losses[i].ShouldBe(expected[i], tolerance * expected[i], $"loss {i} in {typeof(T)}");
        }

        foreach ((NamedParameter<T> ours, NamedParameter<T> other) in network.Parameters.Zip(theirs.Parameters))
        {
            Close(ours.Parameter.Value, other.Parameter.Value, tolerance, ours.Name);
        }

        foreach ((NamedState<T> ours, NamedState<T> other) in network.States.Zip(theirs.States))
        {
            Close(ours.Value, other.Value, tolerance, ours.Name);
        }
    }

    private static Layer<T> NetworkOf<T>(string name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(3);
        return name == "mlp"
            ? new Sequential<T>(new Linear<T>(12, 16, random), new ReLU<T>(), new Linear<T>(16, 4, random))
            : new Sequential<T>(
                new Embedding<T>(10, 3, random), new Flatten<T>(), new Linear<T>(12, 16, random), new BatchNorm<T>(16), new PReLU<T>(16),
                new Linear<T>(16, 8, random), new LayerNorm<T>(8), new PReLU<T>(), new Linear<T>(8, 4, random));
    }

    // Numbers, or for the embedding indices of four words. What is to be found out is in the first of them.
    private static (Matrix<T> X, int[] Labels) DataOf<T>(string name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(5);
        Matrix<T> x = name == "mlp"
            ? Some.Matrix<T>(Samples, 12, 5)
            : Matrices.FromRows(Samples, 4, [.. Enumerable.Range(0, 4 * Samples).Select(_ => T.CreateChecked(random.Next(10)))]);
        double[] first = [.. x.Column(0).Select(double.CreateChecked)];
        return (x, [.. first.Select(value => (int)(name == "mlp" ? 2 * (value + 1) : value) % 4)]);
    }

    private static double[] Train<T>(Layer<T> network, Matrix<T> x, int[] labels, int steps) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (loss, sgd) = (new SoftmaxCrossEntropy<T>(), new SGD<T>(network.Parameters, T.CreateChecked(0.1)));
        var (cache, lossCache) = (new Cache<T>(), new Cache<T>());
        return [.. Enumerable.Range(0, steps).Select(_ =>
        {
            double value = double.CreateChecked(loss.Forward(network.Forward(x, cache), labels, lossCache));
            network.ZeroGradients();
            loss.Backward(lossCache, network, cache);
            sgd.Step();
            return value;
        })];
    }

    private static void Write<T>(TemporaryFolder folder, Layer<T> network, Matrix<T> x, int[] labels) where T : unmanaged, IFloatingPointIeee754<T>
    {
        network.Save(folder["model.safetensors"]);
        var data = new NpzWriter();
        data.Add("x", x);
        data.Add<int>("labels", [labels.Length], labels);
        data.Write(folder["data.npz"]);
    }

    private static void Close<T>(Matrix<T> actual, Matrix<T> expected, double tolerance, string what) where T : unmanaged, IFloatingPointIeee754<T>
    {
        actual.Shape().ShouldBe(expected.Shape());
        // A bias before a batch norm has no gradient but what rounding makes of 0.
        double scale = Math.Max(0.1, expected.AsSpan().ToArray().Max(number => Math.Abs(double.CreateChecked(number))));
        for (int i = 0; i < actual.AsSpan().Length; i++)
        {
            double.CreateChecked(actual.AsSpan()[i]).ShouldBe(double.CreateChecked(expected.AsSpan()[i]), tolerance * scale, $"{what}, number {i}");
        }
    }
}
