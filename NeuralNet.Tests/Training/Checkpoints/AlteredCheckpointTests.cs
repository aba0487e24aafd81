using NeuralNet.Core;
using NeuralNet.Core.Randomness;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Tests.Training.Fitting;
using NeuralNet.Training.Checkpoints;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Training.Checkpoints;

/// <summary>Checkpoints that somebody has altered, with a checksum that fits: what the error says, and that weights and optimiser are left as they were.</summary>
internal sealed class AlteredCheckpointTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("optimizer/kind", "Lion", "was made while Lion trained; this is SGD.")]
    [TestCase("optimizer/kind", null, "has no text 'optimizer/kind'.")]
    [TestCase("optimizer/steps", "few", "'optimizer/steps' is 'few', not a whole number.")]
    [TestCase("average/updates", null, "was made without a moving average of the weights; here there is one.")]
    [TestCase("average/updates", "-1", "has a moving average of -1 updates.")]
    [TestCase("random/program/noise", null, "has no text 'random/program/noise'.")]
    [TestCase("random/program/noise", "1", "the generator 'program/noise' has the state '1', which is none.")]
    [TestCase("batches/of", "batches of 3", "was made with batches of 3; here it is batches of 8 of 60 samples, shuffled by seed 2.")]
    [TestCase("batches/epoch", "-1", "says epoch -1, batch 1, but an epoch has 8 batches.")]
    [TestCase("batches/epoch", "2147483648", "says epoch 2147483648, batch 1, but")]
    [TestCase("batches/position", "-1", "says epoch 0, batch -1, but")]
    [TestCase("batches/position", "9", "says epoch 0, batch 9, but")]
    public void Restore_AnotherText_SaysWhatAndChangesNothing(string name, string? text, string expected) =>
        Refusal(texts: (name, text)).ShouldContain(expected);

    [TestCase("history", "{", "has a history that cannot be read: ")]
    [TestCase("history", "[null]", "has a history that cannot be read: an epoch has not a name for each figure.")]
    [TestCase("history", """[{"Epoch":1,"Steps":1,"Samples":1,"Ticks":1,"Names":["a"],"Values":[]}]""", "an epoch has not a name for each figure.")]
    public void Restore_AnotherHistory_SaysWhat(string name, string text, string expected)
    {
        Alter((name, text), null);

        Should.Throw<InvalidDataException>(() => new Training(2).Checkpoint.Restore(Path)).Message.ShouldContain(expected);
    }

    [TestCase("optimizer/rates", null, "has no numbers 'optimizer/rates'.")]
    [TestCase("optimizer/rates", new[] { 0.1, 0.2 }, "had 2 groups of parameters; this one has 1.")]
    [TestCase("optimizer/plateaus", new[] { 1.0, 2, 3, 4 }, "was made with another schedule of the learning rate than ")]
    [TestCase("optimizer/states/0.weight/velocity", null, "has other states of SGD: it lacks '0.weight/velocity'.")]
    [TestCase("optimizer/states/strange", new[] { 1.0 }, ": it has 'strange', which is not here.")]
    [TestCase("average/means/0.weight", null, "has other averaged weights: it lacks '0.weight'.")]
    [TestCase("average/means/strange", new[] { 1.0 }, "has other averaged weights: it has 'strange', which is not here.")]
    [TestCase("network/0.weight", null, "the file lacks 'network/0.weight' [8, 2]")]
    [TestCase("network/strange", new[] { 1.0 }, "the network has no 'network/strange' [1]")]
    public void Restore_OtherNumbers_SaysWhatAndChangesNothing(string name, double[]? numbers, string expected) => Refusal(tensors: (name, numbers)).ShouldContain(expected);

    [Test]
    public void Restore_BothMoreAndLess_NamesOneOfEach()
    {
        Alter(null, ("average/means/0.weight", null));
        Alter(null, ("average/means/strange", [1.0]), from: Path);

        Should.Throw<InvalidDataException>(() => new Training(2).Checkpoint.Restore(Path)).Message.ShouldEndWith(
            "has other averaged weights: it lacks '0.weight'; it has 'strange', which is not here.");
    }

    [Test]
    public void Restore_AnotherVersion_SaysWhich() => Refusal(texts: ("checkpoint.version", "2")).ShouldBe($"'{Path}' is a checkpoint of version 2; known is 1.");

    [Test]
    public void Restore_LastEpochThatThereCanBe_IsTaken()
    {
        Alter(("batches/epoch", "2147483647"), null);
        var training = new Training(2);

        training.Checkpoint.Restore(Path);

        training.Batches.Epoch.ShouldBe(int.MaxValue);
    }

    [Test]
    public void Restore_AsItWas_PutsAllBack()
    {
        Training first = new(1), second = new(2);
        first.Checkpoint.Save(Path);
        Alter(null, null, from: Path);

        second.Checkpoint.Restore(Path);

        Blobs.Weights(second.Network).ShouldBe(Blobs.Weights(first.Network));
        (second.Batches.Epoch, second.Batches.Position, second.Optimizer.Steps, second.Average.Updates).ShouldBe((0, 1, 1, 1));
        second.History.Last.ValidationLoss.ShouldBe(0.25);
        second.History.Last.Duration.ShouldBe(TimeSpan.FromSeconds(3));
        second.Noise.State.ShouldBe(first.Noise.State);
        second.Average.Averages[0].Value.ShouldBe(first.Average.Averages[0].Value);
    }

    private string Path => _folder["checkpoint"];

    private string Refusal((string Name, string? Text)? texts = null, (string Name, double[]? Numbers)? tensors = null)
    {
        Alter(texts, tensors);
        var training = new Training(2);
        double[] before = [.. Blobs.Weights(training.Network), .. training.Optimizer.States.SelectMany(state => state.Value.AsSpan().ToArray())];
        string error = Should.Throw<InvalidDataException>(() => training.Checkpoint.Restore(Path)).Message;
        Blobs.Weights(training.Network).Concat(training.Optimizer.States.SelectMany(state => state.Value.AsSpan().ToArray())).ShouldBe(before);
        (training.Batches.Epoch, training.Batches.Position, training.Optimizer.Steps).ShouldBe((0, 1, 1));
        return error;
    }

    // Saves a checkpoint, where none is there to begin from, and alters it.
    private void Alter((string Name, string? Text)? text, (string Name, double[]? Numbers)? tensor, string? from = null)
    {
        if (from is null)
        {
            new Training(1).Checkpoint.Save(Path);
        }

        AlteredCheckpoint.Write(Path, text, tensor);
    }

    // A training after its first step.
    private sealed class Training
    {
        public Training(int seed)
        {
            Network = Blobs.Network(seed);
            Optimizer = new SGD<double>(Network.Parameters, 0.1, momentum: 0.9);
            Average = new ExponentialMovingAverage<double>(Network.Parameters, 0.5);
            Batches = new BatchLoader<double>(Blobs.Points(60, 1), 8, seed: 2);
            Noise = new Philox(seed);
            Optimizer.Step();
            Average.Update();
            Batches.Resume(0, 1);
            Checkpoint = new Checkpoint<double>(Network, Optimizer) { WeightAverage = Average, Batches = Batches, Generators = [new("noise", Noise)], History = History };
            if (seed == 1)
            {
                History.Add(new EpochRecord(1, 8, 60, TimeSpan.FromSeconds(3), [new("validation loss", 0.25)]));
            }
        }

        public Sequential<double> Network { get; }

        public SGD<double> Optimizer { get; }

        public ExponentialMovingAverage<double> Average { get; }

        public BatchLoader<double> Batches { get; }

        public Philox Noise { get; }

        public TrainingHistory History { get; } = new();

        public Checkpoint<double> Checkpoint { get; }
    }
}
