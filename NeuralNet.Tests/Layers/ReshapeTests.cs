using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers;

internal sealed class ReshapeTests
{
    private static readonly Reshape<float> Image = new(SampleShape.Image(2, 3, 4));

    [Test]
    public void Constructor_ShapeWithoutValues_IsRefused()
    {
        ArgumentException error = Should.Throw<ArgumentException>(() => new Reshape<float>(default));

        error.Message.ShouldContain("a shape of at least one value");
        error.ParamName.ShouldBe("shape");
    }

    [Test]
    public void Constructor_ShapeOfOneValue_IsTaken() => new Reshape<float>(1).Shape.ShouldBe(SampleShape.Vector(1));

    [Test]
    public void OutputShape_AsManyValuesOrNotKnown_IsTheShape()
    {
        Image.OutputShape(24).ShouldBe(SampleShape.Image(2, 3, 4));
        Image.OutputShape(null).ShouldBe(SampleShape.Image(2, 3, 4));
    }

    [Test]
    public void Description_Always_IsTheShape() =>
        Image.Description.Settings.ShouldBe([KeyValuePair.Create<string, object>("shape", "2×3×4")]);

    [Test]
    public void Forward_AnotherNumberOfValues_NamesTheLayerAndBoth() =>
        Should.Throw<ArgumentException>(() => Image.Forward(Some.Matrix<float>(5, 23))).Message
            .ShouldStartWith("Reshape(2×3×4) expects samples of 24 values, got 23, which has 23.");

    [Test]
    public void Forward_MatrixThatIsNotDense_IsRefused() =>
        Should.Throw<ArgumentException>(() => Image.Forward(Matrix<float>.Build.Sparse(5, 24))).Message
            .ShouldStartWith("A dense matrix is needed, got [5×24]");
}
