using NeuralNet.Training.SanityChecking;

namespace NeuralNet.Tests.Training.SanityChecking;

/// <summary>How often a check is right: of healthy trainings it says nothing, of broken ones what is broken.</summary>
internal sealed class SanityRatesTests
{
    private const int Seeds = 50;

    public static IEnumerable<string> Mistakes => Trainings.Broken.Keys;

    [Test]
    public void Run_TwelveHealthyTrainingsOfFiftySeeds_GiveAtMostOneAlarm() => GivesAtMostOneAlarm(Trainings.Healthy);

    [Test]
    public void Run_TwelveThatTheCheckWasNotMadeFor_GiveAtMostOneAlarm() => GivesAtMostOneAlarm(MoreTrainings.Healthy);

    [TestCaseSource(nameof(Mistakes))]
    public void Run_BrokenTraining_IsNamedByItsCauseAndNoOther(string mistake)
    {
        (string cause, Func<int, SanityCheckReport> run) = Trainings.Broken[mistake];
        for (int seed = 0; seed < 5; seed++)
        {
            SanityCheckReport report = run(seed);

            report.Passed.ShouldBeFalse();
            string[] named = [.. Trainings.Broken.Values.Select(broken => broken.Cause).Distinct().Where(known => report.Advice.Any(line => line.Contains(known, StringComparison.Ordinal)))];

            // Units whose weights are all zero are dead besides.
            named.ShouldBe(mistake == "all weights zero" ? [cause, Trainings.Broken["dead units"].Cause] : [cause], report.ToString());
        }
    }

    [Test]
    public void Run_LearningRateOfTheDefault_IsNotJudged() => Trainings.Healthy["three blobs"](1).Findings.Count.ShouldBe(3);

    private static void GivesAtMostOneAlarm(IReadOnlyDictionary<string, Func<int, SanityCheckReport>> trainings)
    {
        string[] alarms =
        [
            .. from training in trainings
               from seed in Enumerable.Range(0, Seeds)
               let report = training.Value(seed)
               where !report.Passed
               select $"{training.Key}, seed {seed}:\n{report}",
        ];

        trainings.Count.ShouldBe(12);
        alarms.Length.ShouldBeLessThanOrEqualTo(1, string.Concat(alarms));
    }
}
