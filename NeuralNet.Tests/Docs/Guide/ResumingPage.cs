using NeuralNet.Core;
using NeuralNet.Layers;
using NeuralNet.Tests.Training.Fitting;
using NeuralNet.Training.Checkpoints;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The rest of docs/guide/resuming.md.</summary>
internal sealed class ResumingPage
{
    private const string Page = "docs/guide/resuming.md";

    private GuideFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new GuideFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Loop_OfOnesOwn_GoesOnWithTheSameBits()
    {
        double[] once = Loop(Path.Combine(_folder.Path, "once.safetensors"), epochs: 6);
        string path = Path.Combine(_folder.Path, "twice.safetensors");
        Loop(path, epochs: 3);

        Loop(path, epochs: 6).ShouldBe(once);
    }

    private static double[] Loop(string path, int epochs)
    {
        Sequential<double> net = Blobs.Network();
        var loss = new SoftmaxCrossEntropy<double>();
        var (cache, lossCache) = (new Cache<double>(), new Cache<double>());
        #region loop
        var optimizer = new Adam<double>(net.Parameters, 0.01);
        var train = new BatchLoader<double>(Blobs.Points(120, seed: 1), batchSize: 16, seed: 4);
        var checkpoint = new Checkpoint<double>(net, optimizer) { Batches = train };
        if (File.Exists(path))
        {
            checkpoint.Restore(path);
        }

        while (train.Epoch < epochs)
        {
            foreach (var batch in train)
            {
                loss.Forward(net.Forward(batch.Inputs, cache), batch.Labels, lossCache);
                net.ZeroGradients();
                loss.Backward(lossCache, net, cache);
                optimizer.Step();
                if (optimizer.Steps % 10 == 0)
                {
                    checkpoint.Save(path);                                        // between two steps
                }
            }
        }
        #endregion

        return Blobs.Weights(net);
    }

    [Test]
    public void Settings_ThatGoOnWithoutSpace_TellTheProgram()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        string folder = Path.Combine(_folder.Path, "runs");
        #region settings
        trainer.Checkpoints = new CheckpointSettings<double>(folder)
        {
            Resumes = true,                                                       // without: a folder that holds checkpoints is refused
            EveryEpochs = 2,
            EverySteps = 500,                                                     // within an epoch too
            KeepLast = 5,                                                         // and the best, by the validation loss
            WriteFailed = error => Console.Error.WriteLine(error.Message),        // a full disk: go on without
        };
        #endregion
        trainer.Fit(Blobs.Points(60, seed: 1), epochs: 12, batchSize: 20, seed: 1);

        Directory.GetFiles(folder, "*.safetensors").Length.ShouldBeInRange(5, 6);
        trainer.Checkpoints = new CheckpointSettings<double>(folder);
        Quoted.ShouldBe(Should.Throw<InvalidOperationException>(() => trainer.Fit(Blobs.Points(60, seed: 1), epochs: 12, batchSize: 20, seed: 1)), Page, "not-empty", _folder.Path);
        trainer.Checkpoints = new CheckpointSettings<double>(folder) { Resumes = true };
        Quoted.ShouldBe(Should.Throw<InvalidDataException>(() => trainer.Fit(Blobs.Points(60, seed: 1), epochs: 12, batchSize: 30, seed: 2)), Page, "batches", Path.Combine(_folder.Path, "runs"));
    }

    [Test]
    public void Checkpoint_OfAnotherOptimizer_IsRefused()
    {
        Sequential<double> net = Blobs.Network();
        string path = Path.Combine(_folder.Path, "run.safetensors");
        new Checkpoint<double>(net, new SGD<double>(net.Parameters, 0.1)).Save(path);

        Quoted.ShouldBe(Should.Throw<InvalidDataException>(() => new Checkpoint<double>(net, new Adam<double>(net.Parameters, 0.1)).Restore(path)), Page, "optimizer", _folder.Path);
    }
}
