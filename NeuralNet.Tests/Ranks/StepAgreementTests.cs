using NeuralNet.Core;
using NeuralNet.Core.Ranks;
using NeuralNet.Training.Ranks;

namespace NeuralNet.Tests.Ranks;

/// <summary>What the ranks agree on at the end of a step.</summary>
internal sealed class StepAgreementTests
{
    // 40 parameters: more than one number of 32 bits can tell of.
    [Test]
    public void Run_ParameterThatNoRankHasReached_HasNoGradient()
    {
        string[] untouched = ThreadRanks.Run(3, ranks =>
        {
            NamedParameter<double>[] parameters = [.. Enumerable.Range(0, 40).Select(i => new NamedParameter<double>($"{i}", new Parameter<double>(Matrices.Zeros<double>(1, 1))))];
            GradientBucket<double>[] buckets = [new(parameters[..7]), new(parameters[7..39]), new(parameters[39..])];
            foreach (int reached in new[] { ranks.Rank, 30 + ranks.Rank, 38, 35 + (ranks.Rank * 2) })
            {
                parameters[reached].Parameter.SetGradient(Matrices.FromRows<double>([1]));
            }

            Agree(ranks, buckets, steps: 4);
            return string.Join(' ', parameters.Where(named => named.Parameter.IsGradientZero).Select(named => named.Name));
        });

        int[] reachedByAny = [0, 1, 2, 30, 31, 32, 35, 37, 38, 39];
        untouched.ShouldAllBe(names => names == string.Join(' ', Enumerable.Range(0, 40).Except(reachedByAny)));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void Run_AnyRankWantsToStop_AllDo(int who) => ThreadRanks.Run(3, ranks => Agree(ranks, [], 4, wantsToStop: ranks.Rank == who).IsStopAgreed).ShouldAllBe(stops => stops);

    [Test]
    public void Run_NobodyWantsToStop_NobodyDoes() => ThreadRanks.Run(3, ranks => Agree(ranks, [], 4).IsStopAgreed).ShouldAllBe(stops => !stops);

    [Test]
    public void Run_RankIsAStepAhead_IsRefusedOnAll()
    {
        AggregateException all = Should.Throw<AggregateException>(() => ThreadRanks.Run(3, ranks => Agree(ranks, [], ranks.Rank == 2 ? 5 : 4).IsStopAgreed));

        all.InnerExceptions.Select(exception => exception.Message).ShouldBe(Enumerable.Repeat("Rank 2 has taken 5 steps and rank 0 4: they do not take the same ones.", 3));
    }

    private static StepAgreement<double> Agree(ICommunicator ranks, GradientBucket<double>[] buckets, long steps, bool wantsToStop = false)
    {
        foreach (GradientBucket<double> bucket in buckets)
        {
            ranks.Post(bucket);
            bucket.Wait();
        }

        var agreement = new StepAgreement<double>(buckets, ranks.Size) { Steps = steps, WantsToStop = wantsToStop };
        ranks.Post(agreement);
        agreement.Wait();
        return agreement;
    }
}
