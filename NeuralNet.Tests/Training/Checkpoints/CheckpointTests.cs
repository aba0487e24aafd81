using NeuralNet.Core;
using NeuralNet.Core.Files;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Randomness;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Tests.Training.Fitting;
using NeuralNet.Training.Checkpoints;
using NeuralNet.Training.Data;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Training.Checkpoints;

/// <summary>Checkpoints of a loop of one's own, and what is refused.</summary>
internal sealed class CheckpointTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    // A loop as somebody would write it, which draws noise for each step from a generator of its own.
    private static double[] Loop(string? path, int seed, int epochs, long stopAt = long.MaxValue)
    {
        var net = new Sequential<double>(new Linear<double>(2, 6, new Random(seed)), new Dropout<double>(0.3, new Philox(seed)), new ReLU<double>(), new Linear<double>(6, 3, new Random(seed)));
        var extra = new Parameter<double>(Matrix<double>.Build.Dense(1, 3, seed));
        var optimizer = new SGD<double>([.. net.Parameters, new NamedParameter<double>("extra", extra)], 0.05, momentum: 0.9);
        var train = new BatchLoader<double>(Blobs.Points(60, 1), 8, seed: 2);
        var noise = new Philox(seed, stream: 5);
        var checkpoint = new Checkpoint<double>(net, optimizer) { Batches = train, Generators = [new("noise", noise)] };
        var (cache, lossCache, loss) = (new Cache<double>(), new Cache<double>(), new SoftmaxCrossEntropy<double>());
        if (path is not null && File.Exists(path))
        {
            checkpoint.Restore(path);
        }

        while (train.Epoch < epochs)
        {
            foreach (Batch<double> batch in train)
            {
                loss.Forward(net.Forward(batch.Inputs, cache), batch.Labels, lossCache);
                net.ZeroGradients();
                loss.Backward(lossCache, net, cache);
                extra.AddToGradient(Matrix<double>.Build.Dense(1, 3, (_, _) => noise.NextDouble()).AsSpan());
                optimizer.Step();
                extra.ZeroGradient();
                if (path is not null)
                {
                    checkpoint.Save(path);
                }

                if (optimizer.Steps == stopAt)
                {
                    return [];
                }
            }
        }

        return [.. Blobs.Weights(net), .. extra.Value.AsSpan()];
    }

    [TestCase(1)]
    [TestCase(8)]
    [TestCase(13)]
    [TestCase(16)]
    public void Restore_LoopOfOnesOwn_GoesOnWithTheSameBits(int stopAt)
    {
        double[] whole = Loop(null, seed: 1, epochs: 3);
        Loop(_folder["c"], seed: 1, epochs: 3, stopAt);

        Loop(_folder["c"], seed: 2, epochs: 3).ShouldBe(whole);
    }

    [Test]
    public void Restore_AnotherNetwork_SaysWhatDiffersAndChangesNothing()
    {
        Save(new SGD<double>(Blobs.Network().Parameters, 0.1));
        Sequential<double> other = new(new Linear<double>(2, 9, new Random(3)), new Tanh<double>(), new Linear<double>(9, 3, new Random(4)));
        double[] before = Blobs.Weights(other);

        Should.Throw<InvalidDataException>(() => new Checkpoint<double>(other, new SGD<double>(other.Parameters, 0.1)).Restore(_folder["c"])).Message.ShouldBe(
            $"'{_folder["c"]}': The tensors do not fit Sequential(Linear(2 → 9), Tanh, Linear(9 → 3)): 'network/0.weight' is [8, 2] in the file, [9, 2] in the network, " +
            "'network/0.bias' is [8] in the file, [9] in the network, 'network/2.weight' is [3, 8] in the file, [3, 9] in the network. Nothing was loaded.");
        Blobs.Weights(other).ShouldBe(before);
    }

    [Test]
    public void Restore_AnotherOptimizer_IsRefused()
    {
        Save(new SGD<double>(Blobs.Network().Parameters, 0.1));

        Refusal(net => new Adam<double>(net.Parameters, 0.1)).ShouldBe($"'{_folder["c"]}' was made while SGD trained; this is Adam.");
        Refusal(net => new SGD<double>(net.Parameters, 0.1, momentum: 0.9)).ShouldBe($"'{_folder["c"]}' has other states of SGD: it lacks '0.weight/velocity'.");
    }

    [Test]
    public void Restore_AverageHereOrThereOnly_IsRefused()
    {
        Save(new SGD<double>(Blobs.Network().Parameters, 0.1));
        Sequential<double> net = Blobs.Network();
        var checkpoint = new Checkpoint<double>(net, new SGD<double>(net.Parameters, 0.1)) { WeightAverage = new ExponentialMovingAverage<double>(net.Parameters) };

        Should.Throw<InvalidDataException>(() => checkpoint.Restore(_folder["c"])).Message.ShouldBe($"'{_folder["c"]}' was made without a moving average of the weights; here there is one.");
        checkpoint.Save(_folder["averaged"]);
        Should.Throw<InvalidDataException>(() => new Checkpoint<double>(net, new SGD<double>(net.Parameters, 0.1)).Restore(_folder["averaged"])).Message
            .ShouldBe($"'{_folder["averaged"]}' was made with a moving average of the weights; here there is none.");
    }

    [Test]
    public void Restore_ModelFile_IsNoCheckpoint()
    {
        var writer = new SafeTensorsWriter();
        writer.Write(_folder["c"]);

        Refusal(net => new SGD<double>(net.Parameters, 0.1)).ShouldBe($"'{_folder["c"]}' is a safetensors file, but no checkpoint of a training.");
    }

    [Test]
    public void Restore_AnyByteChanged_IsRefused()
    {
        Save(new SGD<double>(Blobs.Network().Parameters, 0.1));
        byte[] bytes = File.ReadAllBytes(_folder["c"]);
        for (int i = 0; i < bytes.Length; i += 7)
        {
            bytes[i] ^= 0x10;
            File.WriteAllBytes(_folder["c"], bytes);
            bytes[i] ^= 0x10;

            Should.Throw<InvalidDataException>(() => Restore(net => new SGD<double>(net.Parameters, 0.1)), $"byte {i}");
        }
    }

    [Test]
    public void Restore_ChangedRate_ComesBack()
    {
        Sequential<double> net = Blobs.Network();
        var optimizer = new SGD<double>(net.Parameters, 0.1);
        optimizer.LearningRate = 0.0125;
        new Checkpoint<double>(net, optimizer).Save(_folder["c"]);
        var other = new SGD<double>(net.Parameters, 0.1);

        new Checkpoint<double>(net, other).Restore(_folder["c"]);

        other.LearningRate.ShouldBe(0.0125);
    }

    private void Save(Optimizer<double> optimizer) => new Checkpoint<double>(Blobs.Network(), optimizer).Save(_folder["c"]);

    private void Restore(Func<Gate<double>, Optimizer<double>> optimizer)
    {
        Sequential<double> net = Blobs.Network();
        new Checkpoint<double>(net, optimizer(net)).Restore(_folder["c"]);
    }

    private string Refusal(Func<Gate<double>, Optimizer<double>> optimizer) => Should.Throw<InvalidDataException>(() => Restore(optimizer)).Message;
}
