namespace NeuralNet.Tests.Examples;

internal sealed class FeedForwardTests
{
    [Test]
    public void Run_ThreeLayers_HandAndLayersAgree()
    {
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("FeedForward");
        exitCode.ShouldBe(0, errors);
        lines.ShouldContain(line => line.StartsWith("by hand:", StringComparison.Ordinal));
        lines[^1].ShouldStartWith("difference:");
    }
}
