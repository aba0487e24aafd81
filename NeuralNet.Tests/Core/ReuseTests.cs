using NeuralNet.Core;
using NeuralNet.Core.Gates;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core;

/// <summary>What a pass asks for again and again is the same object each time, as long as it has the same sizes; and what does not fit is refused where it enters.</summary>
internal sealed class ReuseTests
{
    [Test]
    public void Buffer_SameRowsOtherColumns_IsAnother()
    {
        var cache = new Cache<double>();
        Matrix<double> of23 = cache.Buffer(0, 2, 3), of24 = cache.Buffer(0, 2, 4), of13 = cache.Buffer(0, 1, 3);
        (of23.Shape(), of24.Shape(), of13.Shape()).ShouldBe(("[2×3]", "[2×4]", "[1×3]"));
        cache.Buffer(0, 2, 3).ShouldBeSameAs(of23);
        cache.Buffer(0, 2, 3).ShouldBeSameAs(of23);
        cache.Buffer(0, 2, 4).ShouldBeSameAs(of24);
    }

    [Test]
    public void View_OfTheMatrixsOwnShape_IsTheMatrix()
    {
        var cache = new Cache<double>();
        Matrix<double> matrix = Some.Matrix<double>(2, 3);
        cache.View(0, matrix, 2, 3).ShouldBeSameAs(matrix);
        cache.View(0, matrix, 3, 2).ShouldBeSameAs(cache.View(0, matrix, 3, 2));
        cache.View(0, matrix, 3, 2).ShouldNotBeSameAs(matrix);
    }

    [Test]
    public void View_NegativePlace_IsNamed() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Cache<double>().View(-1, Some.Matrix<double>(2, 3), 3, 2)).ParamName.ShouldBe("place");

    [Test]
    public void Downstream_AskedForAgain_IsTheSameRoom()
    {
        var cache = new Cache<double>();
        Matrix<double> matrix = Some.Matrix<double>(1, 1);
        cache.Downstream(2)[1] = matrix;
        cache.Downstream(2)[1].ShouldBeSameAs(matrix);
        cache.Downstream(1).Length.ShouldBe(1);
        cache.Downstream(2)[1].ShouldBeSameAs(matrix);
    }

    [Test]
    public void ParametersAndStates_OfAGate_AreListedOnce()
    {
        var network = new Sequential<double>(new Linear<double>(3, 2, new Random(1)), new BatchNorm<double>(2));
        network.Parameters.ShouldBeSameAs(network.Parameters);
        network.States.ShouldBeSameAs(network.States);
        network.States.ShouldNotBeEmpty();
    }

    [Test]
    public void Backward_OfALayer_AllocatesNothingToTellItsParameters()
    {
        var layer = new Linear<double>(3, 2, new Random(1));
        var cache = new Cache<double>();
        Matrix<double> x = Some.Matrix<double>(4, 3), upstream = Some.Matrix<double>(4, 2);
        Allocation.OfThread(() =>
        {
            layer.Forward(x, cache);
            layer.Backward(upstream, cache);
        }).ShouldBe(0);
    }

    [Test]
    public void Forward_OfAListOfOneInput_ChecksItsColumns() =>
        Should.Throw<ArgumentException>(() => new Linear<double>(3, 2, new Random(1)).Forward([Some.Matrix<double>(2, 4)], new Cache<double>())).Message
            .ShouldBe("Linear(3 → 2) expects input [N×3], got [2×4]. Rows are samples, columns are features. (Parameter 'input')");

    [Test]
    public void Forward_OfAnAddition_ReusesItsOutput()
    {
        var gate = new AddGate<double>();
        var cache = new Cache<double>();
        Matrix<double> x = Some.Matrix<double>(2, 2);
        gate.Forward([x, x], cache).ShouldBeSameAs(gate.Forward([x, x], cache));
    }
}
