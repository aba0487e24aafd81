using System.Numerics;
using NeuralNet.Benchmarks.Cases;
using NeuralNet.Core.Initializers;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Benchmarks.Jobs;

/// <summary>A training step on one batch that stays in memory.</summary>
internal static class StepJob
{
    /// <summary>A network with biases.</summary>
    public static Job Create<T>(Network network) where T : unmanaged, IFloatingPointIeee754<T> =>
        new(OnBatch(new TrainingRun<T>(network), network, network.Batch));

    /// <summary>A network with biases, trained with Adam.</summary>
    public static Job CreateAdam<T>(Network network) where T : unmanaged, IFloatingPointIeee754<T> => new(OnBatch(
        new TrainingRun<T>(network, optimizer: parameters => new Adam<T>(parameters, T.CreateChecked(network.Rate))), network, network.Batch));

    /// <summary>The lecture's program: no biases, weights from the standard normal distribution.</summary>
    public static Job CreateLecture<T>(Network network) where T : unmanaged, IFloatingPointIeee754<T> =>
        new(OnBatch(new TrainingRun<T>(network, bias: false, new Normal(1)), network, network.Batch));

    /// <summary>A step of the run on a random batch of a size of its own.</summary>
    public static Action OnBatch<T>(TrainingRun<T> run, Network network, int batch) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int outputs = network.Sizes[^1];
        Matrix<T> inputs = Matrix<T>.Build.Random(batch, network.Sizes[0], 1);
        if (network.Loss == "squares")
        {
            Matrix<T> targets = Matrix<T>.Build.Random(batch, outputs, 2);
            return () => run.Step(inputs, targets);
        }

        ReadOnlyMemory<int> labels = Enumerable.Range(0, batch).Select(sample => sample % outputs).ToArray();
        return () => run.Step(inputs, labels);
    }
}
