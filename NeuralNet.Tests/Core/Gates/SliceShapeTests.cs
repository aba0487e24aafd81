using NeuralNet.Core.Gates;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Tests.Core.Gates;

/// <summary>The samples that a slice of columns gives, as far as its ranges tell without a matrix.</summary>
internal sealed class SliceShapeTests
{
    private static readonly SampleShape Four = 4;

    // Ranges that count from the start are known whatever comes in, those that count from the end only of a known width.
    [TestCase("1..3", null, 2)]
    [TestCase("1..3", 4, 2)]
    [TestCase("0..4", 4, 4)]
    [TestCase("0..1", 4, 1)]
    [TestCase("1..^1", 4, 2)]
    [TestCase("^3..4", 4, 3)]
    [TestCase("^4..^0", 4, 4)]
    [TestCase("1..^1", null, null)]
    [TestCase("^3..3", null, null)]
    [TestCase("^3..^1", null, null)]
    public void OutputShape_AllRows_IsTheWidthOfTheRange(string columns, int? input, int? expected)
    {
        SampleShape? output = new SliceGate<double>(Range.All, Of(columns)).OutputShape(input is { } width ? (SampleShape)width : null);
        output.ShouldBe(expected is { } size ? (SampleShape)size : null);
    }

    [TestCase("0..1")]
    [TestCase("1..^0")]
    public void OutputShape_SomeRows_IsUnknown(string rows) => new SliceGate<double>(Of(rows), 1..3).OutputShape(Four).ShouldBeNull();

    [TestCase("3..5")]
    [TestCase("^5..2")]
    [TestCase("^5..5")]
    [TestCase("2..2")]
    [TestCase("3..2")]
    [TestCase("4..4")]
    public void OutputShape_NoColumnOfTheInput_IsRefused(string columns) => Refusal(columns, Four)
        .ShouldBe($"slice[0..^0, {columns}] takes no column of samples of 4. (Parameter 'input')");

    [TestCase("2..2")]
    [TestCase("3..2")]
    public void OutputShape_NoColumnOfAnyInput_IsRefused(string columns) => Refusal(columns, null)
        .ShouldBe($"slice[0..^0, {columns}] takes no column of samples of any size. (Parameter 'input')");

    private static string Refusal(string columns, SampleShape? input) =>
        Should.Throw<ArgumentException>(() => new SliceGate<double>(Range.All, Of(columns)).OutputShape(input)).Message;

    private static Range Of(string text)
    {
        string[] ends = text.Split("..");
        return new Range(End(ends[0]), End(ends[1]));
    }

    private static Index End(string text) => new(int.Parse(text.TrimStart('^'), System.Globalization.CultureInfo.InvariantCulture), text[0] == '^');
}
