using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Proofs;

/// <summary>Mistakes in a gate of one's own are named, and none gives a wrong gradient in silence.</summary>
internal sealed class OwnGateErrorTests
{
    private readonly Matrix<double> _x = Some.Matrix<double>(3, 2), _y = Some.Matrix<double>(3, 2, 2), _upstream = Some.Matrix<double>(3, 2, 3);

    [Test]
    public void Backward_GradientOfAnotherShape_IsNamed() => Refusal((_, downstream) =>
    {
        downstream.Fill(_upstream);
        downstream[1] = _upstream.Transpose();
    }).ShouldBe("A gradient has the shape of its variable: x2 of faulty sum is [3×2], but its backward pass gave a gradient of [2×3].");

    [Test]
    public void Backward_NoGradient_IsNamed() =>
        Refusal((upstream, downstream) => downstream[0] = upstream).ShouldContain("x2 of faulty sum is [3×2], but its backward pass gave no gradient");

    // What the pass before gave must not stand in.
    [Test]
    public void Backward_NoGradientInASecondPass_IsNamed()
    {
        var gate = new FaultyGate();
        var cache = new Cache<double>();
        gate.Forward([_x, _y], cache);
        gate.Backward(_upstream, Wanted.All, cache);
        gate.Give = (upstream, downstream) => downstream[0] = upstream;
        Should.Throw<InvalidOperationException>(() => { gate.Backward(_upstream, Wanted.All, cache); }).Message.ShouldContain("x2 of faulty sum");
    }

    [Test]
    public void Backward_NoGradientNobodyWants_IsFine()
    {
        var gate = new FaultyGate { Give = (upstream, downstream) => downstream[1] = upstream };
        var cache = new Cache<double>();
        gate.Forward([_x, _y], cache);
        ReadOnlySpan<Matrix<double>?> downstream = gate.Backward(_upstream, new Wanted([false, true]), cache);
        downstream[0].ShouldBeNull();
        downstream[1].ShouldBe(_upstream);
    }

    [Test]
    public void Backward_GradientNobodyWants_IsDropped()
    {
        var gate = new FaultyGate { Give = (upstream, downstream) => (downstream[0], downstream[1]) = (upstream.Transpose(), upstream) };
        var cache = new Cache<double>();
        gate.Forward([_x, _y], cache);
        ReadOnlySpan<Matrix<double>?> downstream = gate.Backward(_upstream, new Wanted([false, true]), cache);
        downstream[0].ShouldBeNull();
        downstream[1].ShouldBe(_upstream);
    }

    [Test]
    public void Backward_OwnLayerGivesAnotherShapeOrNothing_IsNamed()
    {
        RefusalOfLayer((upstream, _, _) => upstream.Transpose()).ShouldBe(
            "A gradient has the shape of its variable: input of FormulaLayer is [3×2], but its backward pass gave a gradient of [2×3].");
        RefusalOfLayer((_, _, _) => null!).ShouldContain("input of FormulaLayer is [3×2], but its backward pass gave no gradient");

        string RefusalOfLayer(Func<Matrix<double>, Matrix<double>, Matrix<double>, Matrix<double>> backward)
        {
            var layer = new FormulaLayer(x => x, backward);
            var cache = new Cache<double>();
            layer.Forward(_x, cache);
            return Should.Throw<InvalidOperationException>(() => layer.Backward(_upstream, cache)).Message;
        }
    }

    [Test]
    public void Forward_WrongNumberOrSizeOfInputs_IsNamed()
    {
        Should.Throw<ArgumentException>(() => new AddGate<double>().Forward([_x], new Cache<double>())).Message.ShouldBe("add takes 2 inputs, got 1.");
        Gate<double> linear = new Linear<double>(3, 2, new Random(1));
        Should.Throw<ArgumentException>(() => linear.Forward([_x], new Cache<double>())).Message.ShouldContain("expects input [N×3], got [3×2]");
    }

    [Test]
    public void ForwardNumbers_GateOnMatrices_IsRefusedByName()
    {
        var gate = new FaultyGate();
        Should.Throw<NotSupportedException>(() => gate.ForwardNumbers([1, 0], [0], 1)).Message.ShouldBe("faulty sum works on matrices only.");
        Should.Throw<NotSupportedException>(() => gate.BackwardNumbers(1, [1, 0], [0], 1, Wanted.All, default)).Message
            .ShouldBe("faulty sum works on matrices only.");
    }

    [Test]
    public void Formula_GateStatesNone_ShowsItsName()
    {
        var gate = new FaultyGate();
        gate.Formula(["x", "y"]).ShouldBe(@"\text{faulty sum}(x, y)");
        gate.LocalGradient(1, ["x", "y"], "z").ShouldBe(@"G\,\frac{\partial \text{faulty sum}}{\partial y}");
    }

    // Of an element-wise gate the derivative is all there is; the others have the upstream gradient before it.
    [Test]
    public void LocalGradient_FunctionStatesNone_ShowsTheDerivativeOfItsName() =>
        new Cube().LocalGradient("x", "y").ShouldBe(@"\frac{\partial \text{Cube}}{\partial x}");

    [Test]
    public void Description_OfAGate_IsKindAndSettings()
    {
        new AddGate<double>().Description.ToString().ShouldBe("Add");
        new GateDescription("Slice", ("rows", "1..2"), ("columns", "..")).ToString().ShouldBe("Slice(1..2, ..)");
    }

    [Test]
    public void Backward_OwnCodeThrows_IsNamedWithTheReason()
    {
        var mistake = new NotSupportedException("There is no fourth row.");
        Refusal((_, _) => throw mistake).ShouldBe("Backward of faulty sum failed: There is no fourth row.");
    }

    [Test]
    public void Backward_OwnLayerThrowsInANetwork_IsNamedOnce()
    {
        var layer = new FormulaLayer(x => x, (_, _, _) => throw new ArgumentException("Nothing fits."));
        var network = new Sequential<double>(new Linear<double>(2, 2, new Random(1)), layer);
        var cache = new Cache<double>();
        network.Forward(_x, cache);
        Should.Throw<InvalidOperationException>(() => network.Backward(_upstream, cache)).Message.ShouldBe("Backward of FormulaLayer failed: Nothing fits.");
    }

    [Test]
    public void GraphBackward_OwnCodeThrows_NamesTheNodeToo()
    {
        var graph = new Graph<double>();
        var gate = new FaultyGate { Give = (_, _) => throw new NotSupportedException("There is no fourth row.") };
        Node<double> root = graph.Apply(gate, graph.Variable("x", _x), graph.Variable("y", _y)).Named("z");
        graph.Forward();
        string message = Should.Throw<InvalidOperationException>(() => graph.Backward(root, _upstream)).Message;
        message.ShouldContain("z = faulty sum(x, y)");
        message.ShouldContain("There is no fourth row.");
    }

    [Test]
    public void Forward_NoOutput_IsNamed() =>
        Should.Throw<InvalidOperationException>(() => new FaultyGate { Output = () => null }.Forward([_x, _y], new Cache<double>()))
            .Message.ShouldBe("The forward pass of faulty sum returned no output.");

    [Test]
    public void Backward_AfterAForwardPassThatFailed_IsRefused()
    {
        var gate = new FaultyGate();
        var cache = new Cache<double>();
        gate.Forward([_x, _y], cache);
        gate.Output = () => throw new IOException("The disk is full.");
        Should.Throw<IOException>(() => gate.Forward([_x, _y], cache));
        Should.Throw<InvalidOperationException>(() => { gate.Backward(_upstream, Wanted.All, cache); }).Message.ShouldContain("faulty sum came before Forward");
    }

    [Test]
    public void Backward_AfterAForwardPassOfALayerThatFailed_IsRefused()
    {
        bool fails = false;
        var layer = new FormulaLayer(x => fails ? throw new IOException("The disk is full.") : x, (upstream, _, _) => upstream);
        var cache = new Cache<double>();
        layer.Forward(_x, cache);
        fails = true;
        Should.Throw<IOException>(() => layer.Forward(_x, cache));
        Should.Throw<InvalidOperationException>(() => layer.Backward(_upstream, cache)).Message.ShouldContain("FormulaLayer came before Forward");
    }

    [Test]
    public void Backward_CacheOfAnotherGate_IsRefused()
    {
        var cache = new Cache<double>();
        new FaultyGate().Forward([_x, _y], cache);
        Should.Throw<InvalidOperationException>(() => { new FaultyGate().Backward(_upstream, Wanted.All, cache); }).Message.ShouldContain("cache of another faulty sum");
        Should.Throw<InvalidOperationException>(() => { new ConcatenateGate<double>().Backward(_upstream, Wanted.All, cache); })
            .Message.ShouldContain("concatenate columns was given the cache of faulty sum");
    }

    [Test]
    public void Forward_NullInput_IsNamedAndLeavesNothing()
    {
        var gate = new FaultyGate();
        var cache = new Cache<double>();
        gate.Forward([_x, _y], cache);
        Should.Throw<ArgumentNullException>(() => gate.Forward([_x, null!], cache)).Message.ShouldStartWith("x2 of faulty sum is null.");
        Should.Throw<InvalidOperationException>(() => { gate.Backward(_upstream, Wanted.All, cache); });
        Should.Throw<ArgumentNullException>(() => new Linear<double>(2, 2, new Random(1)).Forward(null!, cache)).Message.ShouldStartWith("input of Linear(2 → 2) is null.");
        Should.Throw<ArgumentException>(() => gate.Forward([], cache)).Message.ShouldContain("faulty sum takes 1 or more inputs, got 0");
    }

    private string Refusal(FaultyGate.Gradients give)
    {
        var gate = new FaultyGate { Give = give };
        var cache = new Cache<double>();
        gate.Forward([_x, _y], cache);
        return Should.Throw<InvalidOperationException>(() => { gate.Backward(_upstream, Wanted.All, cache); }).Message;
    }

    private sealed class Cube : Function<double>
    {
        protected override void ForwardCore(ReadOnlySpan<double> x, Span<double> y)
        {
            for (int i = 0; i < x.Length; i++)
            {
                y[i] = x[i] * x[i] * x[i];
            }
        }

        protected override void BackwardCore(ReadOnlySpan<double> upstream, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> downstream)
        {
            for (int i = 0; i < x.Length; i++)
            {
                downstream[i] = upstream[i] * 3 * x[i] * x[i];
            }
        }
    }
}
