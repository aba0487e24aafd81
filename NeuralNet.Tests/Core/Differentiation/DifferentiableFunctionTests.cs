using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Differentiation;

/// <summary>What a function says of itself, and the further paths that a gate has.</summary>
internal sealed class DifferentiableFunctionTests
{
    [Test]
    public void Passes_WithoutAResult_AreRefusedByName()
    {
        Matrix<double> x = Some.Matrix<double>(1, 2), y = Some.Matrix<double>(3, 1);
        var none = new DifferentiableFunction<double>("f", [("x", x), ("y", y)], () => null!, _ => null!);
        var one = new DifferentiableFunction<double>("f", [("x", x), ("y", y)], () => x, u => [u, null!]);

        none.ToString().ShouldBe("f by x [1×2], y [3×1]");
        Should.Throw<InvalidOperationException>(() => none.Forward()).Message.ShouldBe("The forward pass of f returned null.");
        Should.Throw<InvalidOperationException>(() => none.Backward(x))
            .Message.ShouldBe("The backward pass of f must return one gradient for each of its variables (x [1×2], y [3×1]), got 0.");
        Should.Throw<InvalidOperationException>(() => one.Backward(x))
            .Message.ShouldBe("The backward pass of f must return one gradient for each of its variables (x [1×2], y [3×1]), got 1.");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void OfGate_Layer_HasItsOwnPassesBeside(bool isTraining)
    {
        Matrix<double> x = Some.Matrix<double>(4, 3);
        var cache = new Cache<double>(isTraining, keeps: true);
        DifferentiableFunction<double> linear = DifferentiableFunction<double>.OfGate(new Linear<double>(3, 2, new Random(1)), [x], cache);
        DifferentiableFunction<double> sigmoid = DifferentiableFunction<double>.OfGate(new Sigmoid<double>(), [x], cache);

        string[] forwards = ["with a cache that keeps nothing", "of one input", .. isTraining ? (string[])[] : ["without a cache"]];
        linear.OtherForwards.Select(path => path.Name).ShouldBe(forwards);
        sigmoid.OtherForwards.Select(path => path.Name).ShouldBe(forwards);
        linear.OtherBackwards.Select(path => path.Name).ShouldBe(["by parameters alone", "by the layer's own Backward"]);
        sigmoid.OtherBackwards.Select(path => path.Name).ShouldBe(["by the layer's own Backward"]);
        linear.OtherForwards.ShouldAllBe(path => path.Forward().Equals(linear.Forward()));
    }

    [Test]
    public void OfGate_OtherGates_HaveThePathsOfTheirInputs()
    {
        Matrix<double> x = Some.Matrix<double>(4, 3), w = Some.Matrix<double>(3, 2);
        DifferentiableFunction<double> product = DifferentiableFunction<double>.OfGate(new MatrixMultiplyGate<double>(), x, w);

        product.OtherForwards.Select(path => path.Name).ShouldBe(["with a cache that keeps nothing"]);
        product.OtherBackwards.Select(path => path.Name).ShouldBe(["with x alone wanted", "with y alone wanted"]);
        DifferentiableFunction<double>.OfParameters(new Linear<double>(3, 2, new Random(1)), x).OtherBackwards.ShouldBeEmpty();
    }

    [Test]
    public void FrozenState_WithoutAGate_IsRefused() => Should.Throw<ArgumentNullException>(() => new FrozenState<double>(null!)).ParamName.ShouldBe("gate");
}
