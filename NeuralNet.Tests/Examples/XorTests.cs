using System.Globalization;

namespace NeuralNet.Tests.Examples;

internal sealed class XorTests
{
    [Test]
    public void Run_TheProgramOfTheReadme_LearnsExclusiveOr()
    {
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("Xor");
        exitCode.ShouldBe(0, errors);
        double[] outputs = [.. lines[1..].Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        outputs.Length.ShouldBe(4);
        outputs.Zip([0.0, 1, 1, 0], (actual, expected) => Math.Abs(actual - expected)).Max().ShouldBeLessThan(0.01);
    }
}
