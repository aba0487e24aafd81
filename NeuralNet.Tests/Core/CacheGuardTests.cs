using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Losses;

namespace NeuralNet.Tests.Core;

/// <summary>What once gave wrong answers in silence, and is an error.</summary>
internal sealed class CacheGuardTests
{
    private static readonly Matrix<double> X = Some.Matrix<double>(5, 3, seed: 1);

    private static Sequential<double> Network() => new(new Linear<double>(3, 4, new Random(1)), new Tanh<double>(), new Linear<double>(4, 2, new Random(2)));

    [Test]
    public void Forward_AnotherThreadIsUnderWay_ThrowsAndLeavesThatOneAlone()
    {
        using ManualResetEventSlim entered = new(), released = new();
        var waiting = new WaitingLayer(entered, released);
        var network = new Sequential<double>(waiting, new Tanh<double>());
        var cache = new Cache<double>(training: false);
        Task<Matrix<double>> first = Task.Run(() => network.Forward(X, cache).Clone());
        entered.Wait(TimeSpan.FromSeconds(10)).ShouldBeTrue();

        Should.Throw<InvalidOperationException>(() => network.Forward(2 * X, cache)).Message.ShouldStartWith(
            "Sequential(WaitingLayer, Tanh) was given a cache that another pass is using at this moment");
        released.Set();
        first.Result.ShouldBe(network.Forward(X, new Cache<double>(training: false)));
        network.Forward(X, cache).ShouldBe(first.Result);
    }

    [Test]
    public void Backward_AnotherThreadIsUnderWay_ThrowsAndLeavesThatOneAlone([Values] bool isGeneral)
    {
        using ManualResetEventSlim entered = new(), released = new();
        var gate = new WaitingLayer(entered, released) { WaitsInForward = false };
        var cache = new Cache<double>();
        gate.Forward(X, cache);
        Task<Matrix<double>> first = Task.Run(Backward);
        entered.Wait(TimeSpan.FromSeconds(10)).ShouldBeTrue();

        Should.Throw<InvalidOperationException>(Backward).Message.ShouldStartWith("WaitingLayer was given a cache that another pass is using");
        released.Set();
        first.Result.ShouldBe(2 * X);
        Backward().ShouldBe(2 * X);

        Matrix<double> Backward() => isGeneral ? gate.Backward(2 * X, Wanted.All, cache)[0]! : gate.Backward(2 * X, cache);
    }

    [Test]
    public void Forward_AfterOneThatFailed_TakesTheCacheOfAnyThread()
    {
        Sequential<double> network = Network();
        var cache = new Cache<double>();
        Should.Throw<ArgumentException>(() => Task.Run(() => network.Forward(Some.Matrix<double>(5, 4), cache)).GetAwaiter().GetResult());
        network.Forward(X, cache).ShouldBe(network.Forward(X));
    }

    [Test]
    public void Forward_GateThatHandsOnItsOwnCache_IsToldToHandOnAPart()
    {
        var cache = new Cache<double>();
        Should.Throw<InvalidOperationException>(() => new Wrapper(new Tanh<double>()).Forward(X, cache)).Message.ShouldContain("cache[i]");
        new Tanh<double>().Forward(X, cache).ShouldBe(new Tanh<double>().Forward(X));
    }

    [Test]
    public void Forward_GateOfSeveralInputsThatHandsOnItsOwnCache_IsToldToHandOnAPart()
    {
        var cache = new Cache<double>();
        Should.Throw<InvalidOperationException>(() => new PairWrapper(new AddGate<double>()).Forward([X, X], cache)).Message.ShouldContain("cache[i]");
        new AddGate<double>().Forward([X, X], cache).ShouldBe(2 * X);
    }

    [Test]
    public void Backward_AfterOneThatFailed_CanStartAgain()
    {
        var gate = new FailingLayer();
        var cache = new Cache<double>();
        gate.Forward(X, cache);
        Should.Throw<InvalidOperationException>(() => gate.Backward(X, cache)).Message.ShouldContain("on purpose");
        Should.Throw<InvalidOperationException>(() => gate.Backward(X, Wanted.All, cache)).Message.ShouldContain("on purpose");
        gate.Forward(X, cache).ShouldBe(X);
    }

    [Test]
    public void LossBackward_NetworkRanForwardSince_Throws()
    {
        Sequential<double> network = Network();
        var loss = new MeanSquaredError<double>();
        Cache<double> cache = new(), lossCache = new();
        loss.Forward(network.Forward(X, cache), Some.Matrix<double>(5, 2), lossCache);
        network.Forward(2 * X, cache);
        Should.Throw<InvalidOperationException>(() => loss.Backward(lossCache, network, cache)).Message.ShouldStartWith(
            $"{loss} was computed before the last forward pass of {network}");

        loss.Forward(network.Forward(X, cache), Some.Matrix<double>(5, 2), lossCache);
        network.Forward(2 * X);
        network.Forward(2 * X, new Cache<double>());
        loss.Backward(lossCache, network, cache);
    }

    [Test]
    public void IsOlderThan_FreshPartOrOtherThread_IsNotKnown()
    {
        Cache<double> older = new(), newer = new();
        newer.IsOlderThan(older).ShouldBeFalse();
        older.Forget();
        newer.Forget();
        older.IsOlderThan(newer).ShouldBeTrue();
        newer.IsOlderThan(older).ShouldBeFalse();
        older.IsOlderThan(newer[0]).ShouldBeFalse();
        var elsewhere = new Thread(newer.Forget);
        elsewhere.Start();
        elsewhere.Join();
        older.IsOlderThan(newer).ShouldBeFalse();
    }

    // Threads count for themselves, so that which of two has run more passes tells nothing.
    [Test]
    public void IsOlderThan_PassesOfTwoNewThreads_IsNotKnown()
    {
        Cache<double> one = new(), two = new();
        OnANewThread(one.Forget);
        OnANewThread(() =>
        {
            two.Forget();
            two.Forget();
            two.Forget();
        });
        one.IsOlderThan(two).ShouldBeFalse();
        two.IsOlderThan(one).ShouldBeFalse();

        static void OnANewThread(ThreadStart work)
        {
            var thread = new Thread(work);
            thread.Start();
            thread.Join();
        }
    }

    // The time of a whole cache is its own; a part has none, also after a pass.
    [Test]
    public void IsOlderThan_PartAfterAPass_IsNotKnown()
    {
        Cache<double> older = new(), newer = new();
        older.Forget();
        new Tanh<double>().Forward(X, newer[0]);
        new AddGate<double>().Forward([X, X], newer[1]);
        older.IsOlderThan(newer[0]).ShouldBeFalse();
        older.IsOlderThan(newer[1]).ShouldBeFalse();
    }

    // Two passes that begin in the same moment both find the cache free; the one that ends second finds that out.
    [Test]
    public void Forward_AnotherPassEndedMeanwhile_Throws()
    {
        Cache<double> cache = new();
        var layer = new FormulaLayer(
            x =>
            {
                cache.End(cache);
                return x;
            },
            (upstream, _, _) => upstream);
        Should.Throw<InvalidOperationException>(() => layer.Forward(X, cache)).Message.ShouldContain("another pass is using at this moment");
    }

    [Test]
    public void Backward_SecondOfAPass_NeedsRewind()
    {
        Sequential<double> network = Network();
        var cache = new Cache<double>();
        Matrix<double> upstream = Some.Matrix<double>(5, 2, seed: 2);
        network.Forward(X, cache);
        Should.Throw<ArgumentException>(() => network.Backward(X, cache));
        network.Backward(upstream, cache);
        Matrix<double> once = network.Parameters[0].Parameter.Gradient.Clone();

        string message = Should.Throw<InvalidOperationException>(() => network.Backward(upstream, cache)).Message;
        message.ShouldStartWith($"Backward of {network} ran already for this forward pass");
        message.ShouldContain("Rewind");
        Should.Throw<InvalidOperationException>(() => network.Backward(upstream, Wanted.None, cache));
        network.Parameters[0].Parameter.Gradient.ShouldBe(once);

        cache.Rewind();
        network.Backward(upstream, cache);
        (network.Parameters[0].Parameter.Gradient - (2 * once)).InfinityNorm().ShouldBeLessThan(1e-14);
        network.Forward(X, cache);
        network.Backward(upstream, cache);
    }

    [Test]
    public void Backward_SecondOfAGateWithoutParameters_RepeatsTheFirst()
    {
        var gate = new MultiplyGate<double>();
        var cache = new Cache<double>();
        gate.Forward(X, 2 * X, cache);
        Matrix<double> once = gate.Backward(X, cache).Dx.Clone();
        gate.Backward(X, cache).Dx.ShouldBe(once);
    }

    [Test]
    public void Backward_SomethingChangedSinceForward_NamesIt()
    {
        Sequential<double> network = Network();
        var cache = new Cache<double> { DetectsChanges = true };
        Matrix<double> input = X.Clone(), upstream = Some.Matrix<double>(5, 2, seed: 2);
        Matrix<double> weight = network.Parameters[2].Parameter.Value;

        network.Forward(input, cache);
        input[4, 2] += 1e-9;
        ShouldSay($"{network}: its input was changed between Forward and Backward");

        network.Forward(input, cache);
        weight[0, 1] += 1e-9;
        ShouldSay("Linear(4 → 2): its parameter weight was changed between Forward and Backward");

        network.Forward(input, cache)[0, 0] = 7;
        ShouldSay($"{network}: its output was changed between Forward and Backward");

        network.Forward(input, cache);
        network.Backward(upstream, cache);

        void ShouldSay(string start) => Should.Throw<InvalidOperationException>(() => network.Backward(upstream, cache)).Message.ShouldStartWith(start);
    }

    [Test]
    public void Backward_OneOfTwoInputsChangedSinceForward_NamesIt()
    {
        var gate = new MultiplyGate<double>();
        var cache = new Cache<double> { DetectsChanges = true };
        Matrix<double> y = X.Clone();
        gate.Forward(X, y, cache);
        y[0, 0] += 1;
        Should.Throw<InvalidOperationException>(() => gate.Backward(X, cache)).Message.ShouldBe(
            $"{gate}: its input y was changed between Forward and Backward, so the gradients would be those of another function. " +
            "Change a copy, or change it after Backward.");
    }

    [Test]
    public void LossBackward_WhatItKeptWasChanged_SaysSo()
    {
        var loss = new MeanSquaredError<double>();
        var cache = new Cache<double> { DetectsChanges = true };
        loss.Forward(X, 2 * X, cache);
        cache.Recall(loss)[0][0, 0] += 1;
        Should.Throw<InvalidOperationException>(() => loss.Backward(cache)).Message.ShouldStartWith(
            $"{loss}: matrix 0 that it kept was changed between Forward and Backward");
    }

    [Test]
    public void DetectsChanges_NotAsked_IsOff() => new Cache<double>().DetectsChanges.ShouldBeFalse();

    private sealed class WaitingLayer(ManualResetEventSlim entered, ManualResetEventSlim released) : Layer<double>
    {
        public bool WaitsInForward { get; init; } = true;

        public override string Name => nameof(WaitingLayer);

        protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache) => Pass(input, WaitsInForward);

        protected override Matrix<double>? BackwardCore(
            Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache) => Pass(upstream, !WaitsInForward);

        private Matrix<double> Pass(Matrix<double> matrix, bool waits)
        {
            if (waits)
            {
                entered.Set();
                released.Wait(TimeSpan.FromSeconds(10)); // Nobody releases it where the guard is missing.
            }

            return matrix;
        }
    }

    private sealed class FailingLayer : Layer<double>
    {
        protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache) => input;

        protected override Matrix<double>? BackwardCore(
            Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache) =>
            throw new InvalidOperationException("Failed on purpose.");
    }

    // Gives its own cache to a gate of two inputs.
    private sealed class PairWrapper(BinaryGate<double> inner) : BinaryGate<double>
    {
        protected override Matrix<double> ForwardCore(Matrix<double> x, Matrix<double> y, Cache<double> cache) => inner.Forward([x, y], cache);

        protected override (Matrix<double>? Dx, Matrix<double>? Dy) BackwardCore(
            Matrix<double> upstream, Matrix<double> x, Matrix<double> y, Matrix<double> z, Wanted wanted, Cache<double> cache) => (upstream, upstream);
    }

    // Gives its own cache to what it wraps.
    private sealed class Wrapper(Layer<double> inner) : Layer<double>
    {
        protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache) => inner.Forward(input, cache);

        protected override Matrix<double>? BackwardCore(
            Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache) => upstream;
    }
}
