using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;

namespace NeuralNet.Tests.Core.Gates;

/// <summary>Single gates with the figures of the lectures.</summary>
public sealed class LectureGateTests
{
    // CS231n lecture 4, the forward/backward API: [y·dz, x·dz].
    [Test]
    public void Backward_MultiplyGateOnNumbers_SwitchesTheInputs()
    {
        var gate = new MultiplyGate<double>();
        var cache = new Cache<double>();
        double x = 3, y = -4, dz = 2;

        double z = gate.Forward(x, y, cache);
        var (dx, dy) = gate.Backward(upstream: dz, cache);

        z.ShouldBe(-12);
        dx.ShouldBe(y * dz);
        dy.ShouldBe(x * dz);
        gate.Pattern.ShouldBe(FlowPattern.Switcher);
    }

    [Test]
    public void Backward_AddGateOnNumbers_Distributes()
    {
        var gate = new AddGate<double>();
        var cache = new Cache<double>();

        gate.Forward(-2, 5, cache).ShouldBe(3);
        gate.Backward(-4.0, cache).ShouldBe((-4, -4));
        gate.Pattern.ShouldBe(FlowPattern.Distributor);
    }

    [TestCase(2, 0, 6, 0)]
    [TestCase(0, 2, 0, 6)]
    [TestCase(2, 2, 3, 3)]
    public void Backward_MaxGateOnNumbers_RoutesAndSplitsTies(double x, double y, double expectedX, double expectedY)
    {
        var gate = new MaxGate<double>();
        var cache = new Cache<double>();

        gate.Forward(x, y, cache).ShouldBe(2);
        gate.Backward(6.0, cache).ShouldBe((expectedX, expectedY));
        gate.Pattern.ShouldBe(FlowPattern.Router);
    }

    [Test]
    public void Backward_MinGateTie_SplitsIt()
    {
        var gate = new MinGate<float>();
        var cache = new Cache<float>();

        gate.Forward(1f, 1f, cache).ShouldBe(1f);
        gate.Backward(3f, cache).ShouldBe((1.5f, 1.5f));
    }

    [Test]
    public void Backward_MaxoutTie_EachGetsItsShare()
    {
        var gate = new MaxoutGate<double>();
        var cache = new Cache<double>();
        double[] downstream = new double[4];

        gate.Forward([7, 1, 7, 7], cache).ShouldBe(7);
        gate.Backward(3.0, downstream, cache);

        downstream.ShouldBe([1, 0, 1, 1]);
    }

    // CS231n 2020 lecture 4: ReLU on a vector.
    [Test]
    public void Backward_ReLUOnAVector_ClosesWhereTheInputWasNegative()
    {
        var gate = new ReLU<double>();
        var cache = new Cache<double>();

        Matrix<double> y = gate.Forward(Matrix<double>.Build.Dense(1, 4, [1, -2, 3, -1]), cache);
        Matrix<double> dx = gate.Backward(Matrix<double>.Build.Dense(1, 4, [4, -1, 5, 9]), cache);

        y.ToRowMajorArray().ShouldBe([1, 0, 3, 0]);
        dx.ToRowMajorArray().ShouldBe([4, 0, 5, 0]);
    }

    // CS231n lecture 4: the sigmoid gate at 1, upstream 1: (1 − 0.73)·0.73 = 0.1966.
    [Test]
    public void Backward_SigmoidGate_IsOneMinusSigmaTimesSigma()
    {
        var gate = new Sigmoid<double>();
        var cache = new Cache<double>();

        gate.Forward(1.0, cache).ShouldBe(0.7311, 5e-5);
        gate.Backward(1.0, cache).ShouldBe(0.1966, 5e-5);
    }

    [Test]
    public void Backward_MatrixMultiply_HasTheShapesOfItsInputs()
    {
        var gate = new MatrixMultiplyGate<double>();
        var cache = new Cache<double>();
        Matrix<double> x = Matrix<double>.Build.Dense(2, 3, [1, 4, 2, 5, 3, 6]);
        Matrix<double> w = Matrix<double>.Build.Dense(3, 1, [1, -1, 2]);

        // [1·1 − 2 + 3·2, 4 − 5 + 12] = [5, 11]; dX = dY·Wᵀ, dW = Xᵀ·dY.
        gate.Forward(x, w, cache).ToRowMajorArray().ShouldBe([5, 11]);
        var (dx, dw) = gate.Backward(Matrix<double>.Build.Dense(2, 1, [1, 10]), cache);

        dx.ToRowMajorArray().ShouldBe([1, -1, 2, 10, -10, 20]);
        dw.ToRowMajorArray().ShouldBe([41, 52, 63]);
    }

    [Test]
    public void Backward_AnotherGatesCache_Throws()
    {
        var cache = new Cache<double>();
        new AddGate<double>().Forward(1.0, 2.0, cache);

        Should.Throw<InvalidOperationException>(() => new MultiplyGate<double>().Backward(1.0, cache))
            .Message.ShouldBe("Backward of multiply was given the cache of add. Pass the cache that its own Forward received.");
    }

    [Test]
    public void Backward_NumberAfterForwardOnMatrices_Throws()
    {
        var gate = new Exp<double>();
        var cache = new Cache<double>();
        gate.Forward(Matrix<double>.Build.Dense(1, 1), cache);

        Should.Throw<InvalidOperationException>(() => gate.Backward(1.0, cache)).Message.ShouldContain("given a number, but its Forward matrices");
    }

    [Test]
    public void Backward_MatrixAfterForwardOnNumbers_Throws()
    {
        var gate = new Exp<double>();
        var cache = new Cache<double>();
        gate.Forward(1.0, cache);

        Should.Throw<InvalidOperationException>(() => gate.Backward(Matrix<double>.Build.Dense(1, 1), cache))
            .Message.ShouldContain("given a matrix, but its Forward numbers");
    }

    [Test]
    public void Forward_ShapesThatDoNotFit_SaysWhichAndWhatWasExpected()
    {
        Matrix<double> a = Matrix<double>.Build.Dense(2, 3), b = Matrix<double>.Build.Dense(2, 2);
        var cache = new Cache<double>();

        Should.Throw<ArgumentException>(() => new AddGate<double>().Forward(a, b, cache)).Message.ShouldContain("add works entry by entry");
        Should.Throw<ArgumentException>(() => new MatrixMultiplyGate<double>().Forward(a, b, cache)).Message.ShouldContain("[2×3] and [2×2]");
        Should.Throw<ArgumentException>(() => new AddRowGate<double>().Forward(a, b, cache)).Message.ShouldContain("a row [1×M]");
        Should.Throw<ArgumentException>(() => new SliceGate<double>(1..5, ..).Forward(a, cache)).Message.ShouldContain("slice[1..5, 0..^0]");
        Should.Throw<ArgumentException>(() => new MaxoutGate<double>().Forward([a, b], cache)).Message.ShouldContain("one shape");
        Should.Throw<ArgumentException>(() => new ConcatenateGate<double>(Axis.Rows).Forward([a, b], cache)).Message.ShouldContain("same number of columns");
    }
}
