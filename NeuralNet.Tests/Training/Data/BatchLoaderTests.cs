using System.Numerics;
using NeuralNet.Training.Data;

namespace NeuralNet.Tests.Training.Data;

[TestFixture(TypeArgs = [typeof(float)])]
[TestFixture(TypeArgs = [typeof(double)])]
internal sealed class BatchLoaderTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Features = 3;

    // Sizes below, at and above the 16 samples that are transposed at a time, with a partial batch and without.
    [TestCase(1, 1)]
    [TestCase(10, 3)]
    [TestCase(50, 16)]
    [TestCase(60, 20)]
    [TestCase(100, 33)]
    [TestCase(7, 100)]
    public void Epoch_Shuffled_HoldsEverySampleOnceWithItsLabel(int count, int batchSize)
    {
        var loader = new BatchLoader<T>(Numbered(count), batchSize, seed: 1);

        Epoch(loader).Order().ShouldBe(Enumerable.Range(0, count));
    }

    [TestCase(10, 4, new[] { 4, 4, 2 })]
    [TestCase(8, 4, new[] { 4, 4 })]
    [TestCase(3, 4, new[] { 3 })]
    public void Epoch_PartialBatchKept_IsTheLast(int count, int batchSize, int[] sizes)
    {
        var loader = new BatchLoader<T>(Numbered(count), batchSize);

        Sizes(loader).ShouldBe(sizes);
        Sizes(loader).ShouldBe(sizes);
        loader.Count.ShouldBe(sizes.Length);
    }

    [TestCase(10, 4, new[] { 4, 4 })]
    [TestCase(8, 4, new[] { 4, 4 })]
    [TestCase(4, 4, new[] { 4 })]
    public void Epoch_PartialBatchDropped_HasFullBatchesOnly(int count, int batchSize, int[] sizes)
    {
        var loader = new BatchLoader<T>(Numbered(count), batchSize, dropLast: true);

        Sizes(loader).ShouldBe(sizes);
        loader.Count.ShouldBe(sizes.Length);
    }

    [Test]
    public void Epoch_NotShuffled_IsInTheOrderOfTheData() =>
        Epoch(new BatchLoader<T>(Numbered(50), 16)).ShouldBe(Enumerable.Range(0, 50));

    [Test]
    public void Epoch_SameSeed_SameOrderInEveryEpoch()
    {
        var first = new BatchLoader<T>(Numbered(50), 16, seed: 5);
        var second = new BatchLoader<T>(Numbered(50), 16, seed: 5);

        for (var epoch = 0; epoch < 3; epoch++)
        {
            Epoch(first).ShouldBe(Epoch(second));
        }
    }

    [Test]
    public void Epoch_OtherSeedOrNextEpoch_OtherOrder()
    {
        var loader = new BatchLoader<T>(Numbered(50), 16, seed: 5);
        var first = Epoch(loader);

        Epoch(loader).ShouldNotBe(first);
        Epoch(new BatchLoader<T>(Numbered(50), 16, seed: 6)).ShouldNotBe(first);
    }

    [Test]
    public void Epoch_Shuffled_GivesEachSampleEveryPlaceAboutEquallyOften()
    {
        var loader = new BatchLoader<T>(Numbered(4), 4, seed: 1);
        var counts = new int[4, 4];
        for (var epoch = 0; epoch < 4000; epoch++)
        {
            var order = Epoch(loader);
            for (var place = 0; place < order.Count; place++)
            {
                counts[order[place], place]++;
            }
        }

        // Expected 1000 each with a standard deviation of √(4000 · ¼ · ¾) = 27.
        counts.Cast<int>().ShouldAllBe(count => count > 850 && count < 1150);
    }

    // Fisher and Yates by hand: from the last place on, each gets a random one of those up to it. Stream e of the seed is epoch e.
    [Test]
    public void Epoch_OfASeed_IsTheShuffleByItsStream([Values(0, 1, 7)] int epoch)
    {
        var random = new NeuralNet.Core.Randomness.Philox(5, stream: (ulong)epoch);
        List<int> left = [.. Enumerable.Range(0, 10)];
        var expected = new int[10];
        for (var place = 9; place >= 0; place--)
        {
            var chosen = random.Next(place + 1);
            expected[place] = left[chosen];
            left[chosen] = left[place];
        }

        var loader = new BatchLoader<T>(Numbered(10), 3, seed: 5);
        loader.Resume(epoch);
        Epoch(loader).ShouldBe(expected);
    }

    [Test]
    public void Resume_InANewLoader_GivesTheRemainingBatches([Values(0, 1, 3, 4)] int batches, [Values] bool shuffled)
    {
        var loader = new BatchLoader<T>(Numbered(50), 16, shuffled ? 5 : null);
        Epoch(loader);
        Epoch(loader);
        List<int> whole = Epoch(Resumed(loader.Seed, 2, 0)), next = Epoch(Resumed(loader.Seed, 3, 0));
        var epoch = loader.GetEnumerator();
        for (var i = 0; i < batches; i++)
        {
            epoch.MoveNext().ShouldBeTrue();
        }

        (loader.Epoch, loader.Position).ShouldBe((2, batches));
        BatchLoader<T> resumed = Resumed(loader.Seed, loader.Epoch, loader.Position);
        Epoch(resumed).ShouldBe(whole[Math.Min(50, batches * 16)..]);
        (resumed.Epoch, resumed.Position).ShouldBe((3, 0));
        Epoch(resumed).ShouldBe(next);

        static BatchLoader<T> Resumed(long? seed, int epoch, int position)
        {
            var made = new BatchLoader<T>(Numbered(50), 16, seed);
            made.Resume(epoch, position);
            return made;
        }
    }

    // However often the loader was started and resumed in between.
    [Test]
    public void MoveNext_LoaderWasResumedAndStartedSince_Throws()
    {
        var loader = new BatchLoader<T>(Numbered(50), 16);
        BatchLoader<T>.Enumerator old = loader.GetEnumerator();
        loader.Resume(0);
        loader.GetEnumerator().MoveNext().ShouldBeTrue();
        Should.Throw<InvalidOperationException>(() => old.MoveNext()).Message.ShouldStartWith("Another epoch of this loader was started");
    }

    [Test]
    public void Epoch_BehindTheLastThatHasANumber_IsRefused()
    {
        var loader = new BatchLoader<T>(Numbered(3), 16);
        loader.Resume(int.MaxValue);
        loader.GetEnumerator().MoveNext().ShouldBeTrue();
        Should.Throw<OverflowException>(() => loader.GetEnumerator().MoveNext());
    }

    [Test]
    public void Resume_PositionBehindTheEpoch_NamesTheRange() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new BatchLoader<T>(Numbered(50), 16).Resume(0, 5))
            .Message.ShouldStartWith("An epoch has 4 batches; it goes on from batch 0 to 4.");

    [Test]
    public void Epoch_LeftEarly_IsFollowedByTheNext()
    {
        var loader = new BatchLoader<T>(Numbered(50), 16, seed: 5);
        loader.GetEnumerator().MoveNext();
        (loader.Epoch, loader.Position).ShouldBe((0, 1));
        var second = Epoch(loader);
        loader.Resume(1);
        Epoch(loader).ShouldBe(second);
        (loader.Epoch, loader.Position).ShouldBe((2, 0));
    }

    [Test]
    public void MoveNext_AfterResume_IsRefused()
    {
        var loader = new BatchLoader<T>(Numbered(10), 4);
        var epoch = loader.GetEnumerator();
        loader.Resume(0, 1);

        Should.Throw<InvalidOperationException>(() => epoch.MoveNext()).Message.ShouldContain("Another epoch");
    }

    [TestCase(-1, 0, "epoch")]
    [TestCase(0, -1, "position")]
    [TestCase(0, 4, "position")]
    public void Resume_OutOfRange_NamesWhich(int epoch, int position, string name) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new BatchLoader<T>(Numbered(10), 4).Resume(epoch, position)).ParamName.ShouldBe(name);

    [Test]
    public void Epoch_AfterTheFirst_AllocatesNothing()
    {
        var loader = new BatchLoader<T>(Numbered(1000), 64, seed: 1);
        Sum(loader);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Sum(loader);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Test]
    public void Epoch_BatchesOfOneSize_AreTheSameObject()
    {
        var batches = new List<Batch<T>>();
        foreach (var batch in new BatchLoader<T>(Numbered(10), 4))
        {
            batches.Add(batch);
        }

        batches[1].ShouldBeSameAs(batches[0]);
        batches[2].ShouldNotBeSameAs(batches[0]);
    }

    [Test]
    public void MoveNext_AfterAnotherEpochStarted_IsRefused()
    {
        var loader = new BatchLoader<T>(Numbered(10), 4);
        var epoch = loader.GetEnumerator();
        epoch.MoveNext().ShouldBeTrue();

        loader.GetEnumerator();

        Should.Throw<InvalidOperationException>(() => epoch.MoveNext()).Message.ShouldContain("Another epoch");
    }

    [Test]
    public void MoveNext_AtTheEnd_StaysFalse()
    {
        var epoch = new BatchLoader<T>(Numbered(1), 1).GetEnumerator();

        epoch.MoveNext().ShouldBeTrue();
        epoch.MoveNext().ShouldBeFalse();
        epoch.MoveNext().ShouldBeFalse();
    }

    [Test]
    public void Current_BeforeMoveNext_IsRefused()
    {
        var epoch = new BatchLoader<T>(Numbered(1), 1).GetEnumerator();

        Should.Throw<InvalidOperationException>(() => epoch.Current).Message.ShouldBe("Call MoveNext first.");
    }

    [TestCase(0)]
    [TestCase(-3)]
    public void Constructor_BatchSizeNotPositive_IsRefused(int batchSize)
    {
        var error = Should.Throw<ArgumentOutOfRangeException>(() => new BatchLoader<T>(Numbered(4), batchSize));

        error.ParamName.ShouldBe("batchSize");
        error.ActualValue.ShouldBe(batchSize);
    }

    [Test]
    public void Constructor_OnlyBatchWouldBeDropped_IsRefused() =>
        Should.Throw<ArgumentException>(() => new BatchLoader<T>(Numbered(3), 4, dropLast: true))
            .Message.ShouldStartWith("Dropping the last partial batch leaves none: 3 samples, batch size 4.");

    /// <summary>Feature j of sample i is 3i + j, its label i modulo 7: a batch shows which samples it holds.</summary>
    private static DataSet<T> Numbered(int count) => new(
        [.. Enumerable.Range(0, count * Features).Select(T.CreateChecked)],
        [.. Enumerable.Range(0, count).Select(i => i % 7)],
        Features,
        classes: 7);

    /// <summary>Runs an epoch and gives the samples in the order they came, each checked in all features and the label.</summary>
    private static List<int> Epoch(BatchLoader<T> loader)
    {
        var order = new List<int>();
        foreach (var batch in loader)
        {
            (batch.Inputs.RowCount, batch.Inputs.ColumnCount).ShouldBe((batch.Count, Features));
            for (var row = 0; row < batch.Count; row++)
            {
                var sample = int.CreateChecked(batch.Inputs[row, 0]) / Features;
                batch.Inputs.Row(row).ToArray().ShouldBe(loader.Data.Sample(sample).ToArray());
                batch.Labels.Span[row].ShouldBe(sample % 7);
                order.Add(sample);
            }
        }

        return order;
    }

    private static List<int> Sizes(BatchLoader<T> loader)
    {
        var sizes = new List<int>();
        foreach (var batch in loader)
        {
            sizes.Add(batch.Count);
        }

        return sizes;
    }

    private static int Sum(BatchLoader<T> loader)
    {
        var sum = 0;
        foreach (var batch in loader)
        {
            sum += batch.Labels.Span[0];
        }

        return sum;
    }
}
