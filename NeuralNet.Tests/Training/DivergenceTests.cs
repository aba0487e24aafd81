using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Training;

internal sealed class DivergenceTests
{
    [Test]
    public void ThrowIfNotFinite_OneBadWeight_NamesStepParameterLayerAndPlace()
    {
        var bad = new Linear<float>(4, 3, new Random(1));
        var net = new Sequential<float>(new Linear<float>(4, 4, new Random(1)), new Sequential<float>(new ReLU<float>(), bad), new ReLU<float>());
        bad.Weight.Value[2, 1] = float.NaN;
        Message(net, Some.Matrix<float>(5, 4)).ShouldStartWith(
            "Training stopped at step 17: the loss is NaN. Parameter 1.1.weight of Linear(4 → 3) is not finite: NaN at row 2, column 1 of [4×3], counted from 0 "
            + "(1 of 12 entries are not finite). A step before made it so: lower the learning rate");
    }

    [Test]
    public void ThrowIfNotFinite_BadInput_BlamesTheDataWithItsPlaceAndNotTheRate()
    {
        Matrix<float> input = Some.Matrix<float>(4, 3);
        input[3, 0] = float.NegativeInfinity;
        input[1, 2] = float.NaN;
        string message = Message(new Sequential<float>(new Linear<float>(3, 2, new Random(1))), input);
        message.ShouldContain("The network's input is not finite already: NaN at row 1, column 2 of [4×3], counted from 0 (2 of 12 entries are not finite). It is the data");
        message.ShouldNotContain("lower the learning rate");
    }

    // By rows, as samples are counted: the first of them, and in it the first column, wherever the others lie in memory.
    [Test]
    public void ThrowIfNotFinite_SeveralBadInputs_NamesTheFirstOfTheFirstSample()
    {
        Matrix<float> input = Some.Matrix<float>(4, 3);
        (input[1, 0], input[1, 2], input[3, 1]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity);
        Message(new ReLU<float>(), input).ShouldContain("NaN at row 1, column 0 of [4×3], counted from 0 (3 of 12 entries are not finite)");
    }

    [Test]
    public void ThrowIfNotFinite_NetworkOfOneLayer_NamesItWithoutAPosition() =>
        Message(new Linear<float>(Matrix<float>.Build.Dense(1, 1, -1e30f)), Matrix<float>.Build.Dense(1, 1, 1e30f))
            .ShouldContain("The first output that is not finite is that of Linear(1 → 1, no bias): -Infinity");

    [Test]
    public void ThrowIfNotFinite_BadInputAndBadWeight_NamesTheInput()
    {
        var linear = new Linear<float>(3, 2, new Random(1));
        linear.Weight.Value[0, 0] = float.NaN;
        Message(linear, Matrix<float>.Build.Dense(2, 3, float.NaN)).ShouldContain("input is not finite already");
    }

    [Test]
    public void ThrowIfNotFinite_InfiniteInputBehindASigmoid_IsSeenThoughTheLossIsFinite()
    {
        Matrix<float> input = Some.Matrix<float>(2, 3);
        input[0, 1] = float.PositiveInfinity;
        Message(new Sequential<float>(new Sigmoid<float>()), input, loss: 0.5f)
            .ShouldStartWith("Training stopped at step 17: the loss is 0.5. The network's input is not finite already: Infinity at row 0, column 1");
    }

    [Test]
    public void ThrowIfNotFinite_MinusInfinityBeforeAReLU_NamesTheLayerThatGaveIt()
    {
        // 1e30 · −1e30 is below the range of float; the ReLU makes 0 of it.
        var linear = new Linear<float>(Matrix<float>.Build.Dense(1, 1, -1e30f));
        Message(new Sequential<float>(linear, new ReLU<float>()), Matrix<float>.Build.Dense(1, 1, 1e30f), loss: 0)
            .ShouldContain("The first output that is not finite is that of layer 0, Linear(1 → 1, no bias): -Infinity at row 0, column 0 of [1×1]");
    }

    [Test]
    public void ThrowIfNotFinite_WeightThatTheLastStepMadeInfinite_IsSeenWithAndWithoutAPass()
    {
        var linear = new Linear<float>(Matrix<float>.Build.Dense(1, 2, 1));
        var net = new Sequential<float>(linear);
        var cache = new Cache<float>();
        net.Forward(Matrix<float>.Build.Dense(1, 1, 1), cache);
        linear.Weight.SetGradient(Matrix<float>.Build.Dense(1, 2, [1, 1e20f]));
        new SGD<float>(net.Parameters, 1e20f).Step();

        const string Words = "Parameter 0.weight of Linear(1 → 2, no bias) is not finite: -Infinity at row 0, column 1";
        var error = Should.Throw<NotFiniteNumberException>(() => Divergence.ThrowIfNotFinite(1f, 0, cache));
        error.Message.ShouldContain(Words);
        error.OffendingNumber.ShouldBe(double.NegativeInfinity);
        Should.Throw<NotFiniteNumberException>(() => Divergence.ThrowIfNotFinite(net, 1)).Message.ShouldStartWith($"Training stopped at step 1. {Words}");
    }

    [Test]
    public void ThrowIfNotFinite_FiniteNetwork_IsQuiet()
    {
        var net = new Sequential<float>(new Linear<float>(3, 2, new Random(1)), new Sigmoid<float>());
        var cache = new Cache<float>();
        net.Forward(Some.Matrix<float>(4, 3), cache);
        Should.NotThrow(() => Divergence.ThrowIfNotFinite(1f, 0, cache));
        Should.NotThrow(() => Divergence.ThrowIfNotFinite(net, 0));
    }

    [Test]
    public void ThrowIfNotFinite_FiniteNetwork_AllocatesNothing()
    {
        var net = new Sequential<float>(new Linear<float>(3, 2, new Random(1)), new Sequential<float>(new Sigmoid<float>()));
        var cache = new Cache<float>();
        net.Forward(Some.Matrix<float>(4, 3), cache);
        Allocation.OfThread(() => Divergence.ThrowIfNotFinite(1f, 0, cache)).ShouldBe(0);
    }

    [Test]
    public void ThrowIfNotFinite_BadState_NamesIt()
    {
        var norm = new BatchNorm<double>(3);
        norm.RunningMean[0, 1] = double.NaN;
        Should.Throw<NotFiniteNumberException>(() => Divergence.ThrowIfNotFinite<double>(norm, 3)).Message
            .ShouldContain($"State {norm.States[0].Name} is not finite: NaN at row 0, column 1");
        (norm.RunningMean[0, 1], norm.RunningVariance[0, 2]) = (0, double.PositiveInfinity);
        Should.Throw<NotFiniteNumberException>(() => Divergence.ThrowIfNotFinite<double>(norm, 3)).Message.ShouldEndWith(
            "State running_var is not finite: Infinity at row 0, column 2 of [1×3], counted from 0 (1 of 3 entries are not finite). " +
            "A forward pass before made it so: see whether a batch before held such numbers.");
    }

    [Test]
    public void ThrowIfNotFinite_PartThatRanOnNumbers_IsLookedAtToo()
    {
        var cache = new Cache<double>();
        var net = new OnOneNumber(new Exp<double>());
        net.Forward(Matrix<double>.Build.Dense(1, 1, 1), cache);
        Should.NotThrow(() => Divergence.ThrowIfNotFinite(1.0, 0, cache));
        net.Forward(Matrix<double>.Build.Dense(1, 1, 1000), cache);
        Should.Throw<NotFiniteNumberException>(() => Divergence.ThrowIfNotFinite(1.0, 0, cache)).Message.ShouldContain("that of layer inside, exp: Infinity");
    }

    [Test]
    public void ThrowIfNotFinite_SumThatOverflowsInAContainer_NamesTheContainer()
    {
        var block = new Residual<double>(new Scale<double>(1));
        Message(new Sequential<double>(block), Matrix<double>.Build.Dense(1, 1, 1.5e308))
            .ShouldContain("The first output that is not finite is that of layer 0, ");
    }

    [Test]
    public void ThrowIfNotFinite_PartInAContainer_IsNamedByItsPath()
    {
        var block = new Residual<double>(new Scale<double>(10));
        Message(new Sequential<double>(block), Matrix<double>.Build.Dense(1, 1, 1e308))
            .ShouldContain("The first output that is not finite is that of layer 0.inner, ");
    }

    [Test]
    public void ThrowIfNotFinite_Graph_NamesTheNode()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", Matrix<double>.Build.Dense(1, 2, 1));
        Node<double> y = GraphFunctions.Sigmoid(GraphFunctions.Exp(x).Named("power")).Named("y");
        Message(new GraphLayer<double>(x, y), Matrix<double>.Build.Dense(1, 2, [1, 1000]), loss: 0)
            .ShouldContain("The first output that is not finite is that of layer power, exp: Infinity at row 0, column 1");
    }

    [Test]
    public void ThrowIfNotFinite_ConstantOfAGraph_IsSaidToComeFromNoLayer()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", Matrix<double>.Build.Dense(1, 1, 1));
        Node<double> bad = graph.Constant(Matrix<double>.Build.Dense(1, 1, double.NegativeInfinity), "bad");
        Message(new GraphLayer<double>(x, GraphFunctions.Max(x, bad).Named("larger")), Matrix<double>.Build.Dense(1, 1, 1), loss: 0)
            .ShouldContain("are an input of layer larger, max: -Infinity at row 0, column 0 of [1×1], counted from 0 (1 of 1 entries are not finite). No layer gave them");
    }

    [Test]
    public void ThrowIfNotFinite_GateOfTwoInputs_NamesTheInput()
    {
        var gate = new AddGate<double>();
        var cache = new Cache<double>();
        gate.Forward(Matrix<double>.Build.Dense(1, 1, 1), Matrix<double>.Build.Dense(1, 1, double.NaN), cache);
        Should.Throw<NotFiniteNumberException>(() => Divergence.ThrowIfNotFinite(double.NaN, 0, cache)).Message
            .ShouldContain("Input 1 of the network (of 2, from 0) is not finite already: NaN");
    }

    [Test]
    public void ThrowIfNotFinite_GateOnNumbers_NamesIt()
    {
        var gate = new AddGate<double>();
        var cache = new Cache<double>();
        gate.Forward(1, double.PositiveInfinity, cache);
        Should.Throw<NotFiniteNumberException>(() => Divergence.ThrowIfNotFinite(1.0, 0, cache)).Message.ShouldContain("add: Infinity");
    }

    [Test]
    public void ThrowIfNotFinite_LongerNetworkUsedTheCacheBefore_IsNotReported()
    {
        var cache = new Cache<float>();
        Matrix<float> input = Matrix<float>.Build.Dense(1, 1, 1);
        new Sequential<float>(new ReLU<float>(), new Linear<float>(Matrix<float>.Build.Dense(1, 1, float.NaN)), new ReLU<float>()).Forward(input, cache);
        var net = new FirstOfTwo(new ReLU<float>(), new Sigmoid<float>());
        net.Forward(input, cache);
        Should.NotThrow(() => Divergence.ThrowIfNotFinite(1f, 0, cache));
        Should.Throw<NotFiniteNumberException>(() => Divergence.ThrowIfNotFinite(float.NaN, 0, cache)).Message.ShouldContain("look at the loss and its target");
    }

    [Test]
    public void ThrowIfNotFinite_EveryOutputFinite_PointsToTheLoss() =>
        Message(new Sequential<float>(new ReLU<float>()), Some.Matrix<float>(2, 3)).ShouldContain("look at the loss and its target");

    [TestCase(0, true)]
    [TestCase(1, false)]
    [TestCase(9, false)]
    [TestCase(10, true)]
    public void ThrowIfNotFinite_EveryTen_LooksThroughTheNetworkAtThoseStepsOnly(int step, bool stops)
    {
        var cache = new Cache<float>();
        new Sigmoid<float>().Forward(Matrix<float>.Build.Dense(1, 1, float.PositiveInfinity), cache);
        void Check(float loss) => Divergence.ThrowIfNotFinite(loss, step, cache, every: 10);
        Should.Throw<NotFiniteNumberException>(() => Check(float.NaN));
        if (stops)
        {
            Should.Throw<NotFiniteNumberException>(() => Check(1));
        }
        else
        {
            Should.NotThrow(() => Check(1));
        }
    }

    [Test]
    public void ThrowIfNotFinite_CacheWithoutAPass_SaysSo()
    {
        Should.Throw<InvalidOperationException>(() => Divergence.ThrowIfNotFinite(1f, 0, new Cache<float>())).Message.ShouldContain("holds no forward pass");
        Should.Throw<NotFiniteNumberException>(() => Divergence.ThrowIfNotFinite(float.PositiveInfinity, 0, new Cache<float>())).Message
            .ShouldContain("the loss is Infinity. The cause cannot be told: the cache given holds no forward pass");
    }

    [Test]
    public void ThrowIfNotFinite_CacheOfTheLoss_SaysSo()
    {
        var cache = new Cache<float>();
        new MeanSquaredError<float>().Forward(Some.Matrix<float>(2, 2), Some.Matrix<float>(2, 2), cache);
        Should.Throw<InvalidOperationException>(() => Divergence.ThrowIfNotFinite(1f, 0, cache)).Message.ShouldContain("the pass of MeanSquaredError, which is no network");
    }

    [Test]
    public void ThrowIfNotFinite_HostileArguments_AreNamed()
    {
        Should.Throw<ArgumentNullException>(() => Divergence.ThrowIfNotFinite(1f, 0, null!)).ParamName.ShouldBe("cache");
        Should.Throw<ArgumentNullException>(() => Divergence.ThrowIfNotFinite<float>(null!, 0)).ParamName.ShouldBe("network");
        Should.Throw<ArgumentOutOfRangeException>(() => Divergence.ThrowIfNotFinite(1f, -1, new Cache<float>())).ParamName.ShouldBe("step");
        Should.Throw<ArgumentOutOfRangeException>(() => Divergence.ThrowIfNotFinite(new ReLU<float>(), -1)).ParamName.ShouldBe("step");
        Should.Throw<ArgumentOutOfRangeException>(() => Divergence.ThrowIfNotFinite(1f, 0, new Cache<float>(), every: 0)).ParamName.ShouldBe("every");
    }

    private static string Message<T>(Layer<T> net, Matrix<T> input, T? loss = null) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var cache = new Cache<T>();
        net.Forward(input, cache);
        return Should.Throw<NotFiniteNumberException>(() => Divergence.ThrowIfNotFinite(loss ?? T.NaN, 17, cache)).Message;
    }

    /// <summary>A container that leaves out its second part, as one that skips parts at random does.</summary>
    private sealed class FirstOfTwo(Layer<float> first, Layer<float> second) : Layer<float>
    {
        public override IReadOnlyList<NamedGate<float>> Children => [new("first", first), new("second", second)];

        protected override Matrix<float> ForwardCore(Matrix<float> input, Cache<float> cache) => first.Forward(input, cache[0]);

        protected override Matrix<float>? BackwardCore(
            Matrix<float> upstream, Matrix<float> input, Matrix<float> output, bool isInputWanted, Cache<float> cache) => first.Backward(upstream, cache[0]);
    }

    /// <summary>A container whose part works on the first number of the input.</summary>
    private sealed class OnOneNumber(Function<double> inside) : Layer<double>
    {
        public override IReadOnlyList<NamedGate<double>> Children => [new("inside", inside)];

        protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache) =>
            Matrix<double>.Build.Dense(1, 1, inside.Forward(input[0, 0], cache[0]));

        protected override Matrix<double>? BackwardCore(
            Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache) =>
            Matrix<double>.Build.Dense(1, 1, inside.Backward(upstream[0, 0], cache[0]));
    }
}
