using NeuralNet.Core;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;

namespace NeuralNet.Tests.Layers;

internal sealed class SwapAxesTests
{
    // Two samples of 2 channels at 3 positions: a hundred for the channel, ten for the position.
    private static readonly Matrix<double> Input = Matrices.FromRows<double>([100, 110, 120, 200, 210, 220], [101, 111, 121, 201, 211, 221]);

    [Test]
    public void Forward_ChannelsAndPositions_PutsAPositionsValuesSideBySide() => new SwapAxes<double>(2).Forward(Input)
        .ShouldBe(Matrices.FromRows<double>([100, 200, 110, 210, 120, 220], [101, 201, 111, 211, 121, 221]));

    [Test]
    public void Forward_ThereAndBack_IsTheInput() => new Sequential<double>(new SwapAxes<double>(2), new SwapAxes<double>(3)).Forward(Input).ShouldBe(Input);

    [Test]
    public void OutputShape_OfAnImage_IsASequenceOfItsChannels() =>
        new SwapAxes<float>(3).OutputShape(SampleShape.Image(3, 4, 5)).ShouldBe(SampleShape.Sequence(20, 3));

    [Test]
    public void OutputShape_OfSamplesNotKnown_IsNotKnown() => new SwapAxes<float>(3).OutputShape(null).ShouldBeNull();

    [Test]
    public void OutputShape_OtherChannels_IsRefused() => Should.Throw<ArgumentException>(() => new SwapAxes<float>(3).OutputShape(SampleShape.Sequence(2, 3))).Message
        .ShouldStartWith("SwapAxes(3) expects samples of 3 channels, got 2×3, which has 2.");

    [Test]
    public void Forward_ColumnsThatAreNoMultiple_IsRefused() => Should.Throw<ArgumentException>(() => new SwapAxes<double>(4).Forward(Input)).Message
        .ShouldStartWith("SwapAxes(4) expects input [N×(4·P)], a column for each of 4 channels at each of P positions, got [2×6].");

    [Test]
    public void Constructor_NoChannels_IsRefused() => Should.Throw<ArgumentOutOfRangeException>(() => new SwapAxes<float>(0)).ParamName.ShouldBe("channels");
}
