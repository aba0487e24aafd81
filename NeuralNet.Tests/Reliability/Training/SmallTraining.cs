using System.Numerics;
using System.Security.Cryptography;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Randomness;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Reliability.Training;

/// <summary>A training of a small network that uses what a training uses: loader, layers of several kinds, loss, regularisation, SGD with momentum.</summary>
internal sealed class SmallTraining<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchLoader<T> _batches;
    private readonly Sequential<T> _net;
    private readonly SoftmaxCrossEntropy<T> _loss = new();
    private readonly L2Regularization<T> _l2;
    private readonly SGD<T> _sgd;
    private readonly Cache<T> _cache = new(), _lossCache = new(), _evaluation = new(training: false);
    private readonly Matrix<T> _all;

    /// <summary>Makes a training.</summary>
    /// <param name="seed">What data, weights and order are drawn from.</param>
    /// <param name="samples">Samples of an epoch.</param>
    /// <param name="batch">Samples of a batch; the last one of an epoch has fewer.</param>
    /// <param name="features">Features of a sample.</param>
    /// <param name="hidden">Width of the network.</param>
    public SmallTraining(long seed, int samples, int batch, int features, int hidden)
    {
        var random = new Philox(seed);
        T[] numbers = new T[samples * features];
        random.FillUniform<T>(numbers);
        int[] labels = new int[samples];
        for (int i = 0; i < samples; i++)
        {
            labels[i] = (numbers[i * features] > T.CreateTruncating(0.5) ? 1 : 0) + (numbers[(i * features) + 1] > T.CreateTruncating(0.7) ? 1 : 0);
        }

        var data = new DataSet<T>(numbers, labels, features, classes: 3);
        _all = Matrix<T>.Build.Dense(samples, features);
        for (int i = 0; i < samples; i++)
        {
            for (int j = 0; j < features; j++)
            {
                _all[i, j] = numbers[(i * features) + j];
            }
        }

        _batches = new BatchLoader<T>(data, batch, seed);
        _net = new Sequential<T>(
            new Linear<T>(features, hidden, random), new ReLU<T>(), new Linear<T>(hidden, hidden, random), new Maxout<T>(2),
            new Linear<T>(hidden / 2, hidden, random), new SiLU<T>(), new Linear<T>(hidden, 3, random));
        _l2 = new L2Regularization<T>(_net.Parameters, T.CreateTruncating(1e-4));
        _sgd = new SGD<T>(_net.Parameters, T.CreateTruncating(0.05), T.CreateTruncating(0.9));
    }

    /// <summary>Steps so far.</summary>
    public long Steps { get; private set; }

    /// <summary>The loss of the last step.</summary>
    public T LastLoss { get; private set; }

    /// <summary>A pass over all samples in batches, then an evaluation of all at once.</summary>
    public void Epoch()
    {
        foreach (Batch<T> batch in _batches)
        {
            LastLoss = _loss.Forward(_net.Forward(batch.Inputs, _cache), batch.Labels, _lossCache) + _l2.Forward();
            _net.ZeroGradients();
            _loss.Backward(_lossCache, _net, _cache);
            _l2.Backward();
            _sgd.Step();
            Steps++;
        }

        _net.Forward(_all, _evaluation);
    }

    /// <summary>A hash of the bits of all weights.</summary>
    public string Hash()
    {
        T[] values = new T[_net.Parameters.ElementCount()];
        _net.Parameters.GatherValues(values);
        return Convert.ToHexStringLower(SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(values)))[..16];
    }
}
