using NeuralNet.Core.Shapes;

namespace NeuralNet.Tests.Core.Shapes;

internal sealed class SampleShapeTests
{
    [Test]
    public void Factories_EachRank_HaveChannelsPositionsSizeAndText()
    {
        Check(SampleShape.Vector(128), 0, 128, 1, 128, [], "128");
        Check(SampleShape.Sequence(16, 8), 1, 16, 8, 128, [8], "16×8");
        Check(SampleShape.Image(16, 8, 4), 2, 16, 32, 512, [8, 4], "16×8×4");
        Check(5, 0, 5, 1, 5, [], "5");
    }

    [Test]
    public void Equals_SameSizeButOtherAxes_IsFalse()
    {
        SampleShape.Image(2, 3, 4).ShouldBe(SampleShape.Image(2, 3, 4));
        SampleShape.Image(2, 3, 4).ShouldNotBe(SampleShape.Image(2, 4, 3));
        SampleShape.Image(2, 1, 4).ShouldNotBe(SampleShape.Sequence(2, 4));
        SampleShape.Sequence(2, 1).ShouldNotBe(SampleShape.Vector(2));
    }

    [Test]
    public void CanReshapeTo_OtherShapes_ComparesSizes()
    {
        SampleShape.Image(2, 3, 4).CanReshapeTo(24).ShouldBeTrue();
        SampleShape.Image(2, 3, 4).CanReshapeTo(SampleShape.Sequence(4, 6)).ShouldBeTrue();
        SampleShape.Image(2, 3, 4).CanReshapeTo(25).ShouldBeFalse();
    }

    // 2^15 · 2^8 · 2^8 = 2^31, one more than an int holds; 2^62 would also overflow a product of ints to 0.
    [TestCase(1 << 15, 1 << 8, 1 << 8, "2147483648")]
    [TestCase(1, 1 << 16, 1 << 16, "4294967296")]
    [TestCase(int.MaxValue, int.MaxValue, int.MaxValue, "9903520300447984150353281023")]
    public void Image_TooLarge_NamesShapeAndSize(int channels, int height, int width, string size) =>
        Should.Throw<ArgumentException>(() => SampleShape.Image(channels, height, width)).Message
            .ShouldBe($"A sample of {channels}×{height}×{width} has {size} values; a matrix has at most 2147483647 columns.");

    [Test]
    public void Shapes_AsLargeAsAMatrixCanBe_AreAllowed()
    {
        SampleShape.Image(1, 1, int.MaxValue).Size.ShouldBe(int.MaxValue);
        SampleShape.Sequence(int.MaxValue, 1).Size.ShouldBe(int.MaxValue);
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void Vector_NotPositive_IsRefused(int channels) =>
        Should.Throw<ArgumentOutOfRangeException>(() => SampleShape.Vector(channels)).ParamName.ShouldBe("channels");

    [TestCase(0, 1, 1, "channels")]
    [TestCase(1, -1, 1, "height")]
    [TestCase(1, 1, 0, "width")]
    public void Image_NotPositive_NamesWhich(int channels, int height, int width, string name) =>
        Should.Throw<ArgumentOutOfRangeException>(() => SampleShape.Image(channels, height, width)).ParamName.ShouldBe(name);

    private static void Check(SampleShape shape, int rank, int channels, int positions, int size, int[] lengths, string text)
    {
        (shape.Rank, shape.Channels, shape.Positions, shape.Size).ShouldBe((rank, channels, positions, size));
        shape.Lengths.ShouldBe(lengths);
        shape.ToString().ShouldBe(text);
    }
}
