using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core;

internal sealed class CacheTests
{
    [Test]
    public void Buffer_SameSlotAndShape_IsTheSameMatrix()
    {
        var cache = new Cache<float>();
        cache.Buffer(0, 3, 4).ShouldBeSameAs(cache.Buffer(0, 3, 4));
        cache.Buffer(0, 3, 4).ShouldNotBeSameAs(cache.Buffer(1, 3, 4));
    }

    [Test]
    public void Buffer_ShapesAlternate_KeepsEach()
    {
        var cache = new Cache<float>();
        Matrix<float> full = cache.Buffer(0, 32, 4), partial = cache.Buffer(0, 7, 4);
        cache.Buffer(0, 32, 4).ShouldBeSameAs(full);
        cache.Buffer(0, 7, 4).ShouldBeSameAs(partial);
    }

    [Test]
    public void Buffer_MoreShapesThanAreKept_LetsTheOneUsedLongestAgoGo()
    {
        var cache = new Cache<float>();
        Matrix<float>[] made = [.. Enumerable.Range(1, Cache<float>.ShapesPerBuffer).Select(rows => cache.Buffer(0, rows, 1))];

        // The oldest is used again, so the second is now the one used longest ago.
        cache.Buffer(0, 1, 1).ShouldBeSameAs(made[0]);
        cache.Buffer(0, 9, 1);

        cache.Buffer(0, 1, 1).ShouldBeSameAs(made[0]);
        cache.Buffer(0, 3, 1).ShouldBeSameAs(made[2]);
        cache.Buffer(0, 4, 1).ShouldBeSameAs(made[3]);
        cache.Buffer(0, 2, 1).ShouldNotBeSameAs(made[1]);
    }

    [TestCase(4)]
    [TestCase(6)]
    public void RememberedShapes_AsManyBatchSizesAlternate_AllocatesNothing(int sizes)
    {
        var net = new Sequential<float>(new Linear<float>(3, 4, new Random(1)), new ReLU<float>(), new Linear<float>(4, 2, new Random(2)));
        (Matrix<float> X, Matrix<float> Upstream)[] batches = [.. Enumerable.Range(1, sizes).Select(rows => (Some.Matrix<float>(rows, 3), Some.Matrix<float>(rows, 2)))];
        Passes(new Cache<float> { RememberedShapes = sizes }).ShouldBe(0);
        Passes(new Cache<float> { RememberedShapes = sizes - 1 }).ShouldBeGreaterThan(0);

        long Passes(Cache<float> cache) => Allocation.OfThread(() =>
        {
            foreach ((Matrix<float> x, Matrix<float> upstream) in batches)
            {
                net.Forward(x, cache);
                net.Backward(upstream, cache);
            }
        });
    }

    [Test]
    public void RememberedShapes_OfAPart_IsThatOfTheWhole()
    {
        new Cache<float> { RememberedShapes = 6 }[1][2].RememberedShapes.ShouldBe(6);
        new Cache<float>().RememberedShapes.ShouldBe(Cache<float>.ShapesPerBuffer);
        Should.Throw<ArgumentOutOfRangeException>(() => new Cache<float> { RememberedShapes = 0 });
    }

    [Test]
    public void Recall_BeforeForward_SaysSo() =>
        Should.Throw<InvalidOperationException>(() => new Cache<float>().Recall(new ReLU<float>()))
            .Message.ShouldBe("Backward of ReLU came before Forward: no forward pass was completed with this cache. Call Forward with it first.");

    [Test]
    public void Recall_CacheOfAnotherLayer_NamesBoth()
    {
        var cache = new Cache<float>();
        new Sigmoid<float>().Forward(Some.Matrix<float>(2, 3), cache);
        Should.Throw<InvalidOperationException>(() => new ReLU<float>().Backward(Some.Matrix<float>(2, 3), cache))
            .Message.ShouldBe("Backward of ReLU was given the cache of Sigmoid. Pass the cache that its own Forward received.");
    }

    [Test]
    public void Recall_CacheOfAnotherLayerThatLooksTheSame_SaysAnother()
    {
        var cache = new Cache<float>();
        new ReLU<float>().Forward(Some.Matrix<float>(2, 3), cache);
        Should.Throw<InvalidOperationException>(() => new ReLU<float>().Backward(Some.Matrix<float>(2, 3), cache))
            .Message.ShouldContain("the cache of another ReLU");
    }

    [Test]
    public void Recall_WorkspaceForInference_SaysThatItKeepsNothing()
    {
        var relu = new ReLU<float>();
        var workspace = new Cache<float>(training: false);
        relu.Forward(Some.Matrix<float>(2, 3), workspace);
        Should.Throw<InvalidOperationException>(() => relu.Backward(Some.Matrix<float>(2, 3), workspace))
            .Message.ShouldContain("made for inference");
    }

    [Test]
    public void RecallScalars_KeptByAGate_GivesThemBackInOrder()
    {
        var cache = new Cache<double>();
        object gate = new();
        cache.Keep(gate, 3.0, -4.0);
        cache.RecallScalars(gate).ToArray().ShouldBe([3.0, -4.0]);
    }

    [Test]
    public void Keep_Again_ForgetsTheOtherKind()
    {
        var cache = new Cache<double>();
        var gate = new Tanh<double>();
        object owner = gate;
        Matrix<double> x = Some.Matrix<double>(2, 3);

        cache.Keep(owner, 3.0);
        cache.Keep(owner, x);
        cache.RecallScalars(owner).IsEmpty.ShouldBeTrue();
        cache.Keep(owner, 3.0);
        cache.Recall(owner).IsEmpty.ShouldBeTrue();
        cache.Keep(gate, [x], x);
        cache.RecallScalars(owner).IsEmpty.ShouldBeTrue();
    }

    [Test]
    public void Keep_NumbersInAWorkspaceForInference_RemembersNothing()
    {
        var workspace = new Cache<double>(training: false);
        object gate = new();
        workspace.Keep(gate, 3.0);
        workspace.Owner.ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => workspace.RecallScalars(gate).ToArray()).Message.ShouldContain("made for inference");
    }

    [Test]
    public void Keep_NumbersAgain_AllocatesNothing()
    {
        var cache = new Cache<double>();
        object gate = new();
        Allocation.OfThread(() => cache.Keep(gate, 3.0, -4.0)).ShouldBe(0);
    }

    [Test]
    public void Part_OfAnInferenceWorkspace_IsOneToo() => new Cache<float>(training: false)[2].IsTraining.ShouldBeFalse();

    [Test]
    public void Part_NegativePosition_IsRefused() => Should.Throw<ArgumentOutOfRangeException>(() => new Cache<float>()[-1]).ParamName.ShouldBe("part");

    [Test]
    public void Buffer_NegativeSlot_IsRefused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Cache<float>().Buffer(-1, 2, 2)).ParamName.ShouldBe("slot");
}
