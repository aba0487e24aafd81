using System.Globalization;
using System.Xml.Linq;

namespace NeuralNet.Tests.Examples;

internal sealed class TuringMachineTests
{
    [Test]
    public void Run_NoArguments_CopiesSequencesAndLongerOnesThanItSaw()
    {
        string picture = Path.Combine(TestContext.CurrentContext.WorkDirectory, "heads.svg");
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("TuringMachine", $"--picture \"{picture}\"");

        exitCode.ShouldBe(0, errors);
        lines.ShouldContain(line => line.Contains("NeuralTuringMachine(9 → 8, hidden 100, memory 128×20)"));
        lines.Count(line => line.StartsWith("step ", StringComparison.Ordinal)).ShouldBe(10);
        string[] words = lines[^1].Split(' ');
        lines[^1].ShouldStartWith("wrong bits a sequence: ");
        double.Parse(words[4], CultureInfo.InvariantCulture).ShouldBeLessThan(0.1);

        // By chance it is 160 of 320.
        lines[^1].ShouldEndWith(" of 320 at length 40");
        double.Parse(words[10], CultureInfo.InvariantCulture).ShouldBeLessThan(8);
        XDocument.Load(picture).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)
            .ShouldBe(["shown", "given", "weights of writing", "weights of reading"]);
        File.Delete(picture);
    }

    [Test]
    public void Run_FewSteps_SaysThatItIsNotEnough()
    {
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("TuringMachine", "--steps 3");
        exitCode.ShouldBe(1);
        lines[^1].ShouldStartWith("wrong bits a sequence: ");
        errors.ShouldContain("at length 20 there should be less than 0.1 wrong bits a sequence");
        errors.ShouldContain("after 3 steps");
    }

    [Test]
    public void Run_SameSeed_PrintsTheSameLossesAtAnyNumberOfProcessors()
    {
        string[] first = Losses("--seed 5");
        first.Length.ShouldBe(11);
        Losses("--seed 5", ("DOTNET_PROCESSOR_COUNT", "1")).ShouldBe(first);
        Losses("--seed 6").ShouldNotBe(first);
    }

    [TestCase("--steps 0", "--steps must be 1 or more, got 0")]
    [TestCase("--steps x", "'x'", "--steps")]
    [TestCase("--seed 1.5", "'1.5'", "--seed")]
    [TestCase("--heads 3", "--heads")]
    [TestCase("--picture /dev/null/a.svg", "--picture: '/dev/null/a.svg' cannot be written")]
    public void Run_BadArgument_NamesItAndFailsWithoutAStackTrace(string arguments, params string[] parts)
    {
        (int exitCode, _, string errors) = ExampleProgram.Run("TuringMachine", arguments);
        exitCode.ShouldNotBe(0);
        errors.ShouldNotContain("   at ");
        foreach (string part in parts)
        {
            errors.ShouldContain(part);
        }
    }

    // What is before the times.
    private static string[] Losses(string arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        (_, string[] lines, _) = ExampleProgram.Run("TuringMachine", $"--steps 40 {arguments}", environment);
        return [.. lines.Where(line => line.StartsWith("step ", StringComparison.Ordinal)).Select(line => line[..line.IndexOf(" nats", StringComparison.Ordinal)]), lines[^1]];
    }
}
