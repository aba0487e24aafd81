using NeuralNet.Core.Ranks;
using NeuralNet.Tests.Ranks;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Sweeps;

namespace NeuralNet.Tests.Training.Sweeps;

/// <summary>A sweep by one rank and by several: each trial once, results that stay, and a table of all.</summary>
internal sealed class SweepTests
{
    private static readonly IReadOnlyList<Trial> s_trials = new SearchSpace().Add("rate", 0.1, 1.0 / 3).Add("hidden", 8, 16, 32).Grid();

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase(1)]
    [TestCase(3)]
    public void Run_AnyNumberOfRanks_TrainsEachTrialOnceAndGivesAllResultsToAll(int ranks)
    {
        var trained = new List<int>();
        string[] all = ThreadRanks.Run(ranks, communicator => string.Join(';', new Sweep(communicator, _folder["results"]).Run(s_trials, trial =>
        {
            lock (trained)
            {
                trained.Add(trial.Number);
            }

            return Figures(trial);
        }).Select(result => $"{result.Trial} {result["product"]:R}")));

        all.Distinct().ShouldHaveSingleItem().ShouldBe(string.Join(';', s_trials.Select(trial => $"{trial} {trial["rate"] * trial["hidden"]:R}")));
        trained.Order().ShouldBe([0, 1, 2, 3, 4, 5]);
        File.ReadAllLines(Path.Combine(_folder["results"], Sweep.TableName)).ShouldBe(
            ["trial,rate,hidden,product,problem", .. s_trials.Select(trial => FormattableString.Invariant($"{trial.Number},{trial["rate"]:R},{trial["hidden"]},{trial["rate"] * trial["hidden"]:R},"))]);
    }

    [Test]
    public void Run_Again_TrainsOnlyWhatHasNoResult()
    {
        Run(s_trials.Take(4));
        // Of a job that was ended while it trained.
        File.Delete(_folder["trial-000002.json"]);
        File.WriteAllText(_folder["trial-000005.claim"], "");
        var trained = new List<int>();

        IReadOnlyList<TrialResult> results = new Sweep(Alone, _folder.Path).Run(s_trials, trial =>
        {
            trained.Add(trial.Number);
            return Figures(trial);
        });

        trained.ShouldBe([2, 4, 5]);
        results.Select(result => result["product"]).ShouldBe(s_trials.Select(trial => trial["rate"] * trial["hidden"]));
    }

    [Test]
    public void Run_LossThatIsNotFinite_IsTheResultOfItsTrial()
    {
        IReadOnlyList<TrialResult> Diverging() => new Sweep(Alone, _folder.Path).Run(s_trials, trial => trial.Number == 1
            ? throw new NotFiniteNumberException("the loss is \"NaN\", in step 3\nof 7")
            : [new NamedValue("loss, at the end", double.NaN)]);

        foreach (IReadOnlyList<TrialResult> results in new[] { Diverging(), Diverging() })
        {
            results[1].Problem.ShouldBe("the loss is \"NaN\", in step 3\nof 7");
            results[1].Figures.ShouldBeEmpty();
            results[0].Problem.ShouldBeNull();
            results[0]["loss, at the end"].ShouldBe(double.NaN);
        }

        string table = File.ReadAllText(_folder[Sweep.TableName]);
        table.ShouldStartWith("trial,rate,hidden,\"loss, at the end\",problem\n0,0.1,8,NaN,\n1,0.1,16,NaN,\"the loss is \"\"NaN\"\", in step 3\nof 7\"\n2,");
    }

    [Test]
    public void Run_AnotherException_IsThrownAndTheTrialRunsAgain()
    {
        Should.Throw<FormatException>(() => new Sweep(Alone, _folder.Path).Run(s_trials, trial => trial.Number == 1 ? throw new FormatException() : Figures(trial)));

        Run(s_trials).Count.ShouldBe(6);
    }

    [Test]
    public void Run_FolderOfAnotherSweep_IsRefused()
    {
        Run(s_trials);

        Should.Throw<InvalidDataException>(() => Run(new SearchSpace().Add("rate", 5).Grid())).Message.ShouldBe(
            $"'{_folder["trial-000000.json"]}' is of a trial with the settings rate 0.1, hidden 8; here they are rate 5. Name another folder for another sweep.");
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("{\"settings\":{\"rate\":\"0.1\",\"hidden\":\"8\"}}")]
    [TestCase("{\"settings\":{\"rate\":0.1}}")]
    [TestCase("{\"settings\":{\"rate\":\"x\"}}")]
    public void Run_DamagedResult_IsRefusedByName(string content)
    {
        File.WriteAllText(_folder["trial-000000.json"], content);

        Should.Throw<InvalidDataException>(() => Run(s_trials)).Message.ShouldStartWith($"'{_folder["trial-000000.json"]}' is no result of a trial: ");
    }

    // As on a full disk: there is no claim of another rank that a result could come from. The folder's path is so long that nothing in it can be named.
    [Test]
    [Platform("Linux")]
    public void Run_ClaimThatCannotBeMade_IsThrown()
    {
        const int LongestPath = 4095;
        string folder = _folder.Path;
        while (folder.Length < LongestPath - 5)
        {
            folder = Path.Combine(folder, new string('d', Math.Min(200, LongestPath - 4 - folder.Length)));
        }

        Should.Throw<PathTooLongException>(() => Task.Run(() => new Sweep(Alone, folder).Run(s_trials, Figures)).WaitAsync(TimeSpan.FromSeconds(20)).GetAwaiter().GetResult());
    }

    [Test]
    public void Run_NoTrialsOrTwoOfOneNumber_IsRefused()
    {
        Should.Throw<ArgumentException>(() => Run([])).Message.ShouldStartWith("A sweep needs a trial at least, each with a number of its own.");
        Should.Throw<ArgumentException>(() => Run([s_trials[0], s_trials[0]])).Message.ShouldStartWith("A sweep needs a trial at least");
        Should.Throw<ArgumentNullException>(() => new Sweep(Alone, _folder.Path).Run(null!, Figures)).ParamName.ShouldBe("trials");
        Should.Throw<ArgumentNullException>(() => new Sweep(Alone, _folder.Path).Run(s_trials, null!)).ParamName.ShouldBe("train");
        Should.Throw<ArgumentNullException>(() => new Sweep(null!, "x")).ParamName.ShouldBe("ranks");
        Should.Throw<ArgumentException>(() => new Sweep(Alone, " ")).Message.ShouldStartWith("A sweep needs a folder for its results.");
    }

    private static ICommunicator Alone => Communicator.Start(new CommunicatorSettings { Library = "alone" });

    private IReadOnlyList<TrialResult> Run(IEnumerable<Trial> trials) => new Sweep(Alone, _folder.Path).Run([.. trials], Figures);

    private static IReadOnlyList<NamedValue> Figures(Trial trial) => [new NamedValue("product", trial["rate"] * trial["hidden"])];
}
