using System.Globalization;

namespace NeuralNet.Tests.Examples;

internal sealed class XorTests
{
    [Test]
    public void Run_TheProgramOfTheReadme_LearnsExclusiveOr() => ShouldLearn("");

    [Test]
    public void Run_AnySeed_LearnsExclusiveOr([Range(0, 9)] int seed) => ShouldLearn($"--seed {seed}");

    [Test]
    public void Run_AnotherSeed_StartsElsewhere() => ExampleProgram.Run("Xor", "--seed 2").Lines.ShouldNotBe(ExampleProgram.Run("Xor").Lines);

    [TestCase("--seed")]
    [TestCase("--seed x")]
    [TestCase("--seed 1 2")]
    public void Run_SeedIsNoInteger_SaysSoAndFails(string arguments)
    {
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("Xor", arguments);

        exitCode.ShouldBe(2);
        errors.ShouldContain("--seed needs one integer");
        lines.ShouldBe([""]);
    }

    private static void ShouldLearn(string arguments)
    {
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("Xor", arguments);
        exitCode.ShouldBe(0, errors);
        double[] outputs = [.. lines[1..].Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        outputs.Length.ShouldBe(4);
        outputs.Zip([0.0, 1, 1, 0], (actual, expected) => Math.Abs(actual - expected)).Max().ShouldBeLessThan(0.01);
    }
}
