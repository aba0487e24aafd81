using NeuralNet.Tests.Ranks;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Examples;

internal sealed class SweepTests
{
    [Test]
    public void Run_Grid_HasARowForEachTrialAndGoesOnFromItsResults()
    {
        using var folder = new TemporaryFolder();
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("Sweep", folder.Path);

        exitCode.ShouldBe(0, errors);
        lines.Count(line => line.StartsWith("rank 0: trial", StringComparison.Ordinal)).ShouldBe(18);
        string[] table = File.ReadAllLines(folder["results.csv"]);
        table[0].ShouldBe("trial,hidden,rate,momentum,loss,accuracy,problem");
        table.Length.ShouldBe(19);
        double.Parse(table[^1].Split(',')[5], System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0.9);

        File.Delete(folder["trial-000003.json"]);
        string[] again = ExampleProgram.Run("Sweep", folder.Path).Lines;

        again.Where(line => line.StartsWith("rank 0: trial", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldStartWith("rank 0: trial 3,");
        File.ReadAllLines(folder["results.csv"]).ShouldBe(table);
    }

    [Test]
    public void Run_OverRanks_GivesTheTableOfOne([ValueSource(typeof(RankJob), nameof(RankJob.Launchers))] string launcher)
    {
        using TemporaryFolder one = new(), three = new();
        ExampleProgram.Run("Sweep", $"{one.Path} random 7").ExitCode.ShouldBe(0);

        (int exitCode, string[] lines, string errors) = RankJob.RunProgram(launcher, 3, Path.Combine(AppContext.BaseDirectory, "Sweep.dll"), $"{three.Path} random 7");

        exitCode.ShouldBe(0, errors);
        lines.Count(line => line.Contains(": trial ", StringComparison.Ordinal)).ShouldBe(7);
        File.ReadAllLines(three["results.csv"]).ShouldBe(File.ReadAllLines(one["results.csv"]));
    }

    [Test]
    public void Run_FolderOfAnotherSweep_IsRefused()
    {
        using var folder = new TemporaryFolder();
        ExampleProgram.Run("Sweep", $"{folder.Path} random 1").ExitCode.ShouldBe(0);

        (int exitCode, _, string errors) = ExampleProgram.Run("Sweep", folder.Path);

        exitCode.ShouldBe(1);
        errors.ShouldContain("Name another folder for another sweep");
    }

    [TestCase("")]
    [TestCase("folder random")]
    [TestCase("folder random 0")]
    [TestCase("folder what")]
    public void Run_WrongArguments_SaysHow(string arguments) => ExampleProgram.Run("Sweep", arguments).ExitCode.ShouldBe(2);
}
