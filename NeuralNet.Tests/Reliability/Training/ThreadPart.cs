using NeuralNet.Tests.Reliability.Running;

namespace NeuralNet.Tests.Reliability.Training;

/// <summary>Many threads on one model, many on one pool, and many trainings at once: each gets, to the bit, what it gets alone.</summary>
internal sealed class ThreadPart : Part
{
    private const int Threads = 8;
    private const int Questions = 150;
    private const int Results = 100;
    private const int Trainings = 4;
    private const int Epochs = 10;

    /// <inheritdoc/>
    public override string Name => "threads";

    /// <inheritdoc/>
    public override string Summary => "many threads on one model, each with its cache, on one pool, and in trainings of their own";

    /// <inheritdoc/>
    public override IReadOnlyList<Variant> Variants { get; } =
        [new("2 processors", ("DOTNET_PROCESSOR_COUNT", "2")), new("6 processors", ("DOTNET_PROCESSOR_COUNT", "6"))];

    /// <inheritdoc/>
    public override string Run(long seed, int rounds, CaseFile current)
    {
        for (long round = seed; round < seed + rounds; round++)
        {
            current.Begin(round, 0, "one model");
            new SharedModel(round).Ask(Threads, Questions);
            current.Begin(round, 1, "one pool");
            new SharedPool(round).Compute(Threads, Results);
            current.Begin(round, 2, "trainings at once");
            TrainAtOnce(round);
        }

        return $"{(long)rounds * Threads * Questions} answers of one model to {Threads} threads, {(long)rounds * Threads * Results} results of one pool, " +
            $"{(long)rounds * Trainings} trainings at once: the bits of one thread";
    }

    private static void TrainAtOnce(long seed)
    {
        string alone = Train(seed);
        Together.Run(Trainings, thread =>
        {
            if (Train(seed) != alone)
            {
                throw new DefectException($"the training of thread {thread} has other weights than one alone");
            }
        });
    }

    private static string Train(long seed)
    {
        var training = new SmallTraining<float>(seed, samples: 300, batch: 128, features: 60, hidden: 96);
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            training.Epoch();
        }

        return training.Hash();
    }
}
