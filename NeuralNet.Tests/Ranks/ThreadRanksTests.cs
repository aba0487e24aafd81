using NeuralNet.Core.Ranks;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Ranks;

/// <summary>Training over ranks that are threads of this process, in the cases of <see cref="RankJobTests"/>: what does not depend on what carries the numbers.</summary>
internal sealed class ThreadRanksTests
{
    [Test]
    public void Step_PartsOfABatch_MoveAllRanksAsOne([Values(2, 3)] int ranks)
    {
        using var folder = new TemporaryFolder();
        RankTraining.Run(Communicator.Start(new CommunicatorSettings { Library = "alone" }), [folder.Path]);
        Run(ranks, communicator => RankTraining.Run(communicator, [folder.Path]));

        RankTraining.ShouldHaveMovedAsOne(folder.Path, ranks);
    }

    [Test]
    public void Metrics_OfAllRanks_AreThoseOfAllSamples([Values(1, 2, 4)] int ranks) => Run(ranks, RankMetrics.Run);

    [Test]
    public void Trainer_OnSeveralRanks_AgreesOnAllFigures([Values(2, 3)] int ranks) =>
        ThreadRanks.Run(ranks, communicator => RankTrainer.Train(communicator, ["none"])).Distinct().ShouldHaveSingleItem().ShouldStartWith("Completed");

    [Test]
    public void Trainer_StoppedByRankZero_StopsOnAll() =>
        ThreadRanks.Run(2, communicator => RankTrainer.Train(communicator, ["none", "stop"])).Distinct().ShouldHaveSingleItem().ShouldStartWith("Stopped enough");

    [Test]
    public void Trainer_WithCheckpoints_GivesTheSameAndRefusesOtherRanks()
    {
        using var folder = new TemporaryFolder();
        string expected = ThreadRanks.Run(2, communicator => RankTrainer.Train(communicator, ["none"]))[0];

        // The second of these begins where the first has ended.
        ThreadRanks.Run(2, communicator => RankTrainer.Train(communicator, [folder.Path])).ShouldAllBe(result => result == expected);
        ThreadRanks.Run(2, communicator => RankTrainer.Train(communicator, [folder.Path])).ShouldAllBe(result => result == expected);
        Should.Throw<AggregateException>(() => ThreadRanks.Run(3, communicator => RankTrainer.Train(communicator, [folder.Path])))
            .InnerExceptions.ShouldContain(exception => exception.Message.Contains("was made by 2 ranks; this training has 3"));
    }

    [TestCaseSource(typeof(RankFaults), nameof(RankFaults.Differences))]
    public void Start_ARankDiffers_IsRefusedByNameOnAll(string what, string named)
    {
        AggregateException all = Should.Throw<AggregateException>(() => Run(3, communicator => RankFaults.Run(communicator, what, ["2"])));

        all.InnerExceptions.Count.ShouldBe(3);
        all.InnerExceptions.ShouldAllBe(exception => exception.Message.Contains($"Rank 2 has another {named}"));
    }

    private static void Run(int ranks, Action<ICommunicator> work) => ThreadRanks.Run(ranks, communicator =>
    {
        work(communicator);
        return 0;
    });
}
