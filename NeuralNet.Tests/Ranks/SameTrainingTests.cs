using NeuralNet.Core.Ranks;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Ranks;

namespace NeuralNet.Tests.Ranks;

/// <summary>What the ranks of a job are told where one is about to train something else: the whole message, on all of them.</summary>
internal sealed class SameTrainingTests
{
    private const string Advice = ". All ranks of a job train the same network on the same data: start the same program with the same arguments.";

    // Six samples.
    private static readonly double[] s_numbers = [.. Enumerable.Range(0, 18).Select(i => (double)i)];
    private static readonly int[] s_labels = [0, 1, 0, 1, 0, 1];

    [TestCase(false, "seed of the order", "none, and there 1")]
    [TestCase(true, "seed of the order", "1, and there none")]
    public void Check_OneRankShuffles_IsRefused(bool theOther, string what, string difference) =>
        Refused(2, ranks => SameTraining.Check(ranks, new BatchLoader<double>(Labelled(s_labels), 4, ranks.Rank == 1 == theOther ? 1 : null)))
            .ShouldBe($"Rank 1 has another {what} than rank 0: {difference}{Advice}");

    [Test]
    public void Check_OneRankDropsTheLastBatch_IsRefused() =>
        Refused(3, ranks => SameTraining.Check(ranks, new BatchLoader<double>(Labelled(s_labels), 4, dropLast: ranks.Rank == 2)))
            .ShouldBe($"Rank 2 has another batch size than rank 0: 4, whole batches only, and there 4{Advice}");

    [Test]
    public void Check_OneRankHasFewerSamples_IsRefused() =>
        Refused(2, ranks => SameTraining.Check(ranks, new BatchLoader<double>(Labelled(s_labels).Subset([.. Enumerable.Range(0, 6 - ranks.Rank)]), 4)))
            .ShouldBe($"Rank 1 has another number of samples than rank 0: 5, and there 6{Advice}");

    private static IEnumerable<TestCaseData> OtherData()
    {
        yield return Case("labels", Labelled(s_labels), Labelled([0, 1, 0, 1, 1, 0]));
        yield return Case("targets", Regression(s_numbers[12..]), Regression([12, 13, 14, 15, 16, 18]));
        yield return Case("weights", Labelled(s_labels).WithWeights([1, 1, 1, 1, 1, 1]), Labelled(s_labels).WithWeights([1, 1, 1, 1, 1, 2]));
        yield return Case("weights or none", Labelled(s_labels), Labelled(s_labels).WithWeights([1, 1, 1, 1, 1, 1]));

        // The same numbers in the same order, of which another share are targets.
        yield return Case("features", Regression(s_numbers[12..]), Regression(s_numbers[6..]));
        static TestCaseData Case(string name, DataSet<double> one, DataSet<double> other) => new TestCaseData(one, other).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(OtherData))]
    public void Check_OneRankHasOtherData_IsRefused(DataSet<double> one, DataSet<double> other)
    {
        Refused(2, ranks => SameTraining.Check(ranks, new BatchLoader<double>(ranks.Rank == 0 ? one : other, 4))).ShouldStartWith("Rank 1 has another data set, by its SHA-256 than rank 0: ");
        ThreadRanks.Run(2, ranks =>
        {
            SameTraining.Check(ranks, new BatchLoader<double>(other, 4));
            return 0;
        });
    }

    [Test]
    public void Check_OneRankHasTakenAStep_IsRefused() => Refused(2, ranks =>
    {
        var net = new Linear<double>(2, 3, new Random(1));
        var optimizer = new SGD<double>(net.Parameters, 0.1);
        if (ranks.Rank == 1)
        {
            optimizer.Step();
        }

        SameTraining.Check(ranks, net, optimizer);
    }).ShouldBe($"Rank 1 has another number of steps taken than rank 0: 1, and there 0{Advice}");

    [Test]
    public void Check_OneRankHasOtherGroups_IsRefused()
    {
        string[] optimizers = ["", ""];
        Refused(2, ranks =>
        {
            var net = new Linear<double>(2, 3, new Random(1));
            var optimizer = new SGD<double>([new SGD<double>.Group([net.Parameters[0]], 0.1), new SGD<double>.Group([net.Parameters[1]], ranks.Rank == 0 ? 0.2 : 0.3)]);
            optimizers[ranks.Rank] = $"{optimizer}, {optimizer.Groups[0]}, {optimizer.Groups[1]}";
            SameTraining.Check(ranks, net, optimizer);
        }).ShouldBe($"Rank 1 has another optimizer than rank 0: {optimizers[1]}, and there {optimizers[0]}{Advice}");
    }

    [Test]
    public void Check_OneRankHasOtherNames_IsRefused() => Refused(2, ranks =>
    {
        var net = new Sequential<double>((ranks.Rank == 0 ? "a" : "b", new Linear<double>(2, 3, new Random(1))));
        SameTraining.Check(ranks, net, new SGD<double>(net.Parameters, 0.1));
    }).ShouldBe($"Rank 1 has another list of parameters than rank 0: b.weight [2×3], b.bias [1×3], and there a.weight [2×3], a.bias [1×3]{Advice}");

    [Test]
    public void Check_OneRankHasAnotherPrecision_IsRefused()
    {
        Refused(2, ranks =>
        {
            if (ranks.Rank == 0)
            {
                Check<float>(ranks);
            }
            else
            {
                Check<double>(ranks);
            }
        }).ShouldBe($"Rank 1 has another precision than rank 0: Double, and there Single{Advice}");

        static void Check<T>(ICommunicator ranks) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            var net = new Linear<T>(2, 3, new Random(1));
            SameTraining.Check(ranks, net, new SGD<T>(net.Parameters, T.One));
        }
    }

    private static DataSet<double> Labelled(int[] labels) => new(s_numbers[..12], labels, 2, 2);

    private static DataSet<double> Regression(double[] targets) =>
        new DataSet<double>(s_numbers[..(18 - targets.Length)], (18 - targets.Length) / 6).WithTargets(targets, targets.Length / 6);

    private static string Refused(int ranks, Action<ICommunicator> check)
    {
        AggregateException all = Should.Throw<AggregateException>(() => ThreadRanks.Run(ranks, communicator =>
        {
            check(communicator);
            return 0;
        }));
        all.InnerExceptions.Count.ShouldBe(ranks);
        all.InnerExceptions.ShouldAllBe(exception => exception is InvalidOperationException && exception.Message == all.InnerExceptions[0].Message);
        return all.InnerExceptions[0].Message;
    }
}
