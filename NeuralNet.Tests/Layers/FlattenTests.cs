using NeuralNet.Core.Shapes;
using NeuralNet.Layers;

namespace NeuralNet.Tests.Layers;

internal sealed class FlattenTests
{
    [Test]
    public void OutputShape_OfAnImage_IsAVectorOfAllItsValues() =>
        new Flatten<float>().OutputShape(SampleShape.Image(3, 4, 5)).ShouldBe(SampleShape.Vector(60));

    [Test]
    public void OutputShape_OfSamplesNotKnown_IsNotKnown() => new Flatten<float>().OutputShape(null).ShouldBeNull();

    [Test]
    public void Forward_MatrixThatIsNotDense_IsRefused() =>
        Should.Throw<ArgumentException>(() => new Flatten<float>().Forward(Matrix<float>.Build.Sparse(2, 3))).Message
            .ShouldStartWith("A dense matrix is needed, got [2×3]");
}
