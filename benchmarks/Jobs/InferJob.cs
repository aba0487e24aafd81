using System.Numerics;
using NeuralNet.Benchmarks.Cases;
using NeuralNet.Core;
using NeuralNet.Layers;

namespace NeuralNet.Benchmarks.Jobs;

/// <summary>The network's answer to a batch, in the caller's workspace.</summary>
internal static class InferJob
{
    public static Job Create<T>(Network network) where T : unmanaged, IFloatingPointIeee754<T> =>
        new(OnBatch(new TrainingRun<T>(network).Model, network, network.Batch));

    /// <summary>The answer to a random batch of a size of its own.</summary>
    public static Action OnBatch<T>(Sequential<T> model, Network network, int batch) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var workspace = new Cache<T>(training: false);
        Matrix<T> inputs = Matrix<T>.Build.Random(batch, network.Sizes[0], 1);
        return () => model.Forward(inputs, workspace);
    }
}
