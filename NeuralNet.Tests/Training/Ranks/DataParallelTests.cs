using NeuralNet.Core;
using NeuralNet.Core.Randomness;
using NeuralNet.Core.Ranks;
using NeuralNet.Layers;
using NeuralNet.Tests.Ranks;
using NeuralNet.Training.Data;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Ranks;

namespace NeuralNet.Tests.Training.Ranks;

/// <summary>What ranks agree on before and between their steps, with ranks that are threads of this process.</summary>
internal sealed class DataParallelTests
{
    [Test]
    public void OneRank_WhatIsMissing_IsRefusedByName()
    {
        using ICommunicator alone = Alone();
        Linear<double> layer = Weight(1);
        var sgd = new SGD<double>(layer.Parameters, 0.1);
        Should.Throw<ArgumentNullException>(() => new DataParallel<double>(alone, layer, null!)).ParamName.ShouldBe("optimizer");
        var parallel = new DataParallel<double>(alone, layer, sgd);
        Should.Throw<ArgumentNullException>(() => parallel.Deal(null!)).ParamName.ShouldBe("batches");
        Should.Throw<ArgumentNullException>(() => parallel.Reduce<Matrix<double>>(null!)).ParamName.ShouldBe("metric");
    }

    // Lazy rows are refused for several, whose gradients by rows become whole matrices.
    [Test]
    public void LazyRows_OfOneRank_AreTaken()
    {
        using ICommunicator alone = Alone();
        Should.NotThrow(() => { _ = new DataParallel<double>(alone, Weight(1), Lazy(Weight(1))); });
        ShouldFailOnAll<NotSupportedException>(2, ranks => { _ = new DataParallel<double>(ranks, Weight(1), Lazy(Weight(1))); }).ShouldAllBe(
            message => message.StartsWith("Gradients by rows are whole matrices once they are added over 2 ranks, so lazy rows would not be what they are: "));

        static SGD<double> Lazy(Linear<double> layer) => new(layer.Parameters, 0.1, lazyRows: true);
    }

    [Test]
    public void Generators_OfOtherRanksThanTheFirst_AreForked()
    {
        PhiloxState[] states = ThreadRanks.Run(3, ranks =>
        {
            var dropout = new Dropout<double>(0.5, new Philox(4));
            var network = new Sequential<double>(Weight(1), dropout);
            _ = new DataParallel<double>(ranks, network, new SGD<double>(network.Parameters, 0.1));
            return network.Generators.Single().Generator.State;
        });
        states.ShouldBe([new Philox(4).State, new Philox(4).Fork(1).State, new Philox(4).Fork(2).State]);
    }

    [Test]
    public void ThrowIfWeightsDiffer_OneRankHasOthers_NamesIt() => ShouldFailOnAll<InvalidOperationException>(3, ranks =>
    {
        Linear<double> layer = Weight(1);
        var parallel = new DataParallel<double>(ranks, layer, new SGD<double>(layer.Parameters, 0.1));
        parallel.ThrowIfWeightsDiffer();
        layer.Weight.Value[0, 0] += ranks.Rank == 2 ? 1e-15 : 0;
        parallel.ThrowIfWeightsDiffer();
    }).ShouldAllBe(message => message == "Rank 2 has other weights than rank 0, though all take the same steps: something that happens between them differs from rank to rank.");

    // Ten samples: batches of 4, 4 and 2.
    [TestCase(2, 4, false, 0)]
    [TestCase(3, 4, false, 2)]
    [TestCase(3, 4, true, 0)]
    [TestCase(3, 2, false, 2)]
    [TestCase(2, 2, false, 0)]
    [TestCase(3, 20, false, 0)]
    public void Deal_NetworkOfStatistics_NeedsASampleForEachRank(int ranks, int batchSize, bool dropLast, int refused)
    {
        Action run = () => ThreadRanks.Run(ranks, communicator =>
        {
            var network = new Sequential<double>(Weight(1), new BatchNorm<double>(1) { Ranks = communicator });
            var batches = new BatchLoader<double>(new DataSet<double>(new double[10], 1), batchSize, seed: 1, dropLast);
            return new DataParallel<double>(communicator, network, new SGD<double>(network.Parameters, 0.1), batches);
        });
        if (refused == 0)
        {
            Should.NotThrow(run);
            return;
        }

        string gate = new BatchNorm<double>(1).ToString()!;
        Should.Throw<AggregateException>(run).InnerExceptions.Select(exception => exception.Message).ShouldBe(Enumerable.Repeat(
            $"{gate} takes its statistics over {ranks} ranks, each of which needs a sample of every batch, but a batch of an epoch has {refused}. " +
            "Take other batches, or dropLast: true. (Parameter 'batches')", ranks));
    }

    // w = 2, x = 3, t = 0: the gradient of (w·x)² is 2·6·3 = 36, of one sample on one rank; the others have none.
    [TestCase(1)]
    [TestCase(3)]
    public void Backward_SumOfOneSample_CountsItOnce(int ranks)
    {
        (double Share, double Gradient)[] results = ThreadRanks.Run(ranks, communicator =>
        {
            Linear<double> layer = Weight(2);
            var parallel = new DataParallel<double>(communicator, layer, new SGD<double>(layer.Parameters, 0.1));
            Batch<double> batch = new Batch<double>(One(3), One(0)).Part(communicator.Rank, communicator.Size);
            var loss = new SumSquaredError<double>();
            Cache<double> cache = new(), lossCache = new();
            loss.Forward(layer.Forward(batch.Inputs, cache), batch.Targets, lossCache);
            return (parallel.Backward(loss, lossCache, cache, batch), layer.Weight.Gradient[0, 0]);
        });
        results.ShouldAllBe(result => result.Gradient == 36);
        results.Sum(result => result.Share).ShouldBe(1);
    }

    // 40 parameters take two words of 32 bits. Each rank but the last comes to one of its own; the rest nobody comes to.
    [Test]
    public void Agreement_ParametersThatOneRankHasReached_KeepTheirGradients()
    {
        bool[][] zero = ThreadRanks.Run(3, ranks =>
        {
            (StepAgreement<double> agreement, GradientBucket<double> bucket) = Agreement(ranks.Size);
            bucket.WasReached[ranks.Rank == 0 ? 1 : 35] = ranks.Rank < 2;
            Agree(ranks, agreement);
            return bucket.Parameters.Select(named => named.Parameter.IsGradientZero).ToArray();
        });
        zero.ShouldAllBe(of => of.SequenceEqual(Enumerable.Range(0, 40).Select(i => i != 1 && i != 35)));
    }

    [TestCase(0)]
    [TestCase(2)]
    public void Agreement_OneRankWantsToStop_StopsAll(int stopping)
    {
        ThreadRanks.Run(3, ranks =>
        {
            (StepAgreement<double> agreement, _) = Agreement(ranks.Size);
            agreement.WantsToStop = ranks.Rank == stopping;
            Agree(ranks, agreement);
            bool isAgreed = agreement.IsStopAgreed;
            agreement.WantsToStop = false;
            Agree(ranks, agreement);
            return (isAgreed, agreement.IsStopAgreed);
        }).ShouldAllBe(stop => stop.isAgreed && !stop.IsStopAgreed);
    }

    [Test]
    public void Agreement_RankThatHasTakenOtherSteps_IsNamed() => ShouldFailOnAll<InvalidOperationException>(3, ranks =>
    {
        (StepAgreement<double> agreement, _) = Agreement(ranks.Size);
        agreement.Steps = ranks.Rank == 2 ? 7 : 5;
        Agree(ranks, agreement);
    }).ShouldAllBe(message => message == "Rank 2 has taken 7 steps and rank 0 5: they do not take the same ones.");

    private static (StepAgreement<double> Agreement, GradientBucket<double> Bucket) Agreement(int ranks)
    {
        var bucket = new GradientBucket<double>([.. Enumerable.Range(0, 40).Select(i => new NamedParameter<double>($"p{i}", new Parameter<double>(One(1))))]);
        foreach (NamedParameter<double> named in bucket.Parameters)
        {
            named.Parameter.SetGradient(One(1));
        }

        return (new StepAgreement<double>([bucket], ranks), bucket);
    }

    private static void Agree(ICommunicator ranks, StepAgreement<double> agreement)
    {
        ranks.Post(agreement);
        agreement.Wait();
    }

    private static string[] ShouldFailOnAll<TException>(int count, Action<ICommunicator> run) where TException : Exception
    {
        AggregateException all = Should.Throw<AggregateException>(() => ThreadRanks.Run(count, ranks =>
        {
            run(ranks);
            return 0;
        }));
        all.InnerExceptions.Count.ShouldBe(count);
        all.InnerExceptions.ShouldAllBe(exception => exception is TException);
        return [.. all.InnerExceptions.Select(exception => exception.Message)];
    }

    private static ICommunicator Alone() => Communicator.Start(new CommunicatorSettings { Library = "alone" });

    private static Linear<double> Weight(double value) => new(One(value));

    private static Matrix<double> One(double value) => Matrix<double>.Build.Dense(1, 1, value);
}
