using System.Globalization;
using System.Xml.Linq;

namespace NeuralNet.Tests.Examples;

internal sealed class CnnTests
{
    [Test]
    public void Run_NoArguments_LearnsTheDrawnDigitsAndShowsItsFilters()
    {
        string picture = Path.Combine(TestContext.CurrentContext.WorkDirectory, "filters.svg");
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("Cnn", $"--epochs 3 --picture \"{picture}\"");

        exitCode.ShouldBe(0, errors);
        lines.ShouldContain(line => line.Contains("Convolution(1×28×28 → 16×28×28, kernel 5, padding 2, no bias)"));
        lines.Count(line => line.StartsWith("epoch ", StringComparison.Ordinal)).ShouldBe(3);
        lines.ShouldContain(line => line.StartsWith("12: most to ", StringComparison.Ordinal));
        double.Parse(lines[^1].AsSpan("test accuracy: ".Length), CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(0.98);

        // A background, and for each filter 25 weights and 25 pixels of each of 6 places.
        XDocument.Load(picture).Descendants().Count(element => element.Name.LocalName == "rect").ShouldBe(1 + (16 * 25 * 7));
        File.Delete(picture);
    }

    [Test]
    public void Run_SameSeed_PrintsTheSameLossesAtAnyNumberOfProcessors()
    {
        string[] first = Losses("--seed 5");
        first.Length.ShouldBe(1);
        Losses("--seed 5", ("DOTNET_PROCESSOR_COUNT", "1")).ShouldBe(first);
        Losses("--seed 6").ShouldNotBe(first);
    }

    [TestCase("--epochs 0", "--epochs must be 1 or more, got 0")]
    [TestCase("--epochs x", "'x'", "--epochs")]
    [TestCase("--seed 1.5", "'1.5'", "--seed")]
    [TestCase("--layers 3", "--layers")]
    [TestCase("--data does-not-exist", "'does-not-exist'", "train-images-idx3-ubyte")]
    [TestCase("--picture /dev/null/a.svg", "--picture: '/dev/null/a.svg' cannot be written")]
    public void Run_BadArgument_NamesItAndFailsWithoutAStackTrace(string arguments, params string[] parts)
    {
        (int exitCode, _, string errors) = ExampleProgram.Run("Cnn", arguments);
        exitCode.ShouldNotBe(0);
        errors.ShouldNotContain("   at ");
        foreach (string part in parts)
        {
            errors.ShouldContain(part);
        }
    }

    // What is before the accuracy and the time an epoch took. One epoch does not reach what the program expects of itself.
    private static string[] Losses(string arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        (_, string[] lines, _) = ExampleProgram.Run("Cnn", $"--epochs 1 {arguments}", environment);
        return [.. lines.Where(line => line.StartsWith("epoch ", StringComparison.Ordinal)).Select(line => line[..line.IndexOf("  test", StringComparison.Ordinal)])];
    }
}
