using System.Numerics;
using NeuralNet.Benchmarks.Cases;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Layers.Recurrent;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Benchmarks.Jobs;

/// <summary>A recurrent network in training and in use: the linear layer works on the steps as rows.</summary>
internal sealed class SequenceJob<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SampleShape _hiddenShape;
    private readonly RecurrentLayer<T> _recurrent;
    private readonly Linear<T> _linear;
    private readonly SGD<T> _optimizer;
    private readonly SoftmaxCrossEntropy<T> _loss = new();
    private readonly Matrix<T> _inputs;
    private readonly int[] _labels;

    private SequenceJob(SequenceNetwork network)
    {
        var random = new Random(1);
        (int inputs, int hidden, int outputs) = (network.Sizes[0], network.Sizes[1], network.Sizes[2]);
        _recurrent = network.Cell switch
        {
            "lstm" => new LSTM<T>(inputs, hidden, random),
            "gru" => new GRU<T>(inputs, hidden, random),
            _ => new RNN<T>(inputs, hidden, random),
        };
        _linear = new Linear<T>(hidden, outputs, random);
        _optimizer = new SGD<T>([.. _recurrent.Parameters, .. _linear.Parameters], T.CreateChecked(network.Rate));
        _hiddenShape = SampleShape.Sequence(hidden, network.Steps);
        _inputs = Matrix<T>.Build.Random(network.Batch, inputs * network.Steps, 1);
        _labels = [.. Enumerable.Range(0, network.Batch * network.Steps).Select(row => row % outputs)];
    }

    /// <summary>A training step.</summary>
    public static Job CreateStep(SequenceNetwork network)
    {
        var job = new SequenceJob<T>(network);
        Cache<T> cache = new(), linearCache = new(), lossCache = new();
        return new Job(() => job.Step(cache, linearCache, lossCache));
    }

    /// <summary>An answer.</summary>
    public static Job CreateInference(SequenceNetwork network)
    {
        var job = new SequenceJob<T>(network);
        Cache<T> cache = new(training: false), linearCache = new(training: false);
        return new Job(() => job.Forward(cache, linearCache));
    }

    private Matrix<T> Forward(Cache<T> cache, Cache<T> linearCache) =>
        _linear.Forward(MatrixViews.AsPositions(_recurrent.Forward(_inputs, cache), _hiddenShape), linearCache);

    private void Step(Cache<T> cache, Cache<T> linearCache, Cache<T> lossCache)
    {
        _loss.Forward(Forward(cache, linearCache), _labels, lossCache);
        _optimizer.ZeroGradients();
        Matrix<T> downstream = _linear.Backward(_loss.Backward(lossCache), linearCache);
        _recurrent.Backward(MatrixViews.AsSamples(downstream, _hiddenShape), Wanted.None, cache);
        _optimizer.Step();
    }
}
