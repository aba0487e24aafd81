using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Ranks;
using NeuralNet.Training.Ranks;

namespace NeuralNet.Tests.Ranks;

/// <summary>Which gradients go together, when they are sent, and what the ranks agree on at the end of a step.</summary>
internal sealed class GradientBucketsTests
{
    // The numbers of parameters, first layer first; buckets of their places, the last layer's first.
    [TestCase("1,4,1", 4, "2|1|0")]
    [TestCase("1,9,1", 4, "2|1|0")]
    [TestCase("3,1,3,1", 4, "3,2|1,0")]
    [TestCase("2,2,2,2,2", 4, "4,3|2,1|0")]
    [TestCase("2,2,2", 5, "2,1,0")]
    [TestCase("5,6", 5, "1|0")]
    [TestCase("1,1,1", 1, "2|1|0")]
    [TestCase("7", 100, "0")]
    public void Buckets_AnySizes_AreFullFromTheLastLayerOn(string counts, int size, string expected)
    {
        NamedParameter<double>[] parameters = [.. counts.Split(',').Select(int.Parse).Select((count, i) => new NamedParameter<double>($"{i}", new Parameter<double>(Matrices.Zeros<double>(1, count))))];

        IReadOnlyList<GradientBucket<double>> buckets = new GradientBuckets<double>(new Recorder([]), parameters, size, overlaps: true).Buckets;

        string.Join('|', buckets.Select(bucket => string.Join(',', bucket.Parameters.Select(named => named.Name)))).ShouldBe(expected);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Pass_FirstOfAll_SendsNothingBeforeItsEnd(bool overlaps)
    {
        var step = new Steps(overlaps);

        step.Begin();
        step.Reach(2, 1, 0);
        step.Sent.ShouldBe("");
        step.End();

        step.Sent.ShouldBe("2 1 0");
    }

    [Test]
    public void Pass_Later_SendsABucketAsSoonAsItAndThoseBeforeAreReached()
    {
        var step = new Steps(overlaps: true);
        step.Pass(2, 1, 0);

        step.Begin();
        step.Reach(1);
        step.Sent.ShouldBe("", "the bucket of the last layer goes first on all ranks");
        step.Reach(2);
        step.Sent.ShouldBe("2 1");
        step.Reach(0);
        step.Sent.ShouldBe("2 1 0");
        step.End();
        step.Sent.ShouldBe("2 1 0");
    }

    [Test]
    public void Pass_WithoutOverlap_SendsAtTheEnd()
    {
        var step = new Steps(overlaps: false);
        step.Pass(2, 1, 0);

        step.Begin();
        step.Reach(2, 1, 0);
        step.Sent.ShouldBe("");
        step.End();
        step.Sent.ShouldBe("2 1 0");
    }

    [Test]
    public void Pass_ParameterThatIsComeToTwice_IsSentAfterTheSecondTime()
    {
        var step = new Steps(overlaps: true);
        step.Pass(2, 1, 2, 0);

        step.Begin();
        step.Reach(2, 1);
        step.Sent.ShouldBe("");
        step.Reach(2);
        step.Sent.ShouldBe("2 1");
    }

    [Test]
    public void Pass_ParameterThatNoPassComesTo_HoldsNothingUp()
    {
        var step = new Steps(overlaps: true, size: 100);
        step.Pass(2, 0);

        step.Begin();
        step.Reach(2, 0);
        step.Sent.ShouldBe("2,1,0");
        step.End();
        step.Sent.ShouldBe("2,1,0");
    }

    [Test]
    public void Pass_ParameterComesOnceMoreThanInTheFirst_IsRefused()
    {
        var step = new Steps(overlaps: true);
        step.Pass(2, 1, 0);

        step.Begin();
        step.Reach(2);
        Should.Throw<InvalidOperationException>(() => step.Reach(2)).Message.ShouldBe(
            "A parameter [1×3] got a gradient after its sum over the ranks had begun: the network's backward pass comes to it more often than in the first step. Make the data-parallel training with overlaps: false.");
    }

    [Test]
    public void Reach_OutsideAPass_IsNobodysConcern()
    {
        var step = new Steps(overlaps: true);
        step.Reach(2);
        step.Pass(2, 1, 0);
        step.Reach(2, 2);

        step.Pass(2, 1, 0);
        step.Sent.ShouldBe("2 1 0");
    }

    [Test]
    public void Begin_GradientThere_IsRefused()
    {
        var step = new Steps(overlaps: true);
        step.Parameters[1].Parameter.SetGradient(Matrices.FromRows<double>([1, 2]));

        Should.Throw<InvalidOperationException>(step.Begin).Message.ShouldBe(
            "'1' has a gradient before the backward pass of a step that several ranks take together, and it would be averaged twice. Call ZeroGradients first; take larger batches instead of adding up several.");
    }

    // 40 parameters: more than one number of 32 bits can tell of.
    [Test]
    public void Agreement_ParameterThatNoRankHasReached_HasNoGradient()
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
    public void Agreement_AnyRankWantsToStop_AllDo(int who) => ThreadRanks.Run(3, ranks => Agree(ranks, [], 4, wantsToStop: ranks.Rank == who).IsStopAgreed).ShouldAllBe(stops => stops);

    [Test]
    public void Agreement_NobodyWantsToStop_NobodyDoes() => ThreadRanks.Run(3, ranks => Agree(ranks, [], 4).IsStopAgreed).ShouldAllBe(stops => !stops);

    [Test]
    public void Agreement_RankIsAStepAhead_IsRefusedOnAll()
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

    // Three parameters, each in a bucket of its own where the size is not said.
    private sealed class Steps
    {
        private readonly List<GradientBucket<double>> _posted = [];
        private readonly GradientBuckets<double> _buckets;

        public Steps(bool overlaps, int size = 1)
        {
            Parameters = [.. Enumerable.Range(0, 3).Select(i => new NamedParameter<double>($"{i}", new Parameter<double>(Matrices.Zeros<double>(1, i + 1))))];
            _buckets = new GradientBuckets<double>(new Recorder(_posted), Parameters, size, overlaps);
        }

        public NamedParameter<double>[] Parameters { get; }

        public string Sent => string.Join(' ', _posted.Select(bucket => string.Join(',', bucket.Parameters.Select(named => named.Name))));

        public void Begin()
        {
            _posted.Clear();
            _buckets.Begin();
        }

        public void Reach(params int[] places) => Array.ForEach(places, place => Parameters[place].Parameter.TellReached());

        public void End() => _buckets.End();

        public void Pass(params int[] places)
        {
            Begin();
            Reach(places);
            End();
        }
    }

    // One rank that notes what it is to send.
    private sealed class Recorder(List<GradientBucket<double>> posted) : ICommunicator
    {
        public int Rank => 0;

        public int Size => 1;

        public int LocalRank => 0;

        public int LocalSize => 1;

        public string Description => "notes";

        public void Broadcast<T>(Span<T> numbers, int root = 0) where T : unmanaged => throw new NotSupportedException();

        public void AllReduce<T>(Span<T> numbers) where T : unmanaged, IFloatingPointIeee754<T> => throw new NotSupportedException();

        public void AllGather<T>(ReadOnlySpan<T> own, Span<T> all) where T : unmanaged => throw new NotSupportedException();

        public void Barrier() => throw new NotSupportedException();

        public void Post(CommunicationWork work) => posted.Add((GradientBucket<double>)work);

        public void Abort(string reason) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
