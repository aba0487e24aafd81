using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Ranks;
using NeuralNet.Training.Ranks;

namespace NeuralNet.Tests.Training.Ranks;

/// <summary>Which gradients are sent together, and when. A backward pass is played by telling that it has come to a parameter.</summary>
internal sealed class GradientBucketsTests
{
    // The last layer's first; a parameter as large as a bucket stands alone, and ends the bucket before it.
    [TestCase(4, new[] { 4, 2, 2, 1 }, "1 2 2, 4")]
    [TestCase(4, new[] { 4, 1 }, "1, 4")]
    [TestCase(4, new[] { 1, 4, 4, 1 }, "1, 4, 4, 1")]
    [TestCase(4, new[] { 3, 1 }, "1 3")]
    [TestCase(4, new[] { 1, 1, 1, 1, 1 }, "1 1 1 1, 1")]
    [TestCase(1, new[] { 1, 2 }, "2, 1")]
    [TestCase(100, new[] { 1, 2, 3 }, "3 2 1")]
    public void Buckets_ParametersOfSomeSizes_AreFilledFromTheEnd(int size, int[] counts, string expected) => string.Join(
        ", ", Make(size, new Posted(), overlaps: true, counts).Buckets.Select(bucket => string.Join(' ', bucket.Parameters.Select(named => named.Parameter.Count)))).ShouldBe(expected);

    [Test]
    public void Step_TheFirst_SendsAtItsEnd()
    {
        var ranks = new Posted();
        GradientBuckets<double> buckets = Make(1, ranks, overlaps: true, 1, 1);
        buckets.Begin();
        Reach(buckets, 0);
        Reach(buckets, 1);
        ranks.Works.ShouldBeEmpty();
        buckets.End();
        ranks.Works.ShouldBe(buckets.Buckets);
        buckets.Wait();
    }

    // Bucket 1 is ready first, and waits for bucket 0, so that all ranks send in one order.
    [Test]
    public void Step_TheSecond_SendsWhatIsDoneInTheOrderOfTheBuckets()
    {
        var ranks = new Posted();
        GradientBuckets<double> buckets = Learnt(ranks, true, reaches: [0, 1, 2]);
        buckets.Begin();
        Reach(buckets, 1);
        ranks.Works.ShouldBeEmpty();
        Reach(buckets, 0);
        ranks.Works.ShouldBe(buckets.Buckets.Take(2));
        Reach(buckets, 2);
        ranks.Works.ShouldBe(buckets.Buckets);
        buckets.End();
        ranks.Works.ShouldBe(buckets.Buckets);
    }

    [Test]
    public void Step_ParameterThatStandsTwice_IsSentAfterTheSecondTime()
    {
        var ranks = new Posted();
        GradientBuckets<double> buckets = Learnt(ranks, true, reaches: [0, 0, 1, 2]);
        buckets.Begin();
        Reach(buckets, 0);
        ranks.Works.ShouldBeEmpty();
        Reach(buckets, 0);
        ranks.Works.ShouldBe(buckets.Buckets.Take(1));
    }

    // What the first step did not come to is not waited for.
    [Test]
    public void Step_ParameterThatIsNotReached_HoldsNothingUp()
    {
        var ranks = new Posted();
        GradientBuckets<double> buckets = Learnt(ranks, true, reaches: [1, 2]);
        buckets.Begin();
        Reach(buckets, 1);
        ranks.Works.ShouldBe(buckets.Buckets.Take(2));
    }

    [Test]
    public void Step_BucketOfTwo_IsSentWhenBothAreDone()
    {
        var ranks = new Posted();
        GradientBuckets<double> buckets = Make(2, ranks, overlaps: true, 1, 1);
        Step(buckets, [0, 1]);
        ranks.Works.Clear();
        buckets.Begin();
        Reach(buckets, 0);
        ranks.Works.ShouldBeEmpty();
        Reach(buckets, 1);
        ranks.Works.ShouldBe(buckets.Buckets);
    }

    [Test]
    public void Step_WithoutOverlap_SendsAtItsEnd()
    {
        var ranks = new Posted();
        GradientBuckets<double> buckets = Learnt(ranks, false, reaches: [0, 1, 2]);
        buckets.Begin();
        Reach(buckets, 0);
        Reach(buckets, 1);
        Reach(buckets, 2);
        ranks.Works.ShouldBeEmpty();
        buckets.End();
        ranks.Works.ShouldBe(buckets.Buckets);
    }

    [Test]
    public void Step_ReachedAfterItsSumHasBegun_IsRefused()
    {
        GradientBuckets<double> buckets = Learnt(new Posted(), true, reaches: [0, 1, 2]);
        buckets.Begin();
        Reach(buckets, 0);
        Should.Throw<InvalidOperationException>(() => Reach(buckets, 0)).Message.ShouldBe(
            "A parameter [1×1] got a gradient after its sum over the ranks had begun: the network's backward pass comes to it more often than in the first step. " +
            "Make the data-parallel training with overlaps: false.");
    }

    [Test]
    public void Reached_OutsideOfAStep_IsNotCounted()
    {
        var ranks = new Posted();
        GradientBuckets<double> buckets = Learnt(ranks, true, reaches: [0, 1, 2]);
        Should.NotThrow(() => Reach(buckets, 0));
        ranks.Works.ShouldBeEmpty();
    }

    [Test]
    public void Begin_GradientOfBefore_IsRefusedByName()
    {
        GradientBuckets<double> buckets = Make(1, new Posted(), overlaps: true, 1, 1);
        Of(buckets, 0).SetGradient(Matrix<double>.Build.Dense(1, 1, 1));
        Should.Throw<InvalidOperationException>(buckets.Begin).Message.ShouldBe(
            "'p1' has a gradient before the backward pass of a step that several ranks take together, and it would be averaged twice. Call ZeroGradients first; " +
            "take larger batches instead of adding up several.");
    }

    // Three parameters in buckets of their own, after a first step that came to some of them.
    private static GradientBuckets<double> Learnt(Posted ranks, bool overlaps, int[] reaches)
    {
        GradientBuckets<double> buckets = Make(1, ranks, overlaps, 1, 1, 1);
        Step(buckets, reaches);
        ranks.Works.Clear();
        return buckets;
    }

    private static void Step(GradientBuckets<double> buckets, int[] reaches)
    {
        buckets.Begin();
        Array.ForEach(reaches, number => Reach(buckets, number));
        buckets.End();
    }

    private static GradientBuckets<double> Make(int size, Posted ranks, bool overlaps, params int[] counts) => new(
        ranks, [.. counts.Select((count, i) => new NamedParameter<double>($"p{i}", new Parameter<double>(Matrix<double>.Build.Dense(1, count))))], size, overlaps);

    private static Parameter<double> Of(GradientBuckets<double> buckets, int number) => buckets.Buckets.SelectMany(bucket => bucket.Parameters).ElementAt(number).Parameter;

    // Counted as the buckets have them: the last layer's is number 0.
    private static void Reach(GradientBuckets<double> buckets, int number) => Of(buckets, number).TellReached();

    /// <summary>One rank that notes what is posted, and does nothing of it.</summary>
    private sealed class Posted : ICommunicator
    {
        public List<CommunicationWork> Works { get; } = [];

        public int Rank => 0;

        public int Size => 1;

        public int LocalRank => 0;

        public int LocalSize => 1;

        public string Description => "ranks: 1, noting";

        public void Post(CommunicationWork work) => Works.Add(work);

        public void Broadcast<T>(Span<T> numbers, int root = 0) where T : unmanaged
        {
        }

        public void AllReduce<T>(Span<T> numbers) where T : unmanaged, IFloatingPointIeee754<T>
        {
        }

        public void AllGather<T>(ReadOnlySpan<T> own, Span<T> all) where T : unmanaged => own.CopyTo(all);

        public void Barrier()
        {
        }

        public void Abort(string reason) => throw new InvalidOperationException(reason);

        public void Dispose()
        {
        }
    }
}
