using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Ranks;
using NeuralNet.Training.Ranks;

namespace NeuralNet.Tests.Ranks;

/// <summary>Which gradients go together, and when they are sent.</summary>
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
