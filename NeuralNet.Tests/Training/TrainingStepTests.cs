using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Tests.Reliability.Training;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Data;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Training;

/// <summary>The parts together: a whole training step of a three-layer network.</summary>
[NonParallelizable]
internal sealed class TrainingStepTests
{
    [Test]
    public void Step_ThreeLayers_AllocatesNothingOnTheCallersThread() => Allocation.OfThread(Epoch(seed: 0)).ShouldBe(0);

    [Test]
    public void Step_ThreeLayers_AllocatesNothingOnAnyThread() => Allocation.OfProcess(Epoch(seed: 0)).ShouldBe(0);

    [Test]
    public void Step_NetworkOfImagesOrSequences_AllocatesNothingOnAnyThread([ValueSource(typeof(NetworkTraining<float>), nameof(NetworkTraining<>.Kinds))] string kind) =>
        Allocation.OfProcess(new NetworkTraining<float>(kind, seed: 1).Epoch, runs: 2).ShouldBe(0);

    [TestCase("simd")]
    [TestCase("mkl")]
    [TestCase("openblas")]
    public void Steps_SameSeed_GiveTheSameBits(string provider) => Provider.With(provider, () => Train(seed: 3).ShouldBe(Train(seed: 3)));

    [TestCase("simd")]
    [TestCase("managed")]
    [TestCase("mkl")]
    [TestCase("openblas")]
    public void Steps_EachProvider_LearnsTheSame(string provider)
    {
        float[] expected = Train(seed: 3);
        Provider.With(provider, () =>
        {
            float[] losses = Train(seed: 3);
            losses[^1].ShouldBeLessThan(losses[0] / 2);
            losses[^1].ShouldBe(expected[^1], 0.01 * expected[0]);
        });
    }

    private static float[] Train(int seed)
    {
        var losses = new List<float>();
        Action epoch = Epoch(seed, losses);
        for (int i = 0; i < 30; i++)
        {
            epoch();
        }

        return [.. losses];
    }

    // 150 samples in batches of 64: two full ones and a partial one.
    private static Action Epoch(int seed, List<float>? losses = null)
    {
        var random = new Random(seed);
        var samples = new float[150 * 50];
        Some.Numbers<float>(samples, random);
        int[] labels = [.. Enumerable.Range(0, 150).Select(i => samples[i * 50] > 0 ? 1 : samples[(i * 50) + 1] > 0 ? 2 : 0)];
        var batches = new BatchLoader<float>(new DataSet<float>(samples, labels, 50, 3), 64, seed);
        var net = new Sequential<float>(
            new Linear<float>(50, 60, random), new ReLU<float>(), new Linear<float>(60, 40, random), new Sigmoid<float>(), new Linear<float>(40, 3, random));
        var loss = new SoftmaxCrossEntropy<float>();
        var l2 = new L2Regularization<float>(net.Parameters, 1e-4f);
        var sgd = new SGD<float>(net.Parameters, 0.1f, momentum: 0.9f);
        Cache<float> cache = new(), lossCache = new();
        return () =>
        {
            foreach (Batch<float> batch in batches)
            {
                float value = loss.Forward(net.Forward(batch.Inputs, cache), batch.Labels, lossCache) + l2.Forward();
                losses?.Add(value);
                net.ZeroGradients();
                loss.Backward(lossCache, net, cache);
                l2.Backward();
                sgd.Step();
            }
        };
    }
}
