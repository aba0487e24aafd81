#region numpy
using NeuralNet.Core.Files;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

#endregion
using NeuralNet.Core;

namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The program of docs/guide/numpy.md.</summary>
internal sealed class NumPyProgram
{
    [Test]
    public void Program_ArraysOfNumPy_BecomeADataSetAndPredictions()
    {
        using var folder = new GuideFolder();
        string[] args = [folder.Path];
        var source = new Random(4);
        float[] points = [.. Enumerable.Range(0, 400).Select(_ => source.NextSingle())];
        NpyFile.Write<float>(Path.Combine(folder.Path, "x.npy"), points, 200, 2);
        NpyFile.Write<float>(Path.Combine(folder.Path, "y.npy"), points.Chunk(2).Select(point => point[0] - (2 * point[1])).ToArray(), 200, 1);
        #region numpy
        // In Python: np.save("x.npy", x), [N, features], and np.save("y.npy", y), [N, outputs], of any type of numbers.
        var x = NpyFile.ReadMatrix<float>(Path.Combine(args[0], "x.npy"));
        var y = NpyFile.ReadMatrix<float>(Path.Combine(args[0], "y.npy"));
        var data = DataSet<float>.FromRows(x.ToRowArrays(), y.ToRowArrays());

        var random = new Random(1);
        var net = new Sequential<float>(new Linear<float>(data.Features, 16, random), new Tanh<float>(), new Linear<float>(16, data.Outputs, random));
        Trainer.For(net, new MeanSquaredError<float>(), new Adam<float>(net.Parameters, 0.01f)).Fit(data, epochs: 100);
        NpyFile.Write(Path.Combine(args[0], "predictions.npy"), net.Forward(x));          // np.load("predictions.npy")
        #endregion

        Matrix<float> predictions = NpyFile.ReadMatrix<float>(Path.Combine(folder.Path, "predictions.npy"));
        predictions.Shape().ShouldBe(y.Shape());
        (predictions - y).InfinityNorm().ShouldBeLessThan(0.3f);
    }
}
