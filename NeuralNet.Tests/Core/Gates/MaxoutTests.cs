using NeuralNet.Core;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Tests.Core.Gates;

internal sealed class MaxoutTests
{
    [Test]
    public void Forward_TwoPieces_TakesTheGreaterOfEachPair()
    {
        var layer = new Maxout<double>(2);
        var cache = new Cache<double>();

        // The pieces of the first output are columns 0 and 2, of the second 1 and 3; the second output ties.
        Matrix<double> y = layer.Forward(Matrix<double>.Build.Dense(1, 4, [1, 5, 3, 5]), cache);
        y.ToRowMajorArray().ShouldBe([3, 5]);
        layer.Backward(Matrix<double>.Build.Dense(1, 2, [10, 20]), cache).ToRowMajorArray().ShouldBe([0, 10, 10, 10]);
        layer.OutputShape(4).ShouldBe(SampleShape.Vector(2));
        Should.Throw<ArgumentException>(() => layer.OutputShape(5)).Message.ShouldContain("multiple of 2, got 5");
    }

    [Test]
    public void Forward_ColumnsNotAMultipleOfThePieces_Throws() =>
        Should.Throw<ArgumentException>(() => new Maxout<float>(3).Forward(Matrix<float>.Build.Dense(2, 4)))
            .Message.ShouldContain("Maxout(3) expects input [N×D] with D a multiple of 3, got [2×4]");

    [Test]
    public void Constructor_NoPieces_Throws() => Should.Throw<ArgumentOutOfRangeException>(() => new Maxout<float>(0));
}
