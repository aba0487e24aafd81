using NeuralNet.Training.Data;

namespace NeuralNet.Tests.Training.Data;

internal sealed class PrefetchTests
{
    // Enough to hold a test that would wait for ever.
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(7)]
    [TestCase(100)]
    public void Prefetch_Loader_GivesTheSameBatchesInTheSameOrder(int ahead)
    {
        BatchLoader<float> direct = new(Tagged(50), 16, seed: 3), source = new(Tagged(50), 16, seed: 3);
        IEnumerable<Batch<float>> prefetched = source.Prefetch(ahead);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            Numbers(prefetched).ShouldBe(Numbers(direct));
            (source.Epoch, source.Position).ShouldBe((direct.Epoch, direct.Position));
        }
    }

    [Test]
    public void Prefetch_Batch_IsValidUntilTheNextIsAskedFor()
    {
        int number = 0;
        foreach (Batch<float> batch in new BatchLoader<float>(Tagged(64), 1).Prefetch(1))
        {
            // The thread has the time to fill whatever it may fill.
            Thread.Sleep(1);
            batch.Inputs[0, 0].ShouldBe(number++);
        }

        number.ShouldBe(64);
    }

    [Test]
    public void Prefetch_Ahead_IsHowManyAreReadyBeforeTheyAreAskedFor()
    {
        int made = 0;
        using IEnumerator<Batch<float>> batches = Counted(1000, () => Interlocked.Increment(ref made)).Prefetch(3).GetEnumerator();
        for (int taken = 1; taken <= 5; taken++)
        {
            batches.MoveNext().ShouldBeTrue();
            SpinWait.SpinUntil(() => Volatile.Read(ref made) == taken + 3, Long).ShouldBeTrue();
            Thread.Sleep(20);
            Volatile.Read(ref made).ShouldBe(taken + 3);
        }
    }

    [Test]
    public void Prefetch_SourceFails_GivesWhatCameBeforeAndTheExceptionWithItsStack()
    {
        List<float> seen = [];
        InvalidOperationException exception = Should.Throw<InvalidOperationException>(() =>
        {
            foreach (Batch<float> batch in Counted(3, () => { }).Concat(Broken()).Prefetch())
            {
                seen.Add(batch.Inputs[0, 0]);
            }
        });
        exception.Message.ShouldBe("broken");
        exception.StackTrace.ShouldNotBeNull().ShouldContain(nameof(Fail));
        seen.ShouldBe([0, 1, 2]);
    }

    [Test]
    public void Prefetch_LeftEarly_DisposesTheSourceAndEndsTheThread()
    {
        bool isDisposed = false;
        Thread? thread = null;
        foreach (Batch<float> batch in Disposed(() => isDisposed = true, () => thread = Thread.CurrentThread).Prefetch())
        {
            break;
        }

        isDisposed.ShouldBeTrue();
        thread.ShouldNotBeNull().IsAlive.ShouldBeFalse();
    }

    [Test]
    public void Prefetch_ReadToTheEnd_LeavesNoThread()
    {
        Thread? thread = null;
        Counted(5, () => thread = Thread.CurrentThread).Prefetch().Count().ShouldBe(5);
        thread.ShouldNotBeNull().ShouldNotBeSameAs(Thread.CurrentThread);
        thread.IsAlive.ShouldBeFalse();
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Prefetch_DisposingFails_IsNotLost(bool isLeftEarly) =>
        Should.Throw<NotSupportedException>(() =>
        {
            foreach (Batch<float> batch in Disposed(() => throw new NotSupportedException(), () => { }).Prefetch())
            {
                if (isLeftEarly)
                {
                    break;
                }
            }
        });

    [Test]
    public void Prefetch_ConsumerFails_ItsExceptionComesThrough() =>
        Should.Throw<FormatException>(() =>
        {
            foreach (Batch<float> batch in Counted(100, () => { }).Prefetch())
            {
                throw new FormatException();
            }
        });

    [Test]
    public void Prefetch_NoBatches_EndsAtOnce() => Counted(0, () => { }).Prefetch().ShouldBeEmpty();

    [Test]
    public void Prefetch_BatchesOfChangingShapes_ComeAsTheyAre()
    {
        DataSet<float> few = new(new float[6], features: 2), many = Tagged(9);
        IEnumerable<Batch<float>> mixed = new BatchLoader<float>(few, 2).Concat(new BatchLoader<float>(many, 4)).Concat(new BatchLoader<float>(few, 1));
        mixed.Prefetch(2).Select(batch => (batch.Inputs.RowCount, batch.Inputs.ColumnCount, batch.Labels.Length, batch.HasTargets, batch.Weights is null))
            .ShouldBe([(2, 2, 0, false, true), (1, 2, 0, false, true), (4, 1, 8, true, false), (4, 1, 8, true, false), (1, 1, 2, true, false),
                (1, 2, 0, false, true), (1, 2, 0, false, true), (1, 2, 0, false, true)]);
    }

    [Test]
    public void Prefetch_SameShapes_AllocatesNothingForABatch()
    {
        var batch = new Batch<float>(Support.Some.Matrix<float>(8, 4), new int[8]);
        using IEnumerator<Batch<float>> batches = Enumerable.Repeat(batch, int.MaxValue).Prefetch().GetEnumerator();
        Support.Allocation.OfProcess(() => batches.MoveNext()).ShouldBe(0);
    }

    [Test]
    public void Prefetch_WrongArguments_AreRefusedAtOnce()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => { _ = new BatchLoader<float>(Tagged(3), 1).Prefetch(0); }).ParamName.ShouldBe("ahead");
        Should.Throw<ArgumentNullException>(() => { _ = ((IEnumerable<Batch<float>>)null!).Prefetch(); }).ParamName.ShouldBe("batches");
    }

    private static DataSet<float> Tagged(int count) => new DataSet<float>([.. Enumerable.Range(0, count).Select(i => (float)i)], features: 1)
        .WithTargets([.. Enumerable.Range(0, count).Select(i => i + 100f)], outputs: 1)
        .WithLabels([.. Enumerable.Range(0, count).SelectMany(i => new[] { i % 5, (i + 1) % 5 })], classes: 5, perSample: 2)
        .WithWeights([.. Enumerable.Range(0, count).Select(i => (float)i)]);

    private static List<float> Numbers(IEnumerable<Batch<float>> batches)
    {
        List<float> numbers = [];
        foreach (Batch<float> batch in batches)
        {
            numbers.AddRange([.. batch.Inputs.Column(0), .. batch.Targets.Column(0), .. batch.Weights!.Column(0)]);
            numbers.AddRange(batch.Labels.ToArray().Select(label => (float)label));
        }

        return numbers;
    }

    private static IEnumerable<Batch<float>> Counted(int count, Action made)
    {
        for (int i = 0; i < count; i++)
        {
            made();
            yield return new Batch<float>(Matrix<float>.Build.Dense(1, 1, i));
        }
    }

    private static IEnumerable<Batch<float>> Broken()
    {
        yield return Fail();
    }

    private static Batch<float> Fail() => throw new InvalidOperationException("broken");

    private static IEnumerable<Batch<float>> Disposed(Action disposed, Action made)
    {
        try
        {
            foreach (Batch<float> batch in Counted(10, made))
            {
                yield return batch;
            }
        }
        finally
        {
            disposed();
        }
    }
}
