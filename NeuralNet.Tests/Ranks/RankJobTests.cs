using System.Globalization;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Ranks;

/// <summary>Jobs of one to four ranks, by both libraries.</summary>
[TestFixtureSource(typeof(RankJob), nameof(RankJob.Launchers))]
internal sealed class RankJobTests(string launcher)
{
    private const int Most = 4;

    [Test]
    public void Start_TwoRanks_SaysWhatConnectsThemAndWhy()
    {
        (int exitCode, string[] lines, string errors) = RankJob.Run(launcher, 2, "describe");

        exitCode.ShouldBe(0, errors);
        lines.Length.ShouldBe(2);
        lines.ShouldAllBe(line => line.Contains(launcher.Contains("openmpi") ? "by Open MPI" : "by MPICH") && line.Contains("has started the job") && line.Contains("of 2; threads"));
    }

    [Test]
    public void Collectives_AnyLength_AreWhatOneRankComputes([Range(1, Most)] int ranks)
    {
        (int exitCode, string[] lines, string errors) = RankJob.Run(launcher, ranks, "collectives");

        exitCode.ShouldBe(0, errors);
        lines.Length.ShouldBe(ranks);
        lines.Distinct().ShouldHaveSingleItem().ShouldStartWith("hash ");
    }

    [Test]
    public void Step_PartsOfABatch_MoveAllRanksAsOne()
    {
        using var folder = new TemporaryFolder();
        (int aloneCode, _, string aloneErrors) = RankJob.Run("none", 1, $"steps {folder.Path}");
        aloneCode.ShouldBe(0, aloneErrors);
        for (int ranks = 2; ranks <= Most; ranks++)
        {
            (int exitCode, _, string errors) = RankJob.Run(launcher, ranks, $"steps {folder.Path}");
            exitCode.ShouldBe(0, errors);
            RankTraining.ShouldHaveMovedAsOne(folder.Path, ranks);
        }
    }

    [Test]
    public void Step_RunAgain_GivesTheSameBits()
    {
        using TemporaryFolder one = new(), other = new();
        RankJob.Run(launcher, 3, $"steps {one.Path}").ExitCode.ShouldBe(0);
        RankJob.Run(launcher, 3, $"steps {other.Path}").ExitCode.ShouldBe(0);

        RankTraining.AllSteps(one.Path, 3).ShouldBe(RankTraining.AllSteps(other.Path, 3));
    }

    [Test]
    public void Metrics_OfAllRanks_AreThoseOfAllSamples([Values(1, 2, 4)] int ranks)
    {
        (int exitCode, string[] lines, string errors) = RankJob.Run(launcher, ranks, "metrics");

        exitCode.ShouldBe(0, errors);
        lines.Length.ShouldBe(ranks);
    }

    [TestCaseSource(typeof(RankFaults), nameof(RankFaults.Differences))]
    public void Start_ARankDiffers_IsRefusedByName(string what, string named)
    {
        (int exitCode, _, string errors) = RankJob.Run(launcher, 3, $"{what} 2");

        exitCode.ShouldNotBe(0);
        errors.ShouldContain($"Rank 2 has another {named}");
    }

    [TestCase("throw", "rank 1 of 3", "no such thing as the file of this test")]
    [TestCase("refuse", "rank 1 of 3", "has left the job", "the third sample is out of sorts")]
    [TestCase("exit", "rank 1 of 3", "has left the job")]
    [TestCase("hang", "rank 1 of 3", "hangs")]
    public void Fault_OfOneRank_EndsTheJobAndNamesIt(string fault, params string[] words)
    {
        (int exitCode, string[] lines, string errors) = RankJob.Run(launcher, 3, $"{fault} 1", ("NEURALNET_MPI_TIMEOUT", "5"));

        exitCode.ShouldNotBe(0);
        string all = $"{errors} {string.Join('\n', lines)}";
        words.ShouldAllBe(word => all.Contains(word));
    }

    [Test]
    public void Kill_OfOneRank_EndsTheJobAndNamesIt()
    {
        // MPICH's launcher itself ends with a failed assertion now and then, before a rank can say anything.
        int attempts = launcher == "mpiexec.mpich" ? 5 : 1;
        string all = "";
        for (; attempts > 0 && !IsNamed(all); attempts--)
        {
            (int exitCode, string[] lines, string errors) = RankJob.Run(launcher, 3, "kill 1", ("NEURALNET_MPI_TIMEOUT", "5"));
            exitCode.ShouldNotBe(0);
            all = $"{errors} {string.Join('\n', lines)}";
        }

        IsNamed(all).ShouldBeTrue(all);

        // The launcher's message, or that of the ranks which waited for it.
        static bool IsNamed(string message) => message.Contains("process rank 1") || message.Contains("rank 1 of 3");
    }

    [Test]
    public void NullReference_AfterTheStart_IsAnException()
    {
        (int exitCode, string[] lines, string errors) = RankJob.Run(launcher, 2, "null 1");

        exitCode.ShouldBe(0, errors);
        lines.ShouldBe(["null is an exception", "null is an exception"]);
    }

    [Test]
    public void Trainer_OnSeveralRanks_AgreesOnAllFigures([Values(2, 3)] int ranks)
    {
        (int exitCode, string[] lines, string errors) = RankJob.Run(launcher, ranks, "trainer none");

        exitCode.ShouldBe(0, errors);
        string[] results = Results(lines);
        results.Length.ShouldBe(ranks);
        results.Distinct().ShouldHaveSingleItem().ShouldStartWith("Completed");
    }

    [Test]
    public void Trainer_StoppedByRankZero_StopsOnAll()
    {
        (int exitCode, string[] lines, string errors) = RankJob.Run(launcher, 2, "trainer none stop");

        exitCode.ShouldBe(0, errors);
        Results(lines).Distinct().ShouldHaveSingleItem().ShouldStartWith("Stopped enough");
    }

    // NEURALNET_TESTS_KILLS=50 takes minutes.
    [Test]
    public void Trainer_KilledAndResumed_GivesTheBitsOfTheUndisturbed()
    {
        const int Ranks = 3;
        int wanted = int.Parse(Environment.GetEnvironmentVariable("NEURALNET_TESTS_KILLS") ?? "3", CultureInfo.InvariantCulture), kills = 0;
        string expected = Results(RankJob.Run(launcher, Ranks, "trainer none").Lines).Distinct().ShouldHaveSingleItem();
        for (int seed = 1; kills < wanted; seed++)
        {
            using var folder = new TemporaryFolder();
            (string result, int ofThis) = RankKills.Run(launcher, Ranks, wanted - kills, seed, folder.Path);
            result.ShouldBe(expected);
            kills += ofThis;
        }
    }

    [Test]
    public void Trainer_CheckpointOfOtherRanks_IsRefused()
    {
        using var folder = new TemporaryFolder();
        RankJob.Run(launcher, 2, $"trainer {folder.Path}").ExitCode.ShouldBe(0);

        (int exitCode, _, string errors) = RankJob.Run(launcher, 3, $"trainer {folder.Path}");

        exitCode.ShouldNotBe(0);
        errors.ShouldContain("was made by 2 ranks; this training has 3");
    }

    [Test]
    public void Library_OfAnotherLauncher_IsRefused()
    {
        (int exitCode, _, string errors) = RankJob.Run(launcher, 2, "describe", ("NEURALNET_MPI", launcher.Contains("openmpi") ? "mpich" : "openmpi"));

        exitCode.ShouldNotBe(0);
        errors.ShouldContain("has started 2 processes, but");
    }

    // What each rank says at the end, without its number.
    private static string[] Results(string[] lines) =>
        [.. lines.Where(line => line.StartsWith("rank ", StringComparison.Ordinal) && line.Contains("hash")).Select(line => line.Split(' ', 3)[2])];
}
