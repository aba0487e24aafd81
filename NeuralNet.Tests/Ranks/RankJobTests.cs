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
        lines.Distinct().ShouldBe(RankJob.Run(launcher, ranks, "collectives").Lines.Distinct());
    }

    [Test]
    public void Step_PartsOfABatch_MoveAllRanksAsOne([ValueSource(typeof(RankTraining), nameof(RankTraining.Kinds))] string kind, [Values("float", "double")] string type)
    {
        using var folder = new TemporaryFolder();
        (int aloneCode, _, string aloneErrors) = RankJob.Run("none", 1, $"steps {type} {kind} {folder["1"]}");
        aloneCode.ShouldBe(0, aloneErrors);
        double[] alone = Numbers(folder["1"]);
        foreach (int ranks in new[] { 2, 3, 4 })
        {
            string file = folder[ranks.ToString(CultureInfo.InvariantCulture)];
            (int exitCode, string[] lines, string errors) = RankJob.Run(launcher, ranks, $"steps {type} {kind} {file}");
            exitCode.ShouldBe(0, errors);
            string[] steps = [.. lines.Where(line => line.StartsWith("steps ", StringComparison.Ordinal))];
            steps.Length.ShouldBe(ranks);
            int.Parse(steps.Distinct().ShouldHaveSingleItem().Split(' ')[1], CultureInfo.InvariantCulture).ShouldBeGreaterThan(10);

            double[] weights = Numbers(file);
            weights.Length.ShouldBe(alone.Length);
            double tolerance = type == "float" ? 1e-5 : 1e-12;
            weights.Zip(alone, (one, other) => Math.Abs(one - other) / Math.Max(1, Math.Abs(other))).Max().ShouldBeLessThanOrEqualTo(tolerance, $"{ranks} ranks");
            lines.Where(line => line.StartsWith("loss", StringComparison.Ordinal)).Distinct().Count().ShouldBe(3);
        }
    }

    [Test]
    public void Step_RunAgain_GivesTheSameBits()
    {
        using var folder = new TemporaryFolder();
        string[] first = RankJob.Run(launcher, 3, $"steps float normalized {folder["a"]}").Lines, second = RankJob.Run(launcher, 3, $"steps float normalized {folder["b"]}").Lines;

        first.Order().ShouldBe(second.Order());
        first.Length.ShouldBe(3 * 4);
    }

    [Test]
    public void Metrics_OfAllRanks_AreThoseOfAllSamples([Values(1, 2, 4)] int ranks)
    {
        (int exitCode, string[] lines, string errors) = RankJob.Run(launcher, ranks, "metrics");

        exitCode.ShouldBe(0, errors);
        lines.Length.ShouldBe(ranks);
    }

    [TestCase("data", "data set")]
    [TestCase("network", "network")]
    [TestCase("generator", "seed of a generator")]
    [TestCase("optimizer", "optimizer")]
    [TestCase("batch", "batch size")]
    [TestCase("seed", "seed of the order")]
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
        (int exitCode, string[] lines, string errors) = RankJob.Run(launcher, 3, "kill 1", ("NEURALNET_MPI_TIMEOUT", "5"));

        exitCode.ShouldNotBe(0);
        string all = $"{errors} {string.Join('\n', lines)}", process = lines.Single(line => line.StartsWith("rank 1 is process", StringComparison.Ordinal)).Split(' ')[^1];
        // MPICH's launcher ends all ranks as soon as one is killed, before another can say which, and names a process that it has ended; Open MPI's names the rank.
        (all.Contains("process rank 1") || all.Contains("rank 1 of 3") || all.Contains($"PID {process}") || (launcher == "mpiexec.mpich" && all.Contains("BAD TERMINATION"))).ShouldBeTrue(all);
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

    [Test]
    public void Trainer_KilledAndResumed_GivesTheBitsOfTheUndisturbed()
    {
        using var folder = new TemporaryFolder();
        string expected = Results(RankJob.Run(launcher, 2, "trainer none").Lines).Distinct().ShouldHaveSingleItem();

        RankKills.Run(launcher, 2, kills: 3, seed: 1, folder.Path).ShouldBe(expected);
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

    private static double[] Numbers(string file) => [.. File.ReadLines(file).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];

    // What each rank says at the end, without its number.
    private static string[] Results(string[] lines) =>
        [.. lines.Where(line => line.StartsWith("rank ", StringComparison.Ordinal) && line.Contains("hash")).Select(line => line.Split(' ', 3)[2])];
}
